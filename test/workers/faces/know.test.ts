import { expect, test } from 'vitest';
import { aligned, knowFace, similarity } from '../../../workers/faces/know.ts';

const points = [
  { x: 38, y: 52 },
  { x: 74, y: 52 },
  { x: 56, y: 72 },
  { x: 56, y: 92 },
];

test.each([
  ['as they stand', 1, 0],
  ['twice as large', 2, 0],
  ['upside down', 1, Math.PI],
  ['turned by 30° and half as large', 0.5, Math.PI / 6],
])('finds how points were turned, scaled and moved: %s', (_, scale, angle) => {
  const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const moved = points.map(({ x, y }) => ({ x: a * x - b * y + 7, y: b * x + a * y - 5 }));
  const found = similarity(points, moved);
  expect(found.a).toBeCloseTo(a);
  expect(found.b).toBeCloseTo(b);
  expect(found.x).toBeCloseTo(7);
  expect(found.y).toBeCloseTo(-5);
});

/** 112×112 pixels, red the column, green the row. */
const gradient = {
  width: 112,
  height: 112,
  data: Uint8Array.from({ length: 112 * 112 * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return [pixel % 112, Math.floor(pixel / 112), 0][at % 3] ?? 0;
  }),
};

/** Where SFace wants them. */
const inPlace = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 56.1396, y: 92.2848 },
];

test('a face that stands where SFace wants it stays as it is, in planes, red first', () => {
  const planes = aligned(gradient, inPlace);
  expect(planes.length).toBe(3 * 112 * 112);
  expect(planes[60 * 112 + 40]).toBeCloseTo(40, 3);
  expect(planes[112 * 112 + 60 * 112 + 40]).toBeCloseTo(60, 3);
});

test('a face that is turned is turned back', () => {
  // A quarter turn clockwise: (x, y) lies at (111 − y, x) now.
  const turned = inPlace.map(({ x, y }) => ({ x: 111 - y, y: x }));
  const planes = aligned(gradient, turned);
  expect(planes[60 * 112 + 40]).toBeCloseTo(51, 3);
  expect(planes[112 * 112 + 60 * 112 + 40]).toBeCloseTo(40, 3);
});

test('what a face is known by has the length 1', async () => {
  const face = { score: 1, box: { x: 0, y: 0, width: 100, height: 100 }, marks: inPlace as never };
  const known = await knowFace(async () => [Float32Array.of(3, 4)], gradient, face);
  expect([...known]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
});
