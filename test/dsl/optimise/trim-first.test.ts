import { expect, test } from 'vitest';
import { optimised, said, steps } from './optimising.ts';

test('only the frames that are kept are enlarged', () => {
  const plan = optimised('ENHANCE v1 UPSCALE 2x | TRIM FROM 2s UNTIL 4s AS part');
  expect(steps(plan)).toEqual(['s2 pass: TRIM v1[2s..4s] | ENHANCE UPSCALE 2x']);
  expect(plan.steps[0]).toMatchObject({
    name: 'part',
    lane: 'gpu',
    predicted: { width: 2560, height: 1440, frames: 48, duration: 2 },
  });
  expect(plan.steps[0]!.recipe.split('\n')[0]).toBe(
    'ENHANCE "v1" UPSCALE 2x USING esrgan-slim | TRIM FROM 2s UNTIL 4s',
  );
  expect(said(plan, 'trim first')).toEqual([
    'TRIM FROM 2s UNTIL 4s comes before ENHANCE UPSCALE 2x: 48 of 240 frames are worked on',
  ]);
});

test('a TRIM passes several stages, and what a network did keeps a step and a recipe of its own', () => {
  const plan = optimised('ENHANCE v1 UPSCALE 2x | GRADE LOOK noir | TRIM FROM 2s UNTIL 4s');
  expect(steps(plan)).toEqual(['s2 pass: TRIM v1[2s..4s] | ENHANCE UPSCALE 2x', 's3 grade: GRADE LOOK noir']);
  expect(plan.steps[0]!.recipe.split('\n')[0]).toBe(
    'ENHANCE "v1" UPSCALE 2x USING esrgan-slim | TRIM FROM 2s UNTIL 4s',
  );
  expect(plan.steps[0]!.predicted).toMatchObject({ frames: 48 });
});

test('nested stages are told as they are laid', () => {
  const plan = optimised('TRIM (GRADE (ENHANCE v1 UPSCALE 2x) LOOK noir) FROM 2s UNTIL 4s');
  expect(steps(plan)).toEqual(['s2 pass: TRIM v1[2s..4s] | ENHANCE UPSCALE 2x', 's3 grade: GRADE LOOK noir']);
});

test('noise is taken out before the cut, since it needs the frames before, and the rest is enlarged after it', () => {
  const plan = optimised('ENHANCE v1 DENOISE 20 UPSCALE 2x USING esrgan-slim | TRIM FROM 2s UNTIL 4s');
  expect(steps(plan)).toEqual([
    's2 pass: ENHANCE v1 DENOISE 20 | TRIM FROM 2s UNTIL 4s | ENHANCE UPSCALE 2x USING esrgan-slim',
  ]);
  expect(plan.steps[0]!.models).toHaveLength(1);
});

test('a second TRIM goes on to the first', () => {
  const plan = optimised('ENHANCE v1 UPSCALE 2x | TRIM FROM 2s | GRADE LOOK noir | TRIM UNTIL 4s');
  expect(steps(plan)).toEqual([
    's3 pass: TRIM v1[2s..] | TRIM UNTIL 4s | ENHANCE UPSCALE 2x',
    's4 grade: GRADE LOOK noir',
  ]);
});

test.each([
  ['frames that are added stand at times of the whole clip', 'ENHANCE v1 INTERPOLATE 60fps | TRIM FROM 1s'],
  ['a long shutter mixes frames', 'GRADE v1 SHUTTER 1/8s | TRIM FROM 1s'],
  ['grain is another with every frame', 'GRADE v1 GRAIN 20% | TRIM FROM 1s'],
  ['somebody asks for the whole', 'ENHANCE v1 UPSCALE 2x AS large | TRIM FROM 1s'],
  ['a file is written of the whole', 'ENHANCE v1 UPSCALE 2x AS l TO l.mp4; TRIM l FROM 1s'],
  ['another statement ends with the whole', 'ENHANCE v1 UPSCALE 2x | TRIM FROM 1s; ENHANCE v1 UPSCALE 2x'],
])('%s: %s', (_why, source) => {
  const plan = optimised(source);
  expect(said(plan, 'trim first')).toEqual([]);
});

test('what was enlarged before is not enlarged again for a part', () => {
  const plan = optimised('ENHANCE v1 UPSCALE 2x | TRIM FROM 1s', ['s1']);
  expect(steps(plan)).toEqual(['s1 enhance: ENHANCE v1 UPSCALE 2x', 's2 trim: TRIM FROM 1s']);
});
