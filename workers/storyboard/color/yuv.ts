/** Noise for dither and grain: `size` values in −1..1, triangular. */
export interface Noise {
  data: Float32Array;
  /** A power of two less one. */
  mask: number;
}

/** Writes a row's brightness (BT.709, 16 to 235) with dither and grain. Triangular dither of one step hides the bands of 8 bits; grain
 * is strongest in the mid-tones, as in film. */
export function lumaRow(
  row: Float32Array,
  to: Uint8Array,
  start: number,
  noise: Noise,
  from: number,
  grain: number,
): void {
  const { data, mask } = noise;
  const still = 0.7 + grain * 0.25;
  const lively = grain * 3;
  for (let at = 0, out = start, speck = from; at < row.length; at += 3, out++, speck++) {
    const luma = 0.2126 * row[at]! + 0.7152 * row[at + 1]! + 0.0722 * row[at + 2]!;
    const value = 16.5 + 219 * luma + data[speck & mask]! * (still + luma * (1 - luma) * lively);
    to[out] = value < 16 ? 16 : value > 235 ? 235 : value;
  }
}

/** Writes two rows' colour, the mean of four pixels each: Cb = (B − Y) / 1.8556, Cr = (R − Y) / 1.5748, times 224, about 128. */
export function chromaRow(
  upper: Float32Array,
  lower: Float32Array,
  to: Uint8Array,
  startU: number,
  startV: number,
  noise: Noise,
  from: number,
): void {
  const { data, mask } = noise;
  for (let at = 0, step = 0; at < upper.length; at += 6, step++) {
    const r = upper[at]! + upper[at + 3]! + lower[at]! + lower[at + 3]!;
    const g = upper[at + 1]! + upper[at + 4]! + lower[at + 1]! + lower[at + 4]!;
    const b = upper[at + 2]! + upper[at + 5]! + lower[at + 2]! + lower[at + 5]!;
    const dither = 128.5 + data[(from + step) & mask]! * 0.5;
    to[startU + step] = dither + 56 * (-0.114572 * r - 0.385428 * g + 0.5 * b);
    to[startV + step] = dither + 56 * (0.5 * r - 0.454153 * g - 0.045847 * b);
  }
}
