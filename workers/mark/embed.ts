import { columns, rows } from './grid.ts';
import { signsOf, stretched } from './pattern.ts';

/** How many levels of 255 the mark is strong in a cell, at most, by how uneven the picture is there at the size of a cell: in fog one level is seen
 * before long, among leaves nobody sees three. Grain of a pixel hides nothing of that size, so it does not count. Looked at in 1280×720 with the
 * contrast at three times; three levels everywhere would be 42 dB. */
const strengths = [
  { from: 0, levels: 0.75 },
  { from: 1.7, levels: 1.1 },
  { from: 2.6, levels: 1.8 },
  { from: 3.6, levels: 2.4 },
  { from: 5, levels: 3 },
] as const;

/** Frames for which it is looked once how uneven they are: less moves in them than hides a mark, and looking takes as long as marking. */
const lookEvery = 4;

/** Writes the mark into the luma of the frames of one film, yuv420p, in place and in order: 1.5 ms each at 1280×720. The same frames get the same mark on
 * every machine. */
export type Marker = (frame: Uint8Array) => void;

/** Whether cells have two pixels each way: in smaller pictures no encoder would leave anything of them. */
export function canCarry(width: number, height: number): boolean {
  return Math.max(width, height) >= 2 * columns && Math.min(width, height) >= 2 * rows;
}

/** A marker for frames of a size; the pattern is made once. `payload` is 12 hexadecimal letters. */
export function createMarker(width: number, height: number, payload: string): Marker {
  const pattern = stretched(signsOf(payload), width, height);
  const planes = strengths.map(({ levels }) => rounded(pattern, levels));
  const upright = height > width;
  const [across, down] = upright ? [rows, columns] : [columns, rows];
  const lefts = edges(width, across);
  const tops = edges(height, down);
  const unevenness = createUnevenness(width, height, across, down);
  let uneven: Float32Array = new Float32Array(across * down);
  let frames = 0;
  return (frame) => {
    if (frames++ % lookEvery === 0) uneven = unevenness(frame);
    const luma = new Uint8ClampedArray(frame.buffer, frame.byteOffset, width * height);
    for (let row = 0; row < down; row++)
      for (let column = 0; column < across; ) {
        // Cells beside each other that are equally uneven are done as one: a sky is one long row.
        const cell = row * across + column;
        const strength = strengthAt(uneven[cell]!);
        let next = column + 1;
        while (next < across && strengthAt(uneven[cell + next - column]!) === strength) next++;
        const plane = planes[strength]!;
        const [left, right] = [lefts[column]!, lefts[next]!];
        for (let y = tops[row]!; y < tops[row + 1]!; y++) {
          const end = y * width + right;
          for (let at = y * width + left; at < end; at++) luma[at] = luma[at]! + plane[at]!;
        }
        column = next;
      }
  };
}

/** A loop, since `Int8Array.from` with a function takes thirty times as long. */
function rounded(pattern: Float32Array, levels: number): Int8Array {
  const plane = new Int8Array(pattern.length);
  for (let at = 0; at < plane.length; at++) plane[at] = Math.round(pattern[at]! * levels);
  return plane;
}

function strengthAt(uneven: number): number {
  let strength = strengths.length - 1;
  while (uneven < strengths[strength]!.from) strength--;
  return strength;
}

/** Says of each cell how far the quarters of cells differ from the mean of those beside them; of each quarter every other row and pixel is looked
 * at. What differs in one quarter only, as beside the edge of a hill, counts little: the sky beside it hides nothing. */
function createUnevenness(width: number, height: number, across: number, down: number) {
  const [wide, high] = [2 * across, 2 * down];
  const [lefts, tops] = [edges(width, wide), edges(height, high)];
  const means = new Float32Array(wide * high);
  const uneven = new Float32Array(across * down);
  const bend = (at: number, before: number, after: number) =>
    Math.abs(2 * means[at]! - means[before]! - means[after]!);
  const quarter = (column: number, row: number) => {
    const at = row * wide + column;
    const beside = bend(at, column > 0 ? at - 1 : at, column < wide - 1 ? at + 1 : at);
    return Math.sqrt(beside + bend(at, row > 0 ? at - wide : at, row < high - 1 ? at + wide : at));
  };
  return (frame: Uint8Array): Float32Array => {
    for (let row = 0, at = 0; row < high; row++)
      for (let column = 0; column < wide; column++, at++) {
        const [left, right] = [lefts[column]!, lefts[column + 1]!];
        let [sum, count] = [0, 0];
        for (let y = tops[row]!; y < tops[row + 1]!; y += 2)
          for (let pixel = y * width + left; pixel < y * width + right; pixel += 2, count++)
            sum += frame[pixel]!;
        means[at] = sum / count;
      }
    for (let row = 0, cell = 0; row < down; row++)
      for (let column = 0; column < across; column++, cell++) {
        const [x, y] = [2 * column, 2 * row];
        const root = (quarter(x, y) + quarter(x + 1, y) + quarter(x, y + 1) + quarter(x + 1, y + 1)) / 4;
        uneven[cell] = root * root;
      }
    return uneven;
  };
}

function edges(size: number, count: number): Int32Array {
  return Int32Array.from({ length: count + 1 }, (_, at) => Math.round((at * size) / count));
}
