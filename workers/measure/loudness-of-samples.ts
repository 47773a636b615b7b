import { silence } from '../../dsl/measurements.ts';
import { loudnessStep } from '../ffmpeg/loudness.ts';

/** The loudest momentary loudness in each of `count` samples of `every` seconds, LUFS, never under silence (-70). `momentary` has a value for
 * each 100 ms; where the sound ends before the picture, there is silence. */
export function loudnessOfSamples(momentary: readonly number[], every: number, count: number): number[] {
  return Array.from({ length: count }, (_, sample) => {
    // A hair of slack, since 0.1 × 3 is a little more than 0.3 in binary.
    const from = Math.floor((sample * every) / loudnessStep + 1e-6);
    const to = Math.ceil(((sample + 1) * every) / loudnessStep - 1e-6);
    return momentary
      .slice(from, Math.max(from + 1, to))
      .reduce((loudest, value) => (value > loudest ? value : loudest), silence);
  });
}
