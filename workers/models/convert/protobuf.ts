/** Bytes of a protocol buffers message being built: the part of the wire format that ONNX files need.
 * https://protobuf.dev/programming-guides/encoding/ */
export type Message = Uint8Array[];

const varintWire = 0;
const bytesWire = 2;
const fixed32Wire = 5;

/** A signed or unsigned integer field; negative ones take ten bytes, as the format wants. */
export function integer(field: number, value: number | bigint): Message {
  return [varint((field << 3) | varintWire), varint(BigInt.asUintN(64, BigInt(value)))];
}

/** A 32-bit float field. */
export function float(field: number, value: number): Message {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [varint((field << 3) | fixed32Wire), bytes];
}

/** A string, bytes or embedded message field. */
export function block(field: number, value: string | Uint8Array | Message): Message {
  const parts = typeof value === 'string' ? [new TextEncoder().encode(value)] : [value].flat();
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [varint((field << 3) | bytesWire), varint(length), ...parts];
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
