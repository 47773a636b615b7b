import { expect, test } from 'vitest';
import { suggest } from '../../dsl/suggest.ts';

const words = ['GENERATE', 'GRADE', 'ENHANCE', 'STITCH', 'SHOW', 'SET', 'TRIM'];

test.each([
  ['GENRATE', 'GENERATE'],
  ['sitch', 'STITCH'],
  ['STITHC', 'STITCH'],
  ['enhacne', 'ENHANCE'],
  ['shwo', 'SHOW'],
  ['GEN', 'GENERATE'],
  ['TRIMM', 'TRIM'],
  ['xyz', null],
  ['a', null],
  ['SHOW', null],
  ['q'.repeat(100_000), null],
])('%s was meant as %s', (typed, meant) => {
  expect(suggest(typed, words)).toBe(meant);
});
