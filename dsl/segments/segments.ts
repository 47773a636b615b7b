import type { FramePart } from '../arguments.ts';
import type { Pieces } from './pieces.ts';

/** Work for one job, seconds: enough that starting a network is not felt, little enough that a crash costs no coffee. */
const aim = 45;

/** More jobs than these would only be more rows: of a longer film each takes more. */
const most = 256;

/** The jobs that work on a clip is divided into, as frames of the result: whole pieces of it, as many as take about 45 s together. One part
 * where dividing would not pay. `seconds` is what all of it takes by what the same took before, null where nothing is known: then
 * what it takes on the machine that everything is measured on. However many pieces a job takes, they are the same pieces. */
export function segmentsOf(pieces: Pieces, seconds: number | null): FramePart[] {
  const { cuts, length } = pieces;
  const each = ((seconds ?? pieces.seconds) * length) / cuts.at(-1)!;
  // In powers of two, so that work that was a little slower has the same segments.
  const together = 2 ** Math.max(0, Math.floor(Math.log2(aim / each)));
  return inSegments(pieces, Math.max(together, fewest(pieces)));
}

/** All ways in which the work may be divided, so that whoever knows finished segments can go on from them. */
export function waysToDivide(pieces: Pieces): FramePart[][] {
  const ways: FramePart[][] = [];
  for (let together = fewest(pieces); ; together *= 2) {
    const parts = inSegments(pieces, together);
    if (parts.length < 2) return ways;
    ways.push(parts);
  }
}

/** Segments of so many pieces, counted from the clip's beginning. */
function inSegments({ cuts, length, offset }: Pieces, together: number): FramePart[] {
  const starts = cuts.slice(0, -1);
  const place = (cut: number) => Math.floor((offset + cut) / length / together);
  const first = starts.filter((cut, index) => index === 0 || place(cut) !== place(starts[index - 1]!));
  return first.map((from, index) => ({ from, to: first[index + 1] ?? cuts.at(-1)! }));
}

function fewest({ cuts }: Pieces): number {
  let together = 1;
  while ((cuts.length - 1) / together > most) together *= 2;
  return together;
}
