import { cellsOf, meanDifference, unlike } from '../shots/cells.ts';

/** Of the full range of a pixel, in percent: ffmpeg's scdet takes the same value for the same measure. */
const leap = 10;

/** How much more unlike than the pair before, 0 to 2. On the clips that docs/enhance.md names, real cuts are 0.25 and more, the fastest
 * motion 0.16. */
const unlikeness = 0.2;

/** Percent of the full range below which an unlike pair is noise in the dark or a slow fade: a cut between dark rooms has 3.7. */
const visible = 3;

/** Gives a function that is told each pair of neighbouring frames in order and says whether the scene changes between them.
 *
 * Either the mean difference leaps by a tenth of the full range (the measure of ffmpeg's `scdet`), or the patterns stop correlating: the
 * latter finds cuts between dark or alike scenes. Both are compared with the pair before, so that fast motion, which differs always, is no
 * cut. SHOTS takes the same measures and looks ahead as well; here frames are large, and none can be held back for that. */
export function cutDetector(
  width: number,
  height: number,
): (before: Uint8Array, after: Uint8Array) => boolean {
  let last = { difference: 0, unlike: 0 };
  let known: { frame: Uint8Array; cells: Float64Array } | undefined;
  return (before, after) => {
    const a = known?.frame === before ? known.cells : cellsOf(before, width, height);
    const b = cellsOf(after, width, height);
    known = { frame: after, cells: b };
    const now = { difference: meanDifference(a, b), unlike: unlike(a, b) };
    const leapt = Math.min(now.difference, Math.abs(now.difference - last.difference)) >= leap;
    const changed = now.unlike - last.unlike >= unlikeness && now.difference >= visible;
    last = now;
    return leapt || changed;
  };
}
