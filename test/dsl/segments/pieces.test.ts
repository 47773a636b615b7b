import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EnhanceArguments } from '../../../dsl/arguments.ts';
import { stagesOf } from '../../../dsl/segments/frame-stages.ts';
import { type CuttableClip, cutsBetween, piecesOf } from '../../../dsl/segments/pieces.ts';
import { segmentsOf } from '../../../dsl/segments/segments.ts';

const nothing: EnhanceArguments = {
  ...{ upscale: null, denoise: null, interpolate: null, model: null, interpolator: null },
};
const film = (change: Partial<CuttableClip> = {}): CuttableClip => ({
  ...{ kind: 'video', frames: 24 * 600, width: 1280, height: 720, rate: { num: 24, den: 1 } },
  ...change,
});
const pieces = (args: Partial<EnhanceArguments>, clip = film()) =>
  piecesOf(stagesOf('enhance', { ...nothing, ...args })!, clip)!;

test.each<[string, Partial<EnhanceArguments>, Partial<CuttableClip>, number]>([
  ['noise alone is quick: pieces of 22 s', { denoise: 20 }, {}, 528],
  ['of full HD they are shorter', { denoise: 20 }, { width: 1920, height: 1080 }, 240],
  ['a network is slow: two groups of pictures', { upscale: 2, model: 'esrgan-medium' }, {}, 96],
  ['of a small clip it is quick', { upscale: 2, model: 'esrgan-slim' }, { width: 160, height: 90 }, 768],
  [
    'a network that was not measured counts as slow',
    { upscale: 2, model: 'mine' },
    { width: 160, height: 90 },
    288,
  ],
  ['added frames are counted at their rate', { interpolate: 60, interpolator: 'rife-4.6' }, {}, 240],
])('%s', (_, args, clip, length) => {
  expect(pieces(args, film(clip)).length).toBe(length);
});

test('what cannot be cut exactly is one piece', () => {
  const work = stagesOf('enhance', { ...nothing, denoise: 20 })!;
  for (const clip of [{ variable: true as const }, { container: 'avi' }, { pixelFormat: 'yuv444p' }])
    expect(piecesOf(work, film(clip))).toBeNull();
  expect(piecesOf(stagesOf('grade', { grain: 0.2 })!, film())).toBeNull();
  const shape = {
    width: 640,
    height: 360,
    rate: { num: 30, den: 1 },
    fit: 'pad' as const,
    matrix: 'bt709' as const,
  };
  expect(piecesOf({ ...work, shape }, film())).toBeNull();
  expect(piecesOf({ ...work, shape: { ...shape, rate: { num: 24, den: 1 } } }, film())).not.toBeNull();
});

test('pieces cover every frame once, none is under half or over one and a half of the usual, and parts have the same', () => {
  const range = fc.record({
    from: fc.nat(5000),
    frames: fc.integer({ min: 1, max: 20_000 }),
    length: fc.integer({ min: 2, max: 900 }),
  });
  fc.assert(
    fc.property(range, ({ from, frames, length }) => {
      const to = from + frames;
      const cuts = [from, ...cutsBetween(from, to, length), to];
      const sizes = cuts.slice(1).map((cut, index) => cut - cuts[index]!);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(frames);
      if (sizes.length > 1)
        for (const size of sizes) {
          expect(size).toBeGreaterThanOrEqual(length / 2);
          expect(size).toBeLessThan(length * 1.5);
        }
      // A segment finds the pieces in it by itself.
      for (let first = 0; first < cuts.length - 1; first += 7)
        for (const last of [first + 1, Math.min(first + 5, cuts.length - 1)])
          expect(cutsBetween(cuts[first]!, cuts[last]!, length)).toEqual(cuts.slice(first + 1, last));
    }),
  );
});

test('segments are whole pieces of about 45 s of work, by history where there is some', () => {
  const film720 = pieces({ denoise: 20 });
  const count = (seconds: number | null) => segmentsOf(film720, seconds).length;
  expect([film720.cuts.length - 1, Math.round(film720.seconds)]).toEqual([27, 863]);
  expect(count(null)).toBe(27);
  // Slower than reckoned: a piece is the least.
  expect(count(9000)).toBe(27);
  // Quicker: two, four, eight pieces a job; at last one job is enough.
  expect([count(600), count(300), count(150), count(60)]).toEqual([14, 7, 4, 2]);
  expect(count(30)).toBe(1);
  const cuts = new Set(film720.cuts);
  for (const { from, to } of segmentsOf(film720, 300)) expect(cuts.has(from) && cuts.has(to)).toBe(true);
});

test('a film of a day has no more than 256 segments', () => {
  const day = pieces({ upscale: 4, model: 'esrgan-medium' }, film({ frames: 24 * 86_400 }));
  expect(day.cuts.length).toBe(21_601);
  expect(segmentsOf(day, null).length).toBe(169);
});
