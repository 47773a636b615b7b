import { durationText } from '../../dsl/build/duration.ts';
import type { Rational } from '../../dsl/facts.ts';
import { fraction, perSecond } from '../../dsl/rational.ts';

/** How densely a clip of `clip` frames a second is sampled when a sample `every` so many seconds is asked: to the microsecond, and never more often
 * than it has frames. `rate` is samples a second, exactly. */
export function sampling(every: number, clip: Rational): { every: number; rate: Rational; notes: string[] } {
  const microseconds = Math.round(every * 1e6);
  if (microseconds / 1e6 >= 1 / perSecond(clip) - 1e-6)
    return { every: microseconds / 1e6, rate: { num: 1_000_000, den: microseconds }, notes: [] };
  return {
    every: clip.den / clip.num,
    rate: clip,
    notes: [
      `EVERY ${durationText(every)} is shorter than a frame: a sample was taken each frame (${fraction(clip)} a second)`,
    ],
  };
}

/** A filter that lets pass, at each multiple of the samples' distance, the frame that is shown then: rounded up, since rounded to the nearest
 * it would be one that is still to come. Frames come at a constant rate. */
export function sampleFilter(rate: Rational): string {
  return `fps=fps=${rate.num}/${rate.den}:start_time=0:round=up`;
}
