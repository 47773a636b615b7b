import type { Random } from './random.ts';

/** A square of numbers that repeats without a seam; `size` is a power of two. */
export interface Texture {
  size: number;
  data: Float32Array;
}

/** Gradient noise (Perlin 2002) summed over octaves, tileable, stretched to 0..1. `first` is the number of cells of the coarsest octave. */
export function createTexture(random: Random, size: number, octaves: number, first = 4, gain = 0.5): Texture {
  const data = new Float32Array(size * size);
  let weight = 1;
  for (let octave = 0; octave < octaves; octave++) {
    addOctave(data, size, first << octave, weight, random);
    weight *= gain;
  }
  return { size, data: stretch(data) };
}

/** Bilinear, wrapping; `x` and `y` in texels, any finite number. */
export function sample(texture: Texture, x: number, y: number): number {
  const { size, data } = texture;
  const mask = size - 1;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const fy = y - top;
  const x0 = left & mask;
  const x1 = (left + 1) & mask;
  const row0 = (top & mask) * size;
  const row1 = ((top + 1) & mask) * size;
  const upper = data[row0 + x0]! + (data[row0 + x1]! - data[row0 + x0]!) * fx;
  const lower = data[row1 + x0]! + (data[row1 + x1]! - data[row1 + x0]!) * fx;
  return upper + (lower - upper) * fy;
}

/** A wavy line in -1..1 with period 1 in `at`, for ridges and hills: octaves of sines with chosen phases. */
export function createLine(random: Random, octaves: number, first = 2, gain = 0.55): (at: number) => number {
  const waves = Array.from({ length: octaves }, (_, octave) => ({
    turns: first * 2 ** octave + random.whole(0, 1),
    phase: random.between(0, 2 * Math.PI),
    weight: gain ** octave,
  }));
  const total = waves.reduce((sum, wave) => sum + wave.weight, 0);
  return (at) =>
    waves.reduce((sum, wave) => sum + wave.weight * Math.sin(2 * Math.PI * wave.turns * at + wave.phase), 0) /
    total;
}

function addOctave(data: Float32Array, size: number, cells: number, weight: number, random: Random): void {
  const count = Math.min(cells, size);
  const gradients = Array.from({ length: count * count }, () => random.between(0, 2 * Math.PI));
  const gx = Float32Array.from(gradients, Math.cos);
  const gy = Float32Array.from(gradients, Math.sin);
  const step = count / size;
  for (let y = 0; y < size; y++) {
    const cy = Math.floor(y * step);
    const fy = y * step - cy;
    const sy = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const row0 = cy * count;
    const row1 = ((cy + 1) % count) * count;
    for (let x = 0; x < size; x++) {
      const cx = Math.floor(x * step);
      const fx = x * step - cx;
      const sx = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
      const next = (cx + 1) % count;
      const a = gx[row0 + cx]! * fx + gy[row0 + cx]! * fy;
      const b = gx[row0 + next]! * (fx - 1) + gy[row0 + next]! * fy;
      const c = gx[row1 + cx]! * fx + gy[row1 + cx]! * (fy - 1);
      const d = gx[row1 + next]! * (fx - 1) + gy[row1 + next]! * (fy - 1);
      const upper = a + (b - a) * sx;
      data[y * size + x]! += weight * (upper + (c + (d - c) * sx - upper) * sy);
    }
  }
}

function stretch(data: Float32Array): Float32Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return data.map((value) => (value - low) / (high - low));
}
