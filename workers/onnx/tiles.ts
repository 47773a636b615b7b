/** Where the tiles of a picture stand; all have the same size, so that a network's memory is planned once. */
export interface TilePlan {
  width: number;
  height: number;
  /** Left and top edges, in order. */
  columns: number[];
  rows: number[];
}

/** Cuts a picture into the fewest pixels of equal tiles that hold at most `pixels` each and overlap by at least `overlap`. A picture that is
 * small enough is one tile. */
export function planTiles(
  width: number,
  height: number,
  limits: { pixels: number; overlap: number },
): TilePlan {
  let best: TilePlan | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const columns of counts(width, limits.overlap)) {
    for (const rows of counts(height, limits.overlap)) {
      const [w, h] = [tileLength(width, columns, limits.overlap), tileLength(height, rows, limits.overlap)];
      const work = columns * rows * w * h;
      if (w * h > limits.pixels || work >= least) continue;
      least = work;
      best = { width: w, height: h, columns: edges(width, w, columns), rows: edges(height, h, rows) };
    }
  }
  if (best) return best;
  // Overlaps would leave no room: the smallest tiles there are.
  const columns = counts(width, limits.overlap).at(-1) ?? 1;
  const rows = counts(height, limits.overlap).at(-1) ?? 1;
  const [w, h] = [tileLength(width, columns, limits.overlap), tileLength(height, rows, limits.overlap)];
  return { width: w, height: h, columns: edges(width, w, columns), rows: edges(height, h, rows) };
}

/** Copies a tile out of a frame of three bytes a pixel. */
export function cutTile(
  frame: Uint8Array,
  frameWidth: number,
  at: { left: number; top: number; width: number; height: number },
): Uint8Array {
  const line = at.width * 3;
  const tile = new Uint8Array(line * at.height);
  for (let row = 0; row < at.height; row++) {
    const start = ((at.top + row) * frameWidth + at.left) * 3;
    tile.set(frame.subarray(start, start + line), row * line);
  }
  return tile;
}

/** Lays a tile, enlarged by `factor`, over what stands on the canvas already. Tiles come row by row from the top left; over the middle half
 * of the overlap with the tile before, in each direction, the new one fades in. */
export function layTile(
  canvas: { data: Uint8Array; width: number },
  tile: Uint8Array,
  plan: TilePlan,
  place: { column: number; row: number },
  factor: number,
): void {
  const across = fade(plan.columns, plan.width, place.column, factor);
  const down = fade(plan.rows, plan.height, place.row, factor);
  const left = (plan.columns[place.column] ?? 0) * factor;
  const top = (plan.rows[place.row] ?? 0) * factor;
  const width = plan.width * factor;
  const solid = across.indexOf(1);
  const visible = across.findIndex((weight) => weight > 0);
  for (let y = 0; y < plan.height * factor; y++) {
    const opacity = down[y] ?? 1;
    if (opacity === 0) continue;
    const from = y * width * 3;
    const to = ((top + y) * canvas.width + left) * 3;
    const blended = opacity === 1 ? solid : width;
    for (let x = visible; x < blended; x++) {
      const weight = opacity * (across[x] ?? 1);
      for (let i = x * 3; i < x * 3 + 3; i++) {
        const under = canvas.data[to + i] ?? 0;
        canvas.data[to + i] = Math.round(under + ((tile[from + i] ?? 0) - under) * weight);
      }
    }
    if (opacity === 1) {
      canvas.data.set(tile.subarray(from + solid * 3, from + width * 3), to + solid * 3);
    }
  }
}

/** How many tiles may stand in a row: until they are hardly longer than their overlap. */
function counts(length: number, overlap: number): number[] {
  const most = Math.max(1, Math.floor(length / Math.max(16, overlap)) - 1);
  return Array.from({ length: most }, (_, index) => index + 1);
}

function tileLength(length: number, count: number, overlap: number): number {
  return Math.min(length, Math.ceil((length + (count - 1) * overlap) / count) + (count > 1 ? 1 : 0));
}

function edges(length: number, tile: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? 0 : Math.round((index * (length - tile)) / (count - 1)),
  );
}

/** Weight of each pixel of a tile along one side, 0 to 1. */
function fade(starts: readonly number[], length: number, index: number, factor: number): Float64Array {
  const weights = new Float64Array(length * factor).fill(1);
  if (index === 0) return weights;
  const overlap = ((starts[index - 1] ?? 0) + length - (starts[index] ?? 0)) * factor;
  const [from, to] = [overlap / 4, (overlap * 3) / 4];
  for (let place = 0; place < to; place++) {
    weights[place] = Math.min(1, Math.max(0, (place + 0.5 - from) / (to - from)));
  }
  return weights;
}
