import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutTile, layTile, planTiles } from '../../../workers/onnx/tiles.ts';

test('cuts any picture into equal tiles that cover it, overlap enough and are small enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (width, height) => {
      const limits = { pixels: 40_000, overlap: 24 };
      const plan = planTiles(width, height, limits);
      expect(plan.width * plan.height).toBeLessThanOrEqual(limits.pixels);
      for (const [starts, tile, length] of [
        [plan.columns, plan.width, width],
        [plan.rows, plan.height, height],
      ] as const) {
        expect(starts[0]).toBe(0);
        expect((starts.at(-1) ?? 0) + tile).toBe(length);
        for (const [index, start] of starts.entries()) {
          if (index > 0)
            expect((starts[index - 1] ?? 0) + tile - start).toBeGreaterThanOrEqual(limits.overlap);
        }
      }
    }),
  );
});

test('takes a picture that is small enough as one tile', () => {
  expect(planTiles(200, 200, { pixels: 40_000, overlap: 24 })).toEqual({
    width: 200,
    height: 200,
    columns: [0],
    rows: [0],
  });
});

test.each([
  1, 2, 3,
])('lays tiles enlarged %i times so that the same picture comes out where they agree', (factor) => {
  const [width, height] = [101, 67];
  const frame = new Uint8Array(width * height * 3).map((_, index) => (index * 31) & 255);
  const plan = planTiles(width, height, { pixels: 1500, overlap: 8 });
  expect(plan.columns.length * plan.rows.length).toBeGreaterThan(3);
  const canvas = { width: width * factor, data: new Uint8Array(frame.length * factor * factor) };
  for (const [row, top] of plan.rows.entries()) {
    for (const [column, left] of plan.columns.entries()) {
      const tile = cutTile(frame, width, { left, top, width: plan.width, height: plan.height });
      layTile(canvas, repeat(tile, plan.width, factor), plan, { column, row }, factor);
    }
  }
  expect(Buffer.compare(canvas.data, repeat(frame, width, factor))).toBe(0);
});

test('fades from one tile to the next without a step', () => {
  const plan = { width: 20, height: 4, columns: [0, 12], rows: [0] };
  const canvas = { width: 32, data: new Uint8Array(32 * 4 * 3) };
  layTile(canvas, new Uint8Array(20 * 4 * 3).fill(0), plan, { column: 0, row: 0 }, 1);
  layTile(canvas, new Uint8Array(20 * 4 * 3).fill(200), plan, { column: 1, row: 0 }, 1);
  const line = Array.from({ length: 32 }, (_, x) => canvas.data[x * 3]);
  expect(line.slice(0, 14)).toEqual(Array(14).fill(0));
  expect(line.slice(14, 18)).toEqual([25, 75, 125, 175]);
  expect(line.slice(18)).toEqual(Array(14).fill(200));
});

/** Each pixel as a square of pixels. */
function repeat(frame: Uint8Array, width: number, factor: number): Uint8Array {
  const height = frame.length / 3 / width;
  const large = new Uint8Array(frame.length * factor * factor);
  for (let y = 0; y < height * factor; y++) {
    for (let x = 0; x < width * factor; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 3;
      large.set(frame.subarray(from, from + 3), (y * width * factor + x) * 3);
    }
  }
  return large;
}
