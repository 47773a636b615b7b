import { expect, test } from 'vitest';
import { meanLoudness } from '../../../dsl/measurements.ts';
import { gather } from '../../../workers/measure/gather.ts';

const sample = (motion: number | null, light: number) => ({
  ...{
    motion,
    motion_max: motion && 2 * motion,
    energy: motion && motion / 10,
    energy_max: motion && motion / 5,
  },
  ...{ brightness: light, sharpness: 1000 * light },
});

test('lists every measure by sample; the first sample moves like the second', () => {
  const found = gather([sample(null, 0.5), sample(1.23456789, 0.25), sample(3, 0)], [-20, -70, -20], 0.25);
  expect(found).toEqual({
    every: 0.25,
    times: [0, 0.25, 0.5],
    motion: [1.23457, 1.23457, 3],
    motion_max: [2.46914, 2.46914, 6],
    energy: [0.123457, 0.123457, 0.3],
    energy_max: [0.246914, 0.246914, 0.6],
    brightness: [0.5, 0.25, 0],
    sharpness: [500, 250, 0],
    loudness: [-20, -70, -20],
    summary: {
      motion: { mean: 1.82305, max: 3 },
      motion_max: { mean: 3.64609, max: 6 },
      energy: { mean: 0.182305, max: 0.3 },
      energy_max: { mean: 0.364609, max: 0.6 },
      brightness: { mean: 0.25, max: 0.5 },
      sharpness: { mean: 250, max: 500 },
      // Two thirds of the power: 10 log10(2/3) less.
      loudness: { mean: -21.7609, max: -20 },
    },
  });
});

test('a single picture does not move, and a clip without sound has no loudness', () => {
  const found = gather([sample(null, 1)], null, 0.25);
  expect(found).toMatchObject({ motion: [0], energy_max: [0], loudness: null });
  expect(found.summary).toMatchObject({ motion: { mean: 0, max: 0 }, loudness: null });
});

test('times stay exact for hours', () => {
  const { times } = gather(Array(40_003).fill(sample(0, 0)), null, 0.1);
  expect(times.at(-1)).toBe(4000.2);
});

test('loudness is averaged by power, and silence is -70', () => {
  expect(meanLoudness([-23, -23])).toBeCloseTo(-23, 9);
  expect(meanLoudness([-20, -70])).toBeCloseTo(-23.01, 2);
  expect(meanLoudness([-70, -70])).toBe(-70);
  expect(meanLoudness([])).toBe(-70);
});
