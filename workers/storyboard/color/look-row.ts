import type { Cube } from './cube.ts';

/** Puts a row of display values through a cube, in place: tetrahedral, along the axes in the order of their parts (Kasson 1995). */
export function lookRow(row: Float32Array, cube: Cube): void {
  const { size, data } = cube;
  const n = size - 1;
  const stepG = size * 3;
  const stepB = size * stepG;
  const stepAll = 3 + stepG + stepB;
  for (let at = 0; at < row.length; at += 3) {
    const r = row[at]! * n;
    const g = row[at + 1]! * n;
    const b = row[at + 2]! * n;
    const ir = r >= n ? n - 1 : r | 0;
    const ig = g >= n ? n - 1 : g | 0;
    const ib = b >= n ? n - 1 : b | 0;
    const fr = r - ir;
    const fg = g - ig;
    const fb = b - ib;
    const first = ib * stepB + ig * stepG + ir * 3;
    // The greatest part's axis is walked first, then the middle one's.
    let high = fr;
    let middle = fg;
    let low = fb;
    let one = first + 3;
    let two = one + stepG;
    if (fr >= fg) {
      if (fb > fr) {
        high = fb;
        middle = fr;
        low = fg;
        one = first + stepB;
        two = one + 3;
      } else if (fb > fg) {
        middle = fb;
        low = fg;
        two = one + stepB;
      }
    } else if (fb > fg) {
      high = fb;
      low = fr;
      one = first + stepB;
      two = one + stepG;
    } else if (fb > fr) {
      high = fg;
      middle = fb;
      low = fr;
      one = first + stepG;
      two = one + stepB;
    } else {
      high = fg;
      middle = fr;
      one = first + stepG;
      two = one + 3;
    }
    const last = first + stepAll;
    const w0 = 1 - high;
    const w1 = high - middle;
    const w2 = middle - low;
    row[at] = data[first]! * w0 + data[one]! * w1 + data[two]! * w2 + data[last]! * low;
    row[at + 1] = data[first + 1]! * w0 + data[one + 1]! * w1 + data[two + 1]! * w2 + data[last + 1]! * low;
    row[at + 2] = data[first + 2]! * w0 + data[one + 2]! * w1 + data[two + 2]! * w2 + data[last + 2]! * low;
  }
}
