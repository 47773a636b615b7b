import { open } from 'node:fs/promises';
import { whileOpen } from '../../engine/opened.ts';
import type { Cutting } from './reel.ts';
import { renumberedPacket } from './renumber.ts';

/** Bytes that are collected before they are written. */
const window = 4 * 1024 * 1024;

/** Writes the packets of a cutting into a file of their own, parameter sets renumbered; answers the cutting of that file. Null where a packet
 * holds what cannot be renumbered; the file is then not to be used. */
export async function renumberedCutting(
  { path, track, from, to }: Cutting,
  number: number,
  output: string,
  signal: AbortSignal,
): Promise<Cutting | null> {
  const { samples } = track;
  const count = to - from;
  const [offsets, sizes] = [new Float64Array(count), new Uint32Array(count)];
  return whileOpen(async (opened) => {
    const source = opened.add(await open(path, 'r'));
    const target = opened.add(await open(output, 'wx'));
    let pieces: Buffer[] = [];
    let [held, end] = [0, 0];
    const flush = async () => {
      await target.appendFile(Buffer.concat(pieces));
      [pieces, held] = [[], 0];
    };
    for (let index = 0; index < count; index++) {
      signal.throwIfAborted();
      const packet = Buffer.allocUnsafe(samples.sizes[from + index] ?? 0);
      const { bytesRead } = await source.read(packet, 0, packet.length, samples.offsets[from + index] ?? 0);
      const anew = bytesRead === packet.length ? renumberedPacket(packet, number) : null;
      if (anew === null) return null;
      [offsets[index], sizes[index]] = [end, anew.length];
      end += anew.length;
      held += anew.length;
      pieces.push(anew);
      if (held > window) await flush();
    }
    await flush();
    const part = {
      ...{ count, offsets, sizes, beyond: 0 },
      durations: samples.durations.subarray(from, to),
      compositions: samples.compositions.subarray(from, to),
      keys: samples.keys.subarray(from, to),
    };
    return { path: output, track: { ...track, samples: part }, from: 0, to: count };
  });
}
