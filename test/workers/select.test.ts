import { expect, test } from 'vitest';
import type { Measurements, ShotList } from '../../dsl/measurements.ts';
import { measuredShots } from '../../workers/select/measured-shots.ts';

const shots: ShotList = {
  shots: [
    { index: 1, from: 0, to: 1, first: 0, last: 23, frames: 24, opens: 'start' },
    { index: 2, from: 1, to: 1.5, first: 24, last: 35, frames: 12, opens: 'cut' },
    { index: 3, from: 1.5, to: 1.6, first: 36, last: 38, frames: 3, opens: 'cut' },
  ],
  rate: '24',
  duration: 1.6,
};

const measured = {
  every: 0.25,
  times: [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5],
  motion: [2, 2, 4, 6, 90, 1, 80],
  motion_max: [5, 5, 9, 7, 99, 3, 99],
  energy: [0, 0.1, 0.1, 0.1, 0.9, 0.2, 0.9],
  energy_max: [0, 0.1, 0.3, 0.1, 1, 0.4, 1],
  brightness: [0.5, 0.5, 0.5, 0.5, 0.2, 0.4, 0.9],
  sharpness: [10, 10, 10, 10, 20, 20, 30],
  loudness: null,
} as unknown as Measurements;

test('what is measured of a shot is of its own frames: a cut is no motion', () => {
  const [first, second, third] = measuredShots(shots, measured);
  expect(first).toMatchObject({
    index: 1,
    from: 0,
    until: 1,
    duration: 1,
    motion: 4,
    motion_max: 9,
    brightness: 0.5,
  });
  expect(second).toMatchObject({ motion: 1, motion_max: 3, energy: 0.2, sharpness: 20 });
  expect(second!.brightness).toBeCloseTo(0.3, 9);
  expect(third).toMatchObject({ motion: null, energy_max: null, brightness: 0.9, loudness: null });
});

test('without measurements nothing is known of them, and the shots are all there', () => {
  expect(measuredShots(shots, null)).toHaveLength(3);
  expect(measuredShots(shots, null)[0]).toMatchObject({ motion: null, sharpness: null, frames: 24 });
});
