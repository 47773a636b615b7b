import { tidySeconds } from '../../dsl/build/duration.ts';
import {
  type Measurements,
  type MeasureName,
  meanLoudness,
  measureNames,
  type Summary,
} from '../../dsl/measurements.ts';
import type { PictureMeasures } from './picture-measures.ts';

/** Makes lists by measure of what was measured sample by sample. The first sample has no picture before it: its motion and energy are those of the
 * second, or 0 where there is none. */
export function gather(
  samples: readonly PictureMeasures[],
  loudness: readonly number[] | null,
  every: number,
): Measurements {
  const list = (name: MeasureName) =>
    samples.map((sample) => significant(sample[name] ?? samples[1]?.[name] ?? 0));
  const lists = byName(list);
  const heard = loudness?.map(significant) ?? null;
  return {
    every,
    times: samples.map((_, index) => tidySeconds(index * every)),
    ...lists,
    loudness: heard,
    summary: {
      ...byName((name) => summaryOf(lists[name], mean)),
      loudness: heard && summaryOf(heard, meanLoudness),
    },
  };
}

function byName<T>(of: (name: MeasureName) => T): Record<MeasureName, T> {
  return Object.fromEntries(measureNames.map((name) => [name, of(name)])) as Record<MeasureName, T>;
}

function summaryOf(values: readonly number[], meanOf: (values: readonly number[]) => number): Summary {
  return {
    mean: significant(meanOf(values)),
    max: values.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Six significant digits: more is not in eight-bit pictures. */
function significant(value: number): number {
  return Number(value.toPrecision(6));
}
