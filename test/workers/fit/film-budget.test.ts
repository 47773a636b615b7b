import { describe, expect, test } from 'vitest';
import type { VideoFacts } from '../../../dsl/facts.ts';
import { filmBudget, tighter } from '../../../workers/fit/film-budget.ts';
import { fakeFilm } from '../../fakes/desk.ts';

const film = (change: Partial<VideoFacts>): VideoFacts => ({
  ...(fakeFilm('/film', '0'.repeat(64), 40e6).facts as VideoFacts),
  audio: { codec: 'aac', rate: 48_000, channels: 2, duration: 4 },
  ...change,
});
const budget = (change: Partial<VideoFacts>, bytes: number) => {
  const { width, height, rate, seconds, video, sound } = filmBudget(film(change), bytes, 200);
  const total = ((video + (sound?.bits ?? 0)) * seconds) / 8;
  return {
    size: `${width}x${height}`,
    fps: rate.num / rate.den,
    seconds: Math.round(seconds),
    sound: sound?.bits,
    total,
  };
};

describe('what fits 10 MB', () => {
  test.each([
    ['a short clip keeps its size', { duration: 10, width: 1920, height: 1080 }, '1920x1080', 24, 10],
    ['a minute of full HD too', { duration: 60, width: 1920, height: 1080 }, '1280x720', 24, 60],
    [
      'a minute of 4K comes down to what its rate can fill',
      { duration: 60, width: 3840, height: 2160 },
      '1280x720',
      24,
      60,
    ],
    ['ten minutes come down further', { duration: 600, width: 1920, height: 1080 }, '426x240', 12, 600],
    [
      'a film of an hour is shown from its beginning',
      { duration: 3600, width: 1920, height: 1080 },
      '426x240',
      12,
      700,
    ],
    ['a tall clip stays tall', { duration: 120, width: 1080, height: 1920 }, '432x768', 24, 120],
    [
      'sixty frames a second become thirty',
      { duration: 60, width: 1280, height: 720, rate: { num: 60, den: 1 } },
      '960x540',
      30,
      60,
    ],
  ] as const)('%s', (_, change, size, fps, seconds) => {
    const found = budget(change, 10e6);
    expect(found).toMatchObject({ size, fps });
    expect(Math.abs(found.seconds - seconds)).toBeLessThanOrEqual(seconds * 0.1);
    expect(found.total).toBeLessThan(10e6);
    expect(found.total).toBeGreaterThan(7e6);
  });
});

test('a silent clip spends nothing on sound, and a poor one little', () => {
  expect(budget({ duration: 60, audio: null }, 10e6).sound).toBeUndefined();
  expect(budget({ duration: 60 }, 10e6).sound).toBe(128_000);
  expect(budget({ duration: 600 }, 10e6).sound).toBe(40_000);
});

test('what came out too large gets fewer bits, and at last a smaller picture', () => {
  const first = filmBudget(film({ duration: 60 }), 10e6, 0);
  const second = tighter(first, 11e6, 10e6);
  expect(second.video).toBeLessThan(first.video * 0.9);
  expect(second).toMatchObject({ width: first.width, height: first.height });
  const starved = tighter(first, 40e6, 10e6);
  expect(starved.width).toBeLessThan(first.width);
});
