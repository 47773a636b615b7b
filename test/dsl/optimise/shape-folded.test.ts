import { expect, test } from 'vitest';
import type { PassArguments, StitchArguments } from '../../../dsl/arguments.ts';
import { planStitch } from '../../../dsl/plan-stitch.ts';
import { stitchedClips } from '../../../dsl/stitched-clips.ts';
import { clip, sampleWorld } from '../../fakes/world.ts';
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
    ...{ width: 1280, height: 720, rate: { num: 24, den: 1 }, fit: 'pad', matrix: 'bt709' },
  });
  expect(plan.steps[0]!.predicted).toMatchObject({ width: 1280, height: 720, frames: 72 });
  expect(said(plan, 'shape folded')).toEqual([
    'TRIM v2[1s..4s] | GRADE LOOK noir is encoded at 1280x720 24fps, as its STITCH needs it',
  ]);
});

test('the shape that is said counts, and how pictures fit', () => {
  expect(shapes('STITCH (GRADE v1 LOOK noir) + v2 SIZE 640x360 FPS 30fps FIT crop')).toEqual([
    { width: 640, height: 360, rate: { num: 30, den: 1 }, fit: 'crop', matrix: 'bt709' },
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

/** A clip that somebody else encoded in standard definition, one in their colours, and one of ours that is not asked for in them. */
const beside = sampleWorld({
  media: new Map([
    ['sd', clip('sd', { width: 640, height: 360, coding: 'theirs', parameterSets: ['s0 a', 'p0 b'] })],
    ['large', clip('large', { width: 1920, height: 1080, duration: 4 })],
    ['small', clip('small', { width: 640, height: 360, duration: 4, matrix: 'bt709' })],
  ]),
});

test('a clip is encoded in the colours of the film, also where its size is right', () => {
  const plan = optimised('STITCH sd + (GRADE large LOOK noir) + (GRADE small LOOK warm)', [], beside);
  const shape = { width: 640, height: 360, rate: { num: 24, den: 1 }, fit: 'pad', matrix: 'bt601' };
  expect(plan.steps.map((step) => (step.arguments as PassArguments).shape)).toEqual([
    shape,
    shape,
    undefined,
  ]);
  expect(said(plan, 'shape folded')).toEqual([
    'GRADE large LOOK noir is encoded at 640x360 24fps in the colours of BT.601, as its STITCH needs it',
    'GRADE small LOOK warm is encoded at 640x360 24fps in the colours of BT.601, as its STITCH needs it',
  ]);
});

test('what is generated in our colours and is longest decides, and the others follow', () => {
  const source = (seconds: number) =>
    `STITCH sd + (GENERATE "fog" DURATION ${seconds}s SIZE 640x360 FPS 24fps) + (GRADE large LOOK noir) SIZE 640x360`;
  const matrix = (seconds: number) =>
    optimised(source(seconds), [], beside).steps.flatMap(({ operation, arguments: args }) =>
      operation === 'pass' ? [(args as PassArguments).shape?.matrix] : [],
    );
  expect(matrix(9)).toEqual(['bt601']);
  expect(matrix(11)).toEqual(['bt709']);
});
