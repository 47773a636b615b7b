import { expect, test } from 'vitest';

import { createFourier, type Spectrum } from '../../../workers/mark/fourier.ts';

const size = 8;

/** By the definition. */
function transformed({ real, imaginary }: Spectrum): Spectrum {
  const out = { real: new Float64Array(size * size), imaginary: new Float64Array(size * size) };
  for (let v = 0; v < size; v++)
    for (let u = 0; u < size; u++)
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) {
          const angle = (-2 * Math.PI * (u * x + v * y)) / size;
          const [c, s] = [Math.cos(angle), Math.sin(angle)];
          const [a, b] = [real[y * size + x]!, imaginary[y * size + x]!];
          out.real[v * size + u]! += a * c - b * s;
          out.imaginary[v * size + u]! += a * s + b * c;
        }
  return out;
}

/** Something uneven in its first rows, nothing below. */
function picture(filled: number): Spectrum {
  const value = (by: number) =>
    Float64Array.from({ length: size * size }, (_, at) => (at < filled * size ? Math.sin(at * at * by) : 0));
  return { real: value(1.3), imaginary: value(0.7) };
}

const close = (one: Spectrum, other: Spectrum, scale = 1) => {
  for (const part of ['real', 'imaginary'] as const)
    one[part].forEach((value, at) => void expect(value / scale).toBeCloseTo(other[part][at]!, 9));
};

test.each([
  0,
  1,
  5,
  size,
])('is the transform by its definition, with %s rows that are not empty', (filled) => {
  const made = picture(filled);
  createFourier(size)(made);
  close(made, transformed(picture(filled)));
});

test('and back gives the picture, size² times as large', () => {
  const made = picture(5);
  const transform = createFourier(size);
  transform(made);
  transform(made, true);
  close(made, picture(5), size * size);
});
