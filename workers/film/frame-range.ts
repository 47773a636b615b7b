import type { TrimArguments } from '../../dsl/arguments.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import { trimmedFrames } from '../../dsl/trimmed.ts';
import { Failure } from '../../engine/failure.ts';

/** Numbers of the frames whose time is in [from, to). Throws Failure PQL411 where there are none. */
export function frameRange(facts: VideoFacts, args: TrimArguments): { from: number; to: number } {
  const { from, to } = trimmedFrames(framesOf(facts), facts.rate, args);
  const perSecond = facts.rate.num / facts.rate.den;
  if (from >= to)
    throw new Failure('user', 'PQL411', 'there is no frame in that part of the clip', {
      hint: `the clip is ${facts.duration.toFixed(3)} s long, a frame lasts ${(1 / perSecond).toFixed(3)} s`,
    });
  return { from, to };
}

/** Frames of a clip at its rate, what it left out counted in. */
export function framesOf(facts: VideoFacts): number {
  if (!facts.variable) return facts.frames;
  return Math.max(1, Math.round((facts.duration * facts.rate.num) / facts.rate.den));
}
