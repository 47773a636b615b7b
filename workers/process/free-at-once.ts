/** Gives the memory of bytes that nobody will read again back at once. They are empty afterwards.
 *
 * V8 frees what lies outside its heap when it next has reason to collect: with frames of a few hundred kilobytes that is after some 64 MB
 * of them (measured: a process grew from 80 to 121 MB in the first half minute of a clip). Whoever knows that a frame is done says so
 * here, and memory stays where it was after the first frames. Only bytes that fill their buffer are given back; a part of a larger one is
 * left alone, since others may hold the rest. Never for bytes that are still being written somewhere. */
export function freeAtOnce(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) buffer.transfer(0);
}
