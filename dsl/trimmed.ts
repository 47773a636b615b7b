import type { TrimArguments } from './arguments.ts';
import type { Rational } from './facts.ts';
import { perSecond } from './rational.ts';

/** Numbers of the frames whose time is in [from, to), of a clip of so many; `to` is not above `from` where there are none. A hair of slack,
 * since 0.1 s × 30 fps is a little more than 3 in binary. */
export function trimmedFrames(
  frames: number,
  rate: Rational,
  args: TrimArguments,
): { from: number; to: number } {
  const frame = (seconds: number) => Math.ceil(seconds * perSecond(rate) - 1e-6);
  return {
    from: Math.max(0, frame(args.from)),
    to: args.to === null ? frames : Math.min(frames, frame(args.to)),
  };
}
