import type { Look } from './looks.ts';

/** A cube of colours: `size`³ triples, red fastest, for inputs from `low` to `high`. */
export interface Cube {
  size: number;
  low: readonly [number, number, number];
  high: readonly [number, number, number];
  data: Float32Array;
}

/** A .cube text that `readCube` has checked: its size, its domain, its rows. */
export function parseCube(text: string): Cube {
  let size = 2;
  let low: Cube['low'] = [0, 0, 0];
  let high: Cube['high'] = [1, 1, 1];
  const values: number[] = [];
  for (const line of text.trim().split('\n')) {
    const [word = '', ...rest] = line.split(' ');
    const [a = 0, b = 0, c = 0] = rest.map(Number);
    if (word === 'LUT_3D_SIZE') size = a;
    else if (word === 'DOMAIN_MIN') low = [a, b, c];
    else if (word === 'DOMAIN_MAX') high = [a, b, c];
    else values.push(Number(word), a, b);
  }
  return { size, low, high, data: Float32Array.from(values) };
}

/** Trilinear look-up. */
export function cubeLook(cube: Cube): Look {
  const { size, low, high, data } = cube;
  const place = (value: number, part: number) =>
    Math.min(1, Math.max(0, (value - low[part]!) / (high[part]! - low[part]!))) * (size - 1);
  return (color) => {
    const at = color.map(place);
    const cell = at.map((value) => Math.min(size - 2, Math.floor(value)));
    const result: [number, number, number] = [0, 0, 0];
    for (let corner = 0; corner < 8; corner++) {
      let weight = 1;
      let index = 0;
      for (let part = 0, stride = 1; part < 3; part++, stride *= size) {
        const upper = (corner >> part) & 1;
        const rest = at[part]! - cell[part]!;
        weight *= upper ? rest : 1 - rest;
        index += (cell[part]! + upper) * stride;
      }
      for (let part = 0; part < 3; part++) result[part]! += weight * data[index * 3 + part]!;
    }
    return result;
  };
}

/** Bakes looks, one after another, into a cube of 33 steps a side over 0..1. */
export function bake(steps: readonly Look[], size = 33): Cube {
  const data = new Float32Array(size ** 3 * 3);
  let at = 0;
  for (let b = 0; b < size; b++)
    for (let g = 0; g < size; g++)
      for (let r = 0; r < size; r++) {
        let color: [number, number, number] = [r / (size - 1), g / (size - 1), b / (size - 1)];
        for (const step of steps) color = step(color);
        for (const part of color) data[at++] = Math.min(1, Math.max(0, part));
      }
  return { size, low: [0, 0, 0], high: [1, 1, 1], data };
}
