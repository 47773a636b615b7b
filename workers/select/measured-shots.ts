import type { ListItem } from '../../dsl/grow.ts';
import { type Measurements, meanLoudness, type ShotList } from '../../dsl/measurements.ts';

/** The shots of a list by the fields of the collection `shots`. What MEASURE says of a shot is the mean of the samples that lie in it, or their
 * largest; what compares a sample with the one before counts only where that one lies in the shot too, since a cut is no motion. Null where there
 * is no such sample, or nothing was measured. */
export function measuredShots({ shots }: ShotList, measured: Measurements | null): ListItem[] {
  return shots.map(({ index, from, to, frames, opens }) => {
    const inside = (time: number) => time >= from - 1e-9 && time < to - 1e-9;
    const times = measured?.times ?? [];
    const within = times.flatMap((time, at) => (inside(time) ? [at] : []));
    const moving = within.filter((at) => at > 0 && inside(times[at - 1]!));
    const mean = (values: readonly (number | null)[] | null | undefined, at: readonly number[]) => {
      const known = at.flatMap((each) => values?.[each] ?? []);
      return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    };
    const largest = (values: readonly number[] | undefined, at: readonly number[]) =>
      values === undefined || at.length === 0
        ? null
        : at.reduce((most, each) => Math.max(most, values[each]!), 0);
    return {
      index,
      from,
      until: to,
      duration: to - from,
      frames,
      opens,
      motion: mean(measured?.motion, moving),
      motion_max: largest(measured?.motion_max, moving),
      energy: mean(measured?.energy, moving),
      energy_max: largest(measured?.energy_max, moving),
      brightness: mean(measured?.brightness, within),
      sharpness: mean(measured?.sharpness, within),
      loudness:
        within.length === 0 || !measured?.loudness
          ? null
          : meanLoudness(within.map((at) => measured.loudness![at]!)),
    };
  });
}
