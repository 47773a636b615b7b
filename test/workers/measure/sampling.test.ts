import { expect, test } from 'vitest';
import { sampling } from '../../../workers/measure/sampling.ts';

const film = { num: 24, den: 1 };

test('samples as often as asked, to the microsecond', () => {
  expect(sampling(0.25, film)).toEqual({ every: 0.25, rate: { num: 1_000_000, den: 250_000 }, notes: [] });
  expect(sampling(60, film)).toMatchObject({ every: 60, rate: { num: 1_000_000, den: 60_000_000 } });
  expect(sampling(1 / 24, film).notes).toEqual([]);
});

test('never samples more often than there are frames, and says so', () => {
  expect(sampling(0.01, { num: 30_000, den: 1001 })).toEqual({
    every: 1001 / 30_000,
    rate: { num: 30_000, den: 1001 },
    notes: ['EVERY 10ms is shorter than a frame: a sample was taken each frame (30000/1001 a second)'],
  });
});
