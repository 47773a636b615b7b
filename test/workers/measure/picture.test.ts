import { expect, test } from 'vitest';
import { brightness, difference, sharpness } from '../../../workers/measure/picture.ts';
import { pattern } from './pattern.ts';

// What OpenCV 4.14 in Python and NumPy give for the same two pictures: cv2.Laplacian(a, cv2.CV_64F).var(), abs(a - b).mean() / 255, a.mean() / 255.
test('gives what OpenCV and NumPy give for a pattern', () => {
  const [a, b] = [pattern(0, 0), pattern(2, 1.5)];
  expect(sharpness(a, 240, 240)).toBeCloseTo(8.119898292522667, 9);
  expect(sharpness(b, 240, 240)).toBeCloseTo(7.91527198591821, 9);
  expect(difference(a, b).mean).toBeCloseTo(0.059226239106753814, 12);
  expect(difference(a, b).max).toBeCloseTo(0.16470588235294117, 12);
  expect(brightness(a)).toBeCloseTo(0.5191393654684097, 12);
});

test('white is 1, black is 0, and neither has edges', () => {
  const [white, black] = [new Uint8Array(12).fill(255), new Uint8Array(12)];
  expect([brightness(white), brightness(black)]).toEqual([1, 0]);
  expect(difference(white, black)).toEqual({ mean: 1, max: 1 });
  expect(sharpness(white, 4, 3)).toBe(0);
});

test('a single pixel has no edges', () => {
  expect(sharpness(Uint8Array.of(200), 1, 1)).toBe(0);
});
