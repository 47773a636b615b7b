import type { Look } from './looks.ts';

/** A cube of colours: `size`³ triples, red fastest, for inputs from `low` to `high`. */
export interface Cube {
  size: number;
  low: readonly [number, number, number];
  high: readonly [number, number, number];
  data: Float32Array;
}

/** Reads an Adobe/Resolve .cube file (1D or 3D); throws an Error that says what is wrong in words for the asker. */
export function parseCube(text: string): Cube {
  let size = 0;
  let flat = false;
  let low: [number, number, number] = [0, 0, 0];
  let high: [number, number, number] = [1, 1, 1];
  const values: number[] = [];
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '' || line.startsWith('TITLE')) continue;
    const words = line.split(/\s+/);
    const numbers = words.filter((word) => /^[-+.\d]/.test(word)).map(Number);
    if (words[0] === 'LUT_3D_SIZE' || words[0] === 'LUT_1D_SIZE') {
      size = Number(words[1]);
      flat = words[0] === 'LUT_1D_SIZE';
      const most = flat ? 65536 : 129;
      if (!Number.isInteger(size) || size < 2 || size > most)
        throw new Error(`line ${index + 1} of the LUT: the size must be a whole number from 2 to ${most}`);
    } else if (words[0] === 'DOMAIN_MIN') low = triple(numbers, index);
    else if (words[0] === 'DOMAIN_MAX') high = triple(numbers, index);
    else if (/^[A-Z]/.test(words[0]!)) continue;
    else {
      values.push(...triple(numbers, index));
      if (values.length > 3 * 129 ** 3) throw new Error('the LUT has more rows than any size allows');
    }
  }
  if (size === 0) throw new Error('the LUT does not say its size (LUT_3D_SIZE)');
  const rows = flat ? size : size ** 3;
  if (values.length !== rows * 3)
    throw new Error(`the LUT of size ${size} needs ${rows} rows of numbers and has ${values.length / 3}`);
  if (low.some((value, part) => value >= high[part]!))
    throw new Error('the LUT has an empty domain: DOMAIN_MIN must be below DOMAIN_MAX');
  const cube = { size, low, high, data: Float32Array.from(values) };
  return flat ? spread(cube) : cube;
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

function triple(numbers: readonly number[], index: number): [number, number, number] {
  const [a, b, c] = numbers;
  if (
    numbers.length !== 3 ||
    a === undefined ||
    b === undefined ||
    c === undefined ||
    !numbers.every(Number.isFinite)
  )
    throw new Error(`line ${index + 1} of the LUT is not three numbers`);
  return [a, b, c];
}

/** A curve for each channel as a cube of 33 steps. */
function spread(curve: Cube): Cube {
  const look: Look = (color) =>
    color.map((value, part) => {
      const { low, high, size, data } = curve;
      const at = Math.min(1, Math.max(0, (value - low[part]!) / (high[part]! - low[part]!))) * (size - 1);
      const cell = Math.min(size - 2, Math.floor(at));
      const before = data[cell * 3 + part]!;
      return before + (data[(cell + 1) * 3 + part]! - before) * (at - cell);
    }) as [number, number, number];
  return bake([look]);
}
