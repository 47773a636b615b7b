import type { Rational } from '../../dsl/facts.ts';
import type { Holders } from './holders.ts';
import { cutDetector } from './scene-cut.ts';

/** A frame of the new rate: one that is there already, or one to be made between two. Its taker holds each frame that it names. */
export type Moment = { frame: Buffer } | { before: Buffer; after: Buffer; time: number };

/** What was found on the way, complete when the frames have ended. */
export interface MomentCount {
  cuts: number;
  made: number;
}

/** Nearer than this to a frame that is there, that frame is taken: a shift of 1/64 of a frame cannot be seen. */
const near = 1 / 64;

/** Which frames of the new rate are wanted, [from, to), and the number of the first frame that is given for them. */
export interface Wanted {
  first: number;
  from: number;
  to: number;
}

/** The frames that are needed for some of the new rate: those that each stands between, and one before, by which a cut is told. `frames` is
 * how many there are. */
export function neededFor(
  part: { from: number; to: number },
  rates: { from: Rational; to: Rational },
  frames: number,
): { from: number; to: number } {
  const at = (moment: number) =>
    Math.floor((moment * rates.from.num * rates.to.den) / (rates.from.den * rates.to.num));
  const from = Math.max(0, Math.min(at(part.from), frames - 1) - 1);
  return { from, to: Math.min(frames, at(part.to - 1) + 2) };
}

/** Says for each frame of the rate `to`, which is not lower than `from`, what it is made of: exactly round(duration × rate) of them. Frame k
 * stands at time k / rate; between two scenes nothing is blended, the nearer frame stands for it. `wanted` are some of them, the same as among all. */
export async function* moments(
  frames: AsyncIterable<Buffer>,
  rates: { from: Rational; to: Rational },
  size: { width: number; height: number },
  count: MomentCount,
  holders: Holders,
  wanted: Wanted | null = null,
): AsyncGenerator<Moment> {
  // Frames of the source for each frame of the result; both products are whole numbers below 2^53 for any film.
  const numerator = rates.from.num * rates.to.den;
  const denominator = rates.from.den * rates.to.num;
  const isCut = cutDetector(size.width, size.height);
  const { first = 0, from = 0, to = Number.POSITIVE_INFINITY } = wanted ?? {};
  let [k, index] = [from, first];
  let before: Buffer | null = null;
  for await (const after of frames) {
    if (before) {
      const cut = isCut(before, after);
      // A cut that another part shows first is counted there.
      const begins = Math.ceil((index * denominator) / numerator);
      if (cut && begins >= from && begins < to) count.cuts++;
      for (; k < to && k * numerator < (index + 1) * denominator; k++) {
        const time = (k * numerator - index * denominator) / denominator;
        const moment = between(before, after, time, cut);
        if ('time' in moment) count.made++;
        yield held(moment, holders);
      }
      index++;
      holders.release(before);
    }
    before = after;
  }
  if (!before) return;
  // The last frame has no successor: it stands until its time is over.
  const total = wanted ? to : Math.round(((index + 1) * denominator) / numerator);
  for (; k < total; k++) yield held({ frame: before }, holders);
  holders.release(before);
}

function held(moment: Moment, holders: Holders): Moment {
  for (const frame of 'frame' in moment ? [moment.frame] : [moment.before, moment.after]) holders.hold(frame);
  return moment;
}

function between(before: Buffer, after: Buffer, time: number, cut: boolean): Moment {
  if (time < near) return { frame: before };
  if (time > 1 - near) return { frame: after };
  if (cut) return { frame: time < 0.5 ? before : after };
  return { before, after, time };
}
