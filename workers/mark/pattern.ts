import { encode } from './code.ts';
import { cells, columns, createLayout, rows } from './grid.ts';

/** The signs of all cells for a payload, row by row. */
export function signsOf(payload: string, { known, carriers } = createLayout()): Int8Array {
  const signs = new Int8Array(cells);
  for (const { cell, sign } of known) signs[cell] = sign;
  const code = encode(payload);
  for (const [chip, carrying] of carriers.entries())
    for (const { cell, sign } of carrying) signs[cell] = sign * code[chip]!;
  return signs;
}

/** Stretches a pattern over a picture, smoothly from the middle of a cell to that of the next (bilinear): -1 to 1 a pixel. Upright pictures
 * have it with columns and rows exchanged. */
export function stretched(signs: Int8Array | Float64Array, width: number, height: number): Float32Array {
  const upright = height > width;
  const along = steps(width, upright ? rows : columns);
  const down = steps(height, upright ? columns : rows);
  const [right, below] = upright ? [columns, 1] : [1, columns];
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = down.share[y]!;
    const [top, bottom] = [down.first[y]! * below, down.second[y]! * below];
    for (let x = 0; x < width; x++) {
      const u = along.share[x]!;
      const [left, next] = [along.first[x]! * right, along.second[x]! * right];
      const above = (1 - u) * signs[top + left]! + u * signs[top + next]!;
      const under = (1 - u) * signs[bottom + left]! + u * signs[bottom + next]!;
      out[y * width + x] = (1 - v) * above + v * under;
    }
  }
  return out;
}

/** For each of `size` pixels the two cells whose middles it lies between, and how far it is on the way. */
function steps(size: number, count: number) {
  const first = new Int16Array(size);
  const second = new Int16Array(size);
  const share = new Float32Array(size);
  for (let at = 0; at < size; at++) {
    const place = Math.min(count - 1, Math.max(0, ((at + 0.5) * count) / size - 0.5));
    first[at] = Math.floor(place);
    second[at] = Math.min(count - 1, first[at]! + 1);
    share[at] = place - first[at]!;
  }
  return { first, second, share };
}
