import { expect, test } from 'vitest';
import { formsOf, recalledOf } from '../../../dsl/optimise/forms.ts';
import { optimised, said, steps, written } from './optimising.ts';

const source = 'TRIM v1[1s..5s] | GRADE LOOK noir | ENHANCE DENOISE 20 | GRADE CONTRAST 10%';

test('stages that were done in a pass before are not done again', () => {
  const plan = optimised(source, ['s1..s2', 's1..s3']);
  expect(steps(plan)).toEqual([
    's1..s3 pass: TRIM v1[1s..5s] | GRADE LOOK noir | ENHANCE DENOISE 20',
    's4 grade: GRADE CONTRAST 10%',
  ]);
  expect(plan.steps[0]!.recipe).toBe(written(source).steps[2]!.recipe);
  expect(said(plan, 'finished work kept')).toEqual([
    'TRIM FROM 1s UNTIL 5s | GRADE LOOK noir | ENHANCE DENOISE 20 was done before and is kept',
  ]);
});

test('a pass that is finished as a whole stays whole', () => {
  expect(steps(optimised(source, ['s1..s2', 's1..s4']))).toHaveLength(1);
});

test('all that could have been made of a plan is told, each with what it stands for', () => {
  const forms = formsOf(written(source));
  expect(forms.map(({ name, members }) => [name, members.join(' ')])).toEqual([
    ['s1..s2', 's1 s2'],
    ['s1..s3', 's1 s2 s3'],
    ['s1..s4', 's1 s2 s3 s4'],
  ]);
  const stitch = formsOf(written('STITCH v1 + v2[1s..4s] + (ENHANCE v3 UPSCALE 2x) TO a.mp4'));
  expect(stitch.map(({ name, members }) => [name, members.join(' ')])).toEqual([
    ['s1..s1 shaped', 's1'],
    ['s3 cut', 's2'],
    ['s4', 's4'],
  ]);
});

test('what is finished in a pass counts for its stages, however else they were made since', () => {
  const forms = formsOf(written(source));
  const recalled = recalledOf(new Set(['s1']), forms, new Set(['s1..s2', 's4']));
  expect([...recalled].sort()).toEqual(['s1..s2', 's1..s4']);
  expect(steps(optimised(source, [...recalled]))).toHaveLength(1);
});

test('what was gone on with stage by stage stays as it is', () => {
  const forms = formsOf(written(source));
  const recalled = recalledOf(new Set(['s1', 's2', 's3']), forms, new Set(['s1..s2', 's1..s3']));
  expect([...recalled].sort()).toEqual(['s1', 's2', 's3']);
  expect(steps(optimised(source, [...recalled]))).toHaveLength(4);
});

test('what was made for a film is taken before what was made for itself, unless that film was made', () => {
  const film = 'STITCH v1 + v2[1s..4s] + (ENHANCE v3 UPSCALE 2x) TO a.mp4';
  const forms = formsOf(written(film));
  const finished = new Set(['s1', 's3']);
  expect([...recalledOf(new Set(['s1', 's2']), forms, finished)].sort()).toEqual(['s1..s1 shaped', 's3 cut']);
  expect([...recalledOf(new Set(['s1', 's2', 's3']), forms, finished)].sort()).toEqual(['s1', 's2', 's3']);
});
