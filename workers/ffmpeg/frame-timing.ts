import type { Rational } from '../../dsl/facts.ts';
import type { PacketTimes } from './described.ts';

export interface FrameTiming {
  rate: Rational;
  frames: number;
  /** Seconds. */
  duration: number;
  /** Frames do not stand at equal distances. */
  variable: boolean;
}

/** Rates of cameras and films, to which the average of a varying rate is rounded when it is within a hundredth. */
const usual: readonly Rational[] = [
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
  { num: 15, den: 1 },
  { num: 10, den: 1 },
  { num: 120, den: 1 },
];

/** Measures frames' times against the rates that a file claims. The rate is constant when every frame stands within `tolerance`
 * seconds (the rounding of the file's clock) of where a claimed rate puts it. */
export function frameTiming(
  packets: PacketTimes,
  claimed: readonly Rational[],
  tolerance: number,
): FrameTiming {
  const times = packets.times.filter(Number.isFinite).sort((a, b) => a - b);
  const frames = packets.times.length;
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const standsWell = (rate: Rational) =>
    times.length === frames &&
    times.every(
      (time, index) => Math.abs(time - first - (index * rate.den) / rate.num) <= within(tolerance, rate),
    );
  const constant =
    claimed.find((rate) => frames > 1 && standsWell(rate)) ?? (frames <= 1 ? claimed[0] : undefined);
  if (constant)
    return { rate: constant, frames, duration: (frames * constant.den) / constant.num, variable: false };
  const gridded = claimed.find((rate) => times.length === frames && standsOnGrid(times, rate, tolerance));
  if (gridded) {
    const lasts = Math.max(1, Math.round((packets.lastDuration * gridded.num) / gridded.den));
    const slots = Math.round(((last - first) * gridded.num) / gridded.den) + lasts;
    return { rate: gridded, frames: slots, duration: (slots * gridded.den) / gridded.num, variable: true };
  }
  const step = frames > 1 ? (last - first) / (frames - 1) : 1 / 25;
  const average = step > 0 ? 1 / step : 25;
  const duration = last - first + (packets.lastDuration > 0 ? packets.lastDuration : step);
  return { rate: roundedRate(average), frames, duration, variable: true };
}

/** Frames were left out of a constant rate: a recorder that skips what did not change (AVI's empty packets), or a cut between
 * B-frames. Such a clip counts as its rate, the frame before standing still. Fast clocks (90 kHz) fit everything and are no rate. */
function standsOnGrid(times: readonly number[], rate: Rational, tolerance: number): boolean {
  const [first, perSecond] = [times[0] ?? 0, rate.num / rate.den];
  if (perSecond > 240) return false;
  return times.every((time) => {
    const slot = (time - first) * perSecond;
    return Math.abs(slot - Math.round(slot)) <= within(tolerance, rate) * perSecond;
  });
}

/** AVI's clock ticks once a frame: there a whole tick would let everything pass. */
function within(tolerance: number, rate: Rational): number {
  return Math.min(tolerance, (0.2 * rate.den) / rate.num);
}

/** `30000/1001` as a fraction in lowest terms; null for `0/0` and what is no rate. */
export function readRate(text: string | undefined): Rational | null {
  const [num, den] = (text ?? '').split('/').map(Number);
  if (!num || !den || !Number.isSafeInteger(num) || !Number.isSafeInteger(den) || num < 0 || den < 0)
    return null;
  const shared = greatestDivisor(num, den);
  return { num: num / shared, den: den / shared };
}

function roundedRate(average: number): Rational {
  const near = usual
    .map((rate) => ({ rate, off: Math.abs(rate.num / rate.den / average - 1) }))
    .sort((a, b) => a.off - b.off)[0];
  if (near && near.off < 0.01) return near.rate;
  // A hundredth of a frame is finer than such a clip's own clock.
  const num = Math.max(1, Math.round(average * 100));
  const shared = greatestDivisor(num, 100);
  return { num: num / shared, den: 100 / shared };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
