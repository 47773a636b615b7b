import type { Predicted } from './facts.ts';
import { madeAnew } from './made-anew.ts';
import { perSecond } from './rational.ts';

/** Facts of a part of a clip: the frames whose time is in [from, to), seconds. */
export function partOf(
  input: Predicted | null,
  { from, to }: { from: number; to: number | null },
): Predicted {
  if (input === null) return { kind: 'video' };
  const { frames: _frames, duration: whole, ...kept } = madeAnew(input);
  const end = whole === undefined ? to : Math.min(to ?? whole, whole);
  if (end === null || end <= from) return kept;
  const rate = input.rate ? perSecond(input.rate) : 0;
  if (!(rate > 0)) return { ...kept, duration: end - from };
  // A hair of slack, since 0.1 s × 30 fps is a little more than 3 frames in binary.
  const frames = Math.max(1, Math.ceil(end * rate - 1e-6) - Math.ceil(from * rate - 1e-6));
  return { ...kept, frames, duration: frames / rate };
}

/** Seconds, cut (not rounded) to the millisecond so that a fix never lies beyond the end. */
export function seconds(value: number): string {
  return `${Math.floor(value * 1000 + 1e-6) / 1000}s`;
}
