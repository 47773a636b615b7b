import { expect, test } from 'vitest';
import type { PassArguments, StitchArguments } from '../../../dsl/arguments.ts';
import { planStitch } from '../../../dsl/plan-stitch.ts';
import { stitchedClips } from '../../../dsl/stitched-clips.ts';
import { optimised, said, steps } from './optimising.ts';

const shapes = (source: string, recalled: readonly string[] = []) =>
  optimised(source, recalled).steps.flatMap((step) =>
    step.operation === 'pass' ? [(step.arguments as PassArguments).shape] : [],
  );

test('a clip is encoded at once as its film needs it', () => {
  const plan = optimised('STITCH v1 + (TRIM v2[1s..4s] | GRADE LOOK noir) + (GRADE v3 LOOK warm)');
  expect(steps(plan)).toEqual([
    's2 pass: TRIM v2[1s..4s] | GRADE LOOK noir',
    's3 grade: GRADE v3 LOOK warm',
    's4 stitch: STITCH v1 + (TRIM v2[1s..4s] | GRADE LOOK noir) + (GRADE v3 LOOK warm)',
  ]);
  expect((plan.steps[0]!.arguments as PassArguments).shape).toEqual({
    ...{ width: 1280, height: 720, rate: { num: 24, den: 1 }, fit: 'pad' },
  });
  expect(plan.steps[0]!.predicted).toMatchObject({ width: 1280, height: 720, frames: 72 });
  expect(said(plan, 'shape folded')).toEqual([
    'TRIM v2[1s..4s] | GRADE LOOK noir is encoded at 1280x720 24fps, as its STITCH needs it',
  ]);
});

test('the shape that is said counts, and how pictures fit', () => {
  expect(shapes('STITCH (GRADE v1 LOOK noir) + v2 SIZE 640x360 FPS 30fps FIT crop')).toEqual([
    { width: 640, height: 360, rate: { num: 30, den: 1 }, fit: 'crop' },
  ]);
});

test('a transition does not change what is encoded', () => {
  const of = (transition: string) => shapes(`STITCH v1 + (GRADE v2 LOOK noir) + v3 ${transition}`);
  expect(of('TRANSITION fade 0.5s')).toEqual(of(''));
  expect(of('')).toHaveLength(1);
});

test('frames are as many as the stitch counts', () => {
  const { steps: all } = optimised(
    'STITCH v1 + (GRADE "clips/run.mp4" LOOK noir | TRIM FROM 1.01s UNTIL 5s)',
  );
  const stitch = all.at(-1)!;
  const predicted = (id: string) => all.find((step) => step.id === id)!.predicted;
  const plan = planStitch(stitchedClips(stitch, predicted), stitch.arguments as StitchArguments)!;
  expect(plan.frames).toBe(stitch.predicted!.frames);
  expect(plan.clips[1]!.frames).toBe(all[0]!.predicted!.frames);
});

test('what has its own shape already, or is asked for, is left as it is', () => {
  expect(shapes('STITCH v1 + (GRADE v3 LOOK noir)')).toEqual([]);
  expect(shapes('GRADE v2 LOOK noir AS x; STITCH v1 + x + v3')).toEqual([]);
  expect(shapes('STITCH v1 + (GRADE v2 LOOK noir) + v3', ['s1'])).toEqual([]);
  expect(shapes('STITCH v1 + (GRADE v2 LOOK noir) + v3', ['s2'])).toEqual([]);
});

test('what a network made in its own shape before is not made again', () => {
  const source = 'STITCH v1 + (TRIM v3[1s..5s] | ENHANCE UPSCALE 2x)';
  expect(shapes(source)).toMatchObject([{ width: 1280 }]);
  expect(shapes(source, ['s1..s2'])).toEqual([null]);
  expect(shapes(source, ['s1..s2', 's1..s2 shaped'])).toMatchObject([{ width: 1280 }]);
});
