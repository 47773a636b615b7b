import { expect, test } from 'vitest';
import { shapedLike } from '../../dsl/shaped-like.ts';

test.each([
  [4032, 3024, 960, 720],
  [3024, 4032, 720, 960],
  [1000, 1000, 720, 720],
  [6000, 2000, 1280, 426],
  [1080, 1920, 720, 1280],
  [256, 144, 1280, 720],
  [8000, 10, 1280, 64],
  [641, 361, 1278, 720],
])('a picture of %i×%i makes a film of %i×%i', (width, height, ...size) => {
  const shape = shapedLike({ kind: 'image', width, height });
  expect([shape.width, shape.height]).toEqual(size);
});

test.each([
  [1920, 1080, 1920, 1080],
  [96, 64, 96, 64],
  [641, 361, 1278, 720],
  [8192, 4096, 1280, 640],
  [64, 32, 1280, 640],
])('a clip of %i×%i is gone on with at %i×%i', (width, height, ...size) => {
  const shape = shapedLike({ kind: 'video', width, height });
  expect([shape.width, shape.height]).toEqual(size);
});

test('what is not known yet is taken for a usual film', () => {
  expect(shapedLike(null)).toEqual({ width: 1280, height: 720 });
  expect(shapedLike({ kind: 'video' })).toEqual({ width: 1280, height: 720 });
});
