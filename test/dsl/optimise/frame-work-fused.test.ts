import { expect, test } from 'vitest';
import type { PassArguments } from '../../../dsl/arguments.ts';
import { enhance } from '../../../dsl/operations/enhance.ts';
import { grade } from '../../../dsl/operations/grade.ts';
import { trim } from '../../../dsl/operations/trim.ts';
import { optimise } from '../../../dsl/optimise/optimise.ts';
import { optimised, said, steps, written } from './optimising.ts';

test('a chain of frame work is one decode and one encode', () => {
  const plan = optimised('TRIM v3[2s..6s] | GRADE LOOK noir | ENHANCE UPSCALE 2x TO out/a.mp4');
  expect(steps(plan)).toEqual([
    's3 pass: TRIM v3[2s..6s] | GRADE LOOK noir | ENHANCE UPSCALE 2x',
    's4 export: TO out/a.mp4',
  ]);
  const [pass] = plan.steps;
  const { stages, shape } = pass!.arguments as PassArguments;
  expect(stages.map(({ operation, version }) => [operation, version])).toEqual([
    ['trim', trim.version],
    ['grade', grade.version],
    ['enhance', enhance.version],
  ]);
  expect(shape).toBeNull();
  expect(pass).toMatchObject({ lane: 'gpu', gives: 'video', effect: false, version: 2 });
  expect(pass!.recipe).toBe(
    written('TRIM v3[2s..6s] | GRADE LOOK noir | ENHANCE UPSCALE 2x').steps[2]!.recipe,
  );
  expect(pass!.predicted).toMatchObject({ width: 2560, height: 1440, frames: 96 });
  expect(said(plan, 'frame work fused')).toEqual([
    'TRIM v3[2s..6s] | GRADE LOOK noir | ENHANCE UPSCALE 2x is one decode and one encode',
  ]);
});

test('what follows a network is no part of its pass, so that it can change alone', () => {
  const plan = optimised('GRADE v1 LOOK noir | ENHANCE UPSCALE 2x | GRADE CONTRAST 10% | ENHANCE DENOISE 20');
  expect(steps(plan)).toEqual([
    's2 pass: GRADE v1 LOOK noir | ENHANCE UPSCALE 2x',
    's4 pass: GRADE CONTRAST 10% | ENHANCE DENOISE 20',
  ]);
});

test('each stage keeps the table that it reads', () => {
  const [pass] = optimised(
    'GRADE v1 LUT "film.cube" | ENHANCE DENOISE 20 | GRADE LUT "film.cube" LOOK noir',
  ).steps;
  expect(pass!.inputs.map(({ role }) => role)).toEqual(['operand', 'lut of 1', 'lut of 3']);
});

test('nested stages are told as a chain', () => {
  const plan = optimised('ENHANCE (GRADE (TRIM v1 FROM 1s) LOOK noir) DENOISE 20');
  expect(steps(plan)).toEqual(['s3 pass: TRIM v1[1s..] | GRADE LOOK noir | ENHANCE DENOISE 20']);
});

test.each([
  ['a name is given', 'GRADE v1 LOOK noir AS x | ENHANCE DENOISE 20', 2],
  ['a file is written', 'GRADE v1 LOOK noir AS x TO x.mp4; ENHANCE x DENOISE 20', 3],
  [
    'two need it',
    'STITCH (GRADE (GRADE v1 LOOK noir) CONTRAST 1%) + (GRADE (GRADE v1 LOOK noir) CONTRAST 2%)',
    4,
  ],
  ['a statement ends with it', 'GRADE v1 LOOK noir; GRADE _ CONTRAST 1%', 2],
  ['a later statement ends with it', 'GRADE v1 LOOK noir | GRADE CONTRAST 1%; GRADE v1 LOOK noir', 2],
])('what lies between is made where %s', (_why, source, count) => {
  const plan = optimised(source);
  expect(said(plan, 'frame work fused')).toEqual([]);
  expect(plan.steps).toHaveLength(count);
});

test('what lies between is made where it is asked for from outside the plan', () => {
  const plan = written('GRADE v1 LOOK noir | ENHANCE DENOISE 20');
  const known = { recalled: new Set<string>() };
  expect(optimise(plan, known).steps).toHaveLength(1);
  expect(optimise(plan, { ...known, asked: new Set(['s1']) }).steps).toHaveLength(2);
});

test('finished work is read, not done again', () => {
  const source = 'TRIM v1[1s..5s] | GRADE LOOK noir | ENHANCE DENOISE 20';
  expect(steps(optimised(source, ['s1']))).toEqual([
    's1 trim: TRIM v1[1s..5s]',
    's3 pass: GRADE LOOK noir | ENHANCE DENOISE 20',
  ]);
});

test('a very long chain is several passes', () => {
  const plan = optimised(`GRADE v1 CONTRAST 1%${' | GRADE CONTRAST 1%'.repeat(39)}`);
  expect(plan.steps.map(({ arguments: args }) => (args as PassArguments).stages.length)).toEqual([16, 16, 8]);
});

test('inputs of a kind that is not known here are left alone', () => {
  const plan = written('GRADE v1 LOOK noir | ENHANCE DENOISE 20');
  const strange = { role: 'operand', from: 'shots', step: 's1' } as never;
  const more = { ...plan.steps[1]!, id: 's3', inputs: [strange] };
  const result = optimise({ ...plan, steps: [...plan.steps, more] }, { recalled: new Set() });
  expect(result.steps.map(({ id }) => id)).toEqual(['s1', 's2', 's3']);
  expect(result.steps[2]!.inputs).toEqual([strange]);
});
