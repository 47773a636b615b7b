import type { Rational } from '../../dsl/facts.ts';
import type { Shot, ShotList } from '../../dsl/measurements.ts';
import { fraction } from '../../dsl/rational.ts';
import type { Boundary } from './find-cuts.ts';

/** Cuts a clip of `frames` frames at its boundaries. No shot is shorter than `shortest` seconds, unless the clip is: of boundaries nearer to
 * each other the stronger stays, and those nearer to the beginning or the end go. */
export function shotList(
  boundaries: readonly Boundary[],
  clip: { frames: number; rate: Rational },
  shortest: number,
): ShotList {
  const { num, den } = clip.rate;
  // A hair of slack, since 0.1 s × 30 fps is a little more than 3 in binary.
  const apart = Math.max(1, Math.ceil((shortest * num) / den - 1e-6));
  const openings = [
    { frame: 0, opens: 'start' as const },
    ...spaced(boundaries, clip.frames, apart).sort((a, b) => a.frame - b.frame),
  ];
  const seconds = (frame: number) => (frame * den) / num;
  const shots = openings.map(({ frame: first, opens }, index): Shot => {
    const end = openings[index + 1]?.frame ?? clip.frames;
    return {
      ...{ index: index + 1, from: seconds(first), to: seconds(end) },
      ...{ first, last: end - 1, frames: end - first, opens },
    };
  });
  return { shots, rate: fraction(clip.rate), duration: seconds(clip.frames) };
}

/** The strongest boundaries that stand at least `apart` frames from each other and from both ends. */
function spaced(boundaries: readonly Boundary[], frames: number, apart: number): Boundary[] {
  const taken = new Uint8Array(frames);
  return [...boundaries]
    .sort((a, b) => b.strength - a.strength)
    .filter(({ frame }) => {
      if (frame < apart || frames - frame < apart || taken[frame] === 1) return false;
      taken.fill(1, Math.max(0, frame - apart + 1), frame + apart);
      return true;
    });
}
