/** Light that spreads in the film from what is brighter than paper, at an eighth of the size: `columns`×`rows` triples. */
export interface Halation {
  columns: number;
  rows: number;
  data: Float32Array;
}

/** Collects the bright light of a frame and blurs it twice, near and wide. The same buffers every time. */
export function createHalation(width: number, height: number): (frame: Float32Array) => Halation {
  const columns = Math.ceil(width / 8) + 1;
  const rows = Math.ceil(height / 8) + 1;
  const near = new Float32Array(columns * rows * 3);
  const wide = new Float32Array(columns * rows * 3);
  const spare = new Float32Array(columns * rows * 3);
  const radius = Math.max(1, Math.round(Math.sqrt(width * height) / 8 / 45));
  return (frame) => {
    near.fill(0);
    collect(frame, near, width, height, columns);
    blur(near, spare, columns, rows, radius);
    wide.set(near);
    blur(wide, spare, columns, rows, radius * 4);
    // Film reddens what scatters furthest.
    for (let at = 0; at < near.length; at += 3) {
      near[at] = near[at]! * 0.34 + wide[at]! * 0.52;
      near[at + 1] = near[at + 1]! * 0.3 + wide[at + 1]! * 0.4;
      near[at + 2] = near[at + 2]! * 0.27 + wide[at + 2]! * 0.34;
    }
    return { columns, rows, data: near };
  };
}

/** Adds the halation to a row of light, bilinear; `line` is room for one row of cells. */
export function halateRow(glow: Halation, y: number, row: Float32Array, line: Float32Array): void {
  const { columns, rows, data } = glow;
  const down = Math.max(0, (y - 3.5) / 8);
  const cell = down | 0;
  const part = down - cell;
  const upper = cell * columns * 3;
  const lower = Math.min(rows - 1, cell + 1) * columns * 3;
  let any = 0;
  for (let at = 0; at < columns * 3; at++) {
    const value = data[upper + at]! + (data[lower + at]! - data[upper + at]!) * part;
    line[at] = value;
    any += value;
  }
  if (any < 1e-4) return;
  const width = row.length / 3;
  for (let column = 0; column < columns - 1; column++) {
    const from = column * 3;
    const r = line[from]!;
    const g = line[from + 1]!;
    const b = line[from + 2]!;
    const dr = (line[from + 3]! - r) / 8;
    const dg = (line[from + 4]! - g) / 8;
    const db = (line[from + 5]! - b) / 8;
    // Cells are centred on their eight pixels; the first cell also serves the pixels before its centre.
    const start = column * 8 + 4;
    const end = Math.min(width, start + 8);
    for (let x = column === 0 ? 0 : start; x < end; x++) {
      const step = x < start ? 0 : x - start + 0.5;
      row[x * 3]! += r + dr * step;
      row[x * 3 + 1]! += g + dg * step;
      row[x * 3 + 2]! += b + db * step;
    }
  }
}

function collect(
  frame: Float32Array,
  cells: Float32Array,
  width: number,
  height: number,
  columns: number,
): void {
  for (let y = 0, at = 0; y < height; y++) {
    const line = (y >> 3) * columns;
    for (let x = 0; x < width; x++, at += 3) {
      const r = frame[at]!;
      if (r <= 0.95) continue;
      const cell = (line + (x >> 3)) * 3;
      const g = frame[at + 1]!;
      const b = frame[at + 2]!;
      cells[cell]! += (r > 6.9 ? 6 : r - 0.9) / 64;
      if (g > 0.9) cells[cell + 1]! += (g > 6.9 ? 6 : g - 0.9) / 64;
      if (b > 0.9) cells[cell + 2]! += (b > 6.9 ? 6 : b - 0.9) / 64;
    }
  }
}

/** Two box blurs each way, near enough to a Gaussian. */
function blur(data: Float32Array, spare: Float32Array, columns: number, rows: number, radius: number): void {
  for (let round = 0; round < 2; round++) {
    for (let y = 0; y < rows; y++) box(data, spare, y * columns * 3, 3, columns, radius);
    for (let x = 0; x < columns; x++) box(spare, data, x * 3, columns * 3, rows, radius);
  }
}

function box(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  count: number,
  radius: number,
): void {
  const share = 1 / (2 * radius + 1);
  for (let part = 0; part < 3; part++) {
    let sum = 0;
    for (let at = 0; at <= Math.min(radius, count - 1); at++) sum += from[start + part + at * stride]!;
    for (let at = 0; at < count; at++) {
      to[start + part + at * stride] = sum * share;
      if (at + radius + 1 < count) sum += from[start + part + (at + radius + 1) * stride]!;
      if (at - radius >= 0) sum -= from[start + part + (at - radius) * stride]!;
    }
  }
}
