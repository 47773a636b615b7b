import { expect, test } from 'vitest';
import { loudnessOfSamples } from '../../../workers/measure/loudness-of-samples.ts';

test('takes the loudest 100 ms that touch a sample', () => {
  //                 0.0  0.1  0.2  0.3  0.4  0.5  0.6  0.7
  const momentary = [-40, -30, -20, -50, -50, -10, -60, -60];
  expect(loudnessOfSamples(momentary, 0.25, 3)).toEqual([-20, -20, -10]);
  expect(loudnessOfSamples(momentary, 0.3, 3)).toEqual([-20, -10, -60]);
  expect(loudnessOfSamples(momentary, 0.04, 4)).toEqual([-40, -40, -30, -30]);
});

test('is silent before the sound can be heard and after it ends', () => {
  expect(loudnessOfSamples([-120.691, -30], 0.1, 4)).toEqual([-70, -30, -70, -70]);
  expect(loudnessOfSamples([], 0.25, 2)).toEqual([-70, -70]);
});

test('what is not a number is silence', () => {
  expect(loudnessOfSamples([Number.NaN, Number.NEGATIVE_INFINITY, -30], 0.1, 3)).toEqual([-70, -70, -30]);
});
