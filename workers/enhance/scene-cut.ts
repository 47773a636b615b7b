/** Cells that a picture is averaged into, over which motion within a scene hardly shows. */
const grid = { columns: 16, rows: 9 };

/** Samples along each side of a cell. */
const samples = 10;

/** Of the full range of a pixel, in percent: ffmpeg's scdet takes the same value for the same measure. */
const leap = 10;

/** How much more unlike than the pair before, 0 to 2. On the clips that docs/enhance.md names, real cuts are 0.25 and more, the fastest
 * motion 0.16. */
const unlikeness = 0.2;

/** Percent of the full range below which an unlike pair is noise in the dark or a slow fade: a cut between dark rooms has 3.7. */
const visible = 3;

/** Variance that counts as alike in any case, of 255², so that a flat picture's noise is no pattern. */
const floor = 4;

/** Gives a function that is told each pair of neighbouring frames in order and says whether the scene changes between them.
 *
 * Either the mean difference leaps by a tenth of the full range (the measure of ffmpeg's `scdet`), or the patterns stop correlating: the
 * latter finds cuts between dark or alike scenes. Both are compared with the pair before, so that fast motion, which differs always, is no cut. */
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

/** Means of red, green and blue of each cell. */
function cellsOf(frame: Uint8Array, width: number, height: number): Float64Array {
  const cells = new Float64Array(grid.columns * grid.rows * 3);
  const [across, down] = [grid.columns * samples, grid.rows * samples];
  for (let row = 0; row < down; row++) {
    const y = Math.floor(((row + 0.5) * height) / down);
    for (let column = 0; column < across; column++) {
      const at = (y * width + Math.floor(((column + 0.5) * width) / across)) * 3;
      const cell = (Math.floor(row / samples) * grid.columns + Math.floor(column / samples)) * 3;
      for (let c = 0; c < 3; c++) cells[cell + c] = (cells[cell + c] ?? 0) + (frame[at + c] ?? 0);
    }
  }
  return cells.map((sum) => sum / samples ** 2);
}

/** Percent of the full range. */
function meanDifference(a: Float64Array, b: Float64Array): number {
  const sum = a.reduce((total, value, index) => total + Math.abs(value - (b[index] ?? 0)), 0);
  return (sum / a.length / 255) * 100;
}

/** One less the correlation of two patterns: 0 for the same one, brighter or darker; 1 for none in common. */
function unlike(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [(a[index] ?? 0) - meanA, (b[index] ?? 0) - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  const least = floor * a.length;
  return 1 - (both + least) / Math.sqrt((ofA + least) * (ofB + least));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
