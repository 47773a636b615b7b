import { createTexture, type Texture } from '../noise.ts';
import type { Stage } from '../scene/scene.ts';

/** Waves as a repeating field of slopes in about −1..1, shrunk by `shrink`. */
export interface WaveLevel {
  texture: Texture;
  shrink: number;
}

/** The waves of a stage, and versions averaged 2×2 again and again for rows where a pixel spans many waves. */
export function waveLevels(stage: Stage): WaveLevel[] {
  const full = createTexture(stage.random.fork('water'), 256, 5, 8, 0.58);
  let texture: Texture = { size: full.size, data: full.data.map((value) => (value - 0.5) * 2.2) };
  let shrink = 1;
  const levels = [{ texture, shrink }];
  while (texture.size > 8) {
    const { size: before, data: finer } = texture;
    const size = before / 2;
    const data = new Float32Array(size * size);
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const at = y * 2 * before + x * 2;
        data[y * size + x] =
          (finer[at]! + finer[at + 1]! + finer[at + before]! + finer[at + before + 1]!) / 4;
      }
    texture = { size, data };
    shrink /= 2;
    levels.push({ texture, shrink });
  }
  return levels;
}

/** Fills a row with the slopes of two trains of waves that run across each other. `from` is the first column and `step` the way
 * a pixel, in texels of the full field; rows lie at `depth` hero distances: a row stands for far longer ways than a column does. */
export function slopes(
  row: Float32Array,
  level: WaveLevel,
  from: number,
  step: number,
  depth: number,
  time: number,
  wind: number,
): void {
  const { texture, shrink } = level;
  const { size } = texture;
  const first = lines(texture, (depth * 620 + time * 18) * shrink);
  const second = lines(texture, (depth * 900 - time * 12 + 90) * shrink);
  row.fill(0);
  add(row, texture, first, wrap((from * 0.55 + time * wind) * shrink, size), step * 0.55 * shrink);
  add(row, texture, second, wrap((from * 0.9 - time * wind * 0.8) * shrink + 77, size), step * 0.9 * shrink);
}

interface Lines {
  upper: number;
  lower: number;
  part: number;
}

function lines(texture: Texture, at: number): Lines {
  const mask = texture.size - 1;
  const line = Math.floor(at);
  return { upper: (line & mask) * texture.size, lower: ((line + 1) & mask) * texture.size, part: at - line };
}

function add(
  row: Float32Array,
  texture: Texture,
  { upper, lower, part }: Lines,
  from: number,
  step: number,
): void {
  const { data, size } = texture;
  const mask = size - 1;
  for (let x = 0, at = from; x < row.length; x++, at += step) {
    const cell = at | 0;
    const rest = at - cell;
    const a = cell & mask;
    const b = (cell + 1) & mask;
    const high = data[upper + a]! + (data[upper + b]! - data[upper + a]!) * rest;
    const low = data[lower + a]! + (data[lower + b]! - data[lower + a]!) * rest;
    row[x]! += high + (low - high) * part;
  }
}

function wrap(value: number, size: number): number {
  return ((value % size) + size) % size;
}
