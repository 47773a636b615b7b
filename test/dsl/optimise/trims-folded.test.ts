import { expect, test } from 'vitest';
import { optimised, said, steps } from './optimising.ts';

test('a part of a part is one part of the whole', () => {
  const plan = optimised('TRIM v1[1s..7s] | TRIM FROM 1s UNTIL 3s');
  expect(steps(plan)).toEqual(['s2 trim: TRIM v1[2s..4s]']);
  expect(plan.steps[0]!.arguments).toEqual({ from: 2, to: 4 });
  expect(said(plan, 'trims folded')).toEqual(['TRIM v1[1s..7s] | TRIM FROM 1s UNTIL 3s is one cut']);
});

test.each([
  ['TRIM v1[1s..3s] | TRIM FROM 1s UNTIL 2s', 2, 3],
  ['TRIM v1 FROM 1s | TRIM FROM 1s', 2, null],
  ['TRIM v1 FROM 1s | TRIM UNTIL 2s', 1, 3],
  ['TRIM v1 UNTIL 5s | TRIM FROM 1s', 1, 5],
  // Frames count: at 24 fps a part from 1.01 s begins with frame 25, and the part of it from 10 ms with frame 26.
  ['TRIM v1 FROM 1.01s | TRIM FROM 10ms UNTIL 1s', 26 / 24, 49 / 24],
])('%s begins and ends with the same frames', (source, from, to) => {
  const {
    steps: [only, ...more],
  } = optimised(source);
  expect(more).toEqual([]);
  expect(only!.arguments).toEqual({ from, to });
});

test('a part that somebody asks for is cut on its own', () => {
  expect(steps(optimised('TRIM v1[1s..7s] AS part | TRIM FROM 1s'))).toHaveLength(2);
  expect(steps(optimised('TRIM v1[1s..7s] | TRIM FROM 1s', ['s1']))).toHaveLength(2);
});
