import { toEncoded } from './space.ts';

/** Steps of the tone table: index = √light · 4096, so that the dark end has the steps it needs; light up to 16. */
const toneSteps = 16384;

/** Light to display value 0..1: straight below 0.55, a film-like shoulder above it that never clips, sRGB encoding, and contrast about
 * middle grey (−1 flat to 1 hard). */
export function toneTable(contrast: number): Float32Array {
  const power = 2 ** (contrast * 1.2);
  const pivot = 0.45;
  return Float32Array.from({ length: toneSteps }, (_, step) => {
    const value = Math.min(1, Math.max(0, toEncoded(shoulder((step / 4096) ** 2))));
    return value <= pivot
      ? pivot * (value / pivot) ** power
      : 1 - (1 - pivot) * ((1 - value) / (1 - pivot)) ** power;
  });
}

/** A row of light to display values, in place. `dims` is the light left at each column's distance from the middle. */
export function toneRow(
  row: Float32Array,
  table: Float32Array,
  dims: Float32Array,
  gains: readonly number[],
): void {
  const gainR = gains[0]! * 4096 * 4096;
  const gainG = gains[1]! * 4096 * 4096;
  const gainB = gains[2]! * 4096 * 4096;
  const last = table.length - 1;
  for (let at = 0, x = 0; at < row.length; at += 3, x++) {
    const dim = dims[x]!;
    const r = Math.sqrt(row[at]! * dim * gainR) | 0;
    const g = Math.sqrt(row[at + 1]! * dim * gainG) | 0;
    const b = Math.sqrt(row[at + 2]! * dim * gainB) | 0;
    row[at] = table[r > last ? last : r]!;
    row[at + 1] = table[g > last ? last : g]!;
    row[at + 2] = table[b > last ? last : b]!;
  }
}

function shoulder(light: number): number {
  const knee = 0.55;
  return light <= knee ? light : knee + (1 - knee) * (1 - Math.exp(-(light - knee) / (1 - knee)));
}
