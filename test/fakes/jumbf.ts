import { createHash } from 'node:crypto';

/** Just enough of CBOR (RFC 8949) to write what strangers may put into a file. Bytes that are ready made go in as `Ready`. */
export type Cbor =
  | string
  | number
  | null
  | Uint8Array
  | Ready
  | readonly Cbor[]
  | ReadonlyMap<number, Cbor>
  | { readonly [key: string]: Cbor };

export class Ready {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export function cbor(value: Cbor): Buffer {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Ready) return Buffer.from(value.bytes);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...(value as Cbor[]).map(cbor)]);
  const pairs = value instanceof Map ? [...(value as Map<number, Cbor>)] : Object.entries(value);
  return Buffer.concat([head(5, pairs.length), ...pairs.flatMap(([key, each]) => [cbor(key), cbor(each)])]);
}

function head(major: number, size: number): Buffer {
  const first = major << 5;
  if (size < 24) return Buffer.from([first | size]);
  if (size < 256) return Buffer.from([first | 24, size]);
  // The shortest form, since whoever checks a signature writes the same again.
  if (size < 65_536) return Buffer.from([first | 25, size >> 8, size & 255]);
  const long = Buffer.alloc(5);
  long[0] = first | 26;
  long.writeUInt32BE(size, 1);
  return long;
}

export function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 8);
  return Buffer.concat([size, Buffer.from(type, 'latin1'), body]);
}

/** A box of boxes with a label (ISO 19566-5); `kind` is the first four letters of its identifier: `c2ma`, `cbor`. */
export function superBox(kind: string, label: string, ...content: readonly Uint8Array[]): Buffer {
  const id = Buffer.concat([Buffer.from(kind), Buffer.from('00110010800000aa00389b71', 'hex')]);
  return box('jumb', box('jumd', id, Buffer.from([3]), Buffer.from(`${label}\0`)), ...content);
}

/** How one box refers to another: the hash is of what is in it. */
export function reference(url: string, to: Uint8Array): { url: string; hash: Uint8Array } {
  return { url: `self#jumbf=${url}`, hash: createHash('sha256').update(to.subarray(8)).digest() };
}
