/** Every so many pixels one is compared, in both directions: 3,600 pairs of a 720p picture are enough to see a cut. */
const step = 16;

/** Of the full range of a pixel, in percent: ffmpeg's scdet takes the same value for the same measure. */
const threshold = 10;

/** Gives a function that is told each pair of neighbouring frames in order and says whether the scene changes between them.
 *
 * The measure is that of ffmpeg's `scdet`: the mean difference, and how much larger it is than that of the pair before, whichever is
 * less. So fast motion, which differs always, is no cut. */
export function cutDetector(
  width: number,
  height: number,
): (before: Uint8Array, after: Uint8Array) => boolean {
  let last = 0;
  return (before, after) => {
    const difference = meanDifference(before, after, width, height);
    const score = Math.min(difference, Math.abs(difference - last));
    last = difference;
    return score >= threshold;
  };
}

/** Mean difference of green, which carries most of the brightness, in percent. */
function meanDifference(before: Uint8Array, after: Uint8Array, width: number, height: number): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += Math.min(step, Math.ceil(height / 16))) {
    for (let x = 0; x < width; x += Math.min(step, Math.ceil(width / 16))) {
      const at = (y * width + x) * 3 + 1;
      sum += Math.abs((before[at] ?? 0) - (after[at] ?? 0));
      count++;
    }
  }
  return (sum / count / 255) * 100;
}
