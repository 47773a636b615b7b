import { expect, test } from 'vitest';
import { isDrawn, least } from '../../../engine/jobs/share.ts';

const jobs = Array.from({ length: 20_000 }, (_, id) => id + 1);

test.each([0.02, 0.05, 0.25])('writes down as much by lot as jobs of %d s take together', (seconds) => {
  const taken = jobs.filter((job) => isDrawn(job, seconds)).length * least;
  expect(taken / (jobs.length * seconds)).toBeCloseTo(1, 1);
});

test('draws alike from every second, third and fourth id, as two who take turns have them', () => {
  for (const step of [2, 3, 4])
    for (let first = 0; first < step; first++) {
      const own = jobs.filter((job) => job % step === first);
      const taken = own.filter((job) => isDrawn(job, 0.05)).length * least;
      expect(taken / (own.length * 0.05)).toBeCloseTo(1, 1);
    }
});

test('always writes down what took half a second or more, and the shortest now and then', () => {
  expect(jobs.every((job) => isDrawn(job, least))).toBe(true);
  expect(jobs.some((job) => isDrawn(job, 0))).toBe(true);
});
