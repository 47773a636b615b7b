/** Cells that a picture is averaged into, over which motion within a scene hardly shows. */
const grid = { columns: 16, rows: 9 };

/** Samples along each side of a cell. */
const samples = 10;

/** The size at which each pixel is one sample: nothing is gained by reading a picture larger than that. */
export const sampled = { width: grid.columns * samples, height: grid.rows * samples } as const;

/** Variance that counts as alike in any case, of 255², so that a flat picture's noise is no pattern. */
const floor = 4;

/** Means of red, green and blue of each cell of an rgb24 picture, 0 to 255. */
export function cellsOf(frame: Uint8Array, width: number, height: number): Float64Array {
  const cells = new Float64Array(grid.columns * grid.rows * 3);
  for (let row = 0; row < sampled.height; row++) {
    const y = Math.floor(((row + 0.5) * height) / sampled.height);
    for (let column = 0; column < sampled.width; column++) {
      const at = (y * width + Math.floor(((column + 0.5) * width) / sampled.width)) * 3;
      const cell = (Math.floor(row / samples) * grid.columns + Math.floor(column / samples)) * 3;
      for (let c = 0; c < 3; c++) cells[cell + c] = (cells[cell + c] ?? 0) + (frame[at + c] ?? 0);
    }
  }
  return cells.map((sum) => sum / samples ** 2);
}

/** How much two pictures differ on average, in percent of the full range. */
export function meanDifference(a: Float64Array, b: Float64Array): number {
  const sum = a.reduce((total, value, index) => total + Math.abs(value - (b[index] ?? 0)), 0);
  return (sum / a.length / 255) * 100;
}

/** One less the correlation of two patterns: 0 for the same one, brighter or darker; 1 for none in common; at most 2. */
export function unlike(a: Float64Array, b: Float64Array): number {
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

/** How bright a picture is on average, 0 (black) to 1. */
export function brightness(cells: Float64Array): number {
  return mean(cells) / 255;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
