/** A box of an ISO base media file (ISO/IEC 14496-12 §4.2): `type` and its content without the header. */
export interface Box {
  type: string;
  body: Buffer;
}

/** The boxes that stand one after another in `bytes`; stops at the first that does not fit, since the file is a stranger's. */
export function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length && boxes.length < 10_000) {
    let size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    let header = 8;
    if (size === 1 && at + 16 <= bytes.length) {
      size = Number(bytes.readBigUInt64BE(at + 8));
      header = 16;
    } else if (size === 0) size = bytes.length - at;
    if (size < header || at + size > bytes.length) break;
    boxes.push({ type, body: bytes.subarray(at + header, at + size) });
    at += size;
  }
  return boxes;
}

/** Content of the first box along a path such as `['mdia', 'mdhd']`. */
export function bodyAt(boxes: readonly Box[], path: readonly string[]): Buffer | null {
  const [type, ...rest] = path;
  const found = boxes.find((box) => box.type === type);
  if (!found) return null;
  return rest.length === 0 ? found.body : bodyAt(boxesIn(found.body), rest);
}

/** Bytes of a box. */
export function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 8);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(size, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...parts], size);
}

/** Bytes of a full box: version and flags before the content. */
export function fullBox(
  type: string,
  version: number,
  flags: number,
  ...parts: readonly Uint8Array[]
): Buffer {
  return box(type, u32(((version << 24) | flags) >>> 0), ...parts);
}

/** Big-endian 32-bit numbers; negative ones as two's complement. */
export function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
}

/** Big-endian 16-bit numbers. */
export function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, index * 2);
  return bytes;
}
