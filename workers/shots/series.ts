import { brightness, cellsOf, meanDifference, unlike } from './cells.ts';

/** What is kept of each frame of a clip, three numbers and a fourth; index 0 is the first frame. */
export interface Series {
  /** Percent by which it differs from the frame before; 0 for the first. */
  difference: readonly number[];
  /** Change from the frame before, see `change`; 0 for the first. */
  change: readonly number[];
  /** Change over `stride` frames that end here, so that what comes back soon is seen to; Infinity for the first ones. */
  strideChange: readonly number[];
  /** Mean brightness, 0 to 1. */
  light: readonly number[];
}

/** Frames that `strideChange` looks back: a flash of one or two frames is over by then. */
export const stride = 3;

/** Takes rgb24 frames of a clip one by one; memory is four numbers a frame, 28 MB for four hours at 60 frames a second. */
export function seriesTaker(size: { width: number; height: number }): {
  take(frame: Uint8Array): void;
  series: Series;
} {
  const series = {
    difference: [] as number[],
    change: [] as number[],
    strideChange: [] as number[],
    light: [] as number[],
  };
  /** Cells of the last frames, the newest first. */
  let last: readonly Float64Array[] = [];
  return {
    series,
    take(frame) {
      const cells = cellsOf(frame, size.width, size.height);
      const [before, early] = [last[0], last[stride - 1]];
      series.difference.push(before ? meanDifference(before, cells) : 0);
      series.change.push(before ? change(before, cells) : 0);
      series.strideChange.push(early ? change(early, cells) : Number.POSITIVE_INFINITY);
      series.light.push(brightness(cells));
      last = [cells, ...last.slice(0, stride - 1)];
    },
  };
}

/** How much the content changes from one picture to another: percent of the full range, and as much again for a pattern that is another
 * one. Unlike patterns find cuts between dark or alike scenes, which hardly differ on average. */
function change(a: Float64Array, b: Float64Array): number {
  return meanDifference(a, b) + patternWeight * unlike(a, b);
}

/** A pattern with nothing in common counts as 40 %: on real cuts both measures are then about equally large. */
const patternWeight = 40;
