import { type Glance, nearness } from './camera.ts';

/** A picture to look at: display values 0 to 1, rows of red, green, blue. */
export interface Light {
  width: number;
  height: number;
  data: Float32Array;
}

const steps = 256;

/** Weights of the four neighbours for a place between two of them (Catmull-Rom): on a pixel it is that pixel, so that a picture which does not move is
 * not blurred, and between two it keeps its edges. */
const weights = Float32Array.from({ length: (steps + 1) * 4 }, (_, index) => {
  const t = (index >> 2) / steps;
  return (
    [((-t + 2) * t - 1) * t, (3 * t - 5) * t * t + 2, ((-3 * t + 4) * t + 1) * t, (t - 1) * t * t][
      index & 3
    ]! / 2
  );
});

/** Looks at a picture through a frame whose upper left corner lies at `left`, `top` while the camera rests. Each row is seen at its own distance; beyond its
 * edges the picture is mirrored. */
export function createView(
  frame: { width: number; height: number },
  at: { left: number; top: number },
): (picture: Light, glance: Glance, to: Float32Array) => void {
  const { width, height } = frame;
  // What moving back or rounding may show beyond the edges.
  const pad = Math.ceil(width * 0.15) + 4;
  let line = new Float32Array(0);
  return (picture, { x, y, truck, dolly, zoom }, to) => {
    const { data } = picture;
    if (line.length === 0) line = new Float32Array((picture.width + 2 * pad) * 3);
    const rests = x === 0 && y === 0 && truck === 0 && dolly === 0 && zoom === 1;
    for (let row = 0; row < height; row++) {
      const out = row * width * 3;
      if (rests) {
        const from = ((at.top + row) * picture.width + at.left) * 3;
        to.set(data.subarray(from, from + width * 3), out);
        continue;
      }
      const near = nearness(row, height);
      const scale = zoom / (1 - dolly * near);
      const down = at.top + height / 2 + (row + 0.5 - height / 2 - y) / scale - 0.5;
      gather(picture, down, line, pad);
      const begin = at.left + width / 2 + (0.5 - width / 2 - x - truck * near) / scale - 0.5;
      across(line, pad, picture.width, begin, 1 / scale, to, out, width);
    }
  };
}

/** One row of a picture at a height between its rows, with its mirror image on both sides. */
function gather({ width, height, data }: Light, down: number, line: Float32Array, pad: number): void {
  const top = Math.floor(down);
  const place = Math.round((down - top) * steps) * 4;
  const rows = [-1, 0, 1, 2].map((step) => mirrored(top + step, height) * width * 3);
  const [a, b, c, d] = rows as [number, number, number, number];
  const [wa, wb, wc, wd] = [weights[place]!, weights[place + 1]!, weights[place + 2]!, weights[place + 3]!];
  const start = pad * 3;
  for (let at = 0; at < width * 3; at++)
    line[start + at] = data[a + at]! * wa + data[b + at]! * wb + data[c + at]! * wc + data[d + at]! * wd;
  for (let step = 1; step <= pad; step++)
    for (let part = 0; part < 3; part++) {
      line[start - step * 3 + part] = line[start + mirrored(-step, width) * 3 + part]!;
      const after = width - 1 + step;
      line[start + after * 3 + part] = line[start + mirrored(after, width) * 3 + part]!;
    }
}

function across(
  line: Float32Array,
  pad: number,
  columns: number,
  begin: number,
  step: number,
  to: Float32Array,
  out: number,
  width: number,
): void {
  const last = columns + pad - 3;
  for (let column = 0, put = out; column < width; column++, put += 3) {
    let where = begin + column * step;
    if (where < 1 - pad) where = 1 - pad;
    else if (where > last) where = last;
    const left = Math.floor(where);
    const place = Math.round((where - left) * steps) * 4;
    const wa = weights[place]!;
    const wb = weights[place + 1]!;
    const wc = weights[place + 2]!;
    const wd = weights[place + 3]!;
    const at = (left - 1 + pad) * 3;
    for (let part = 0; part < 3; part++) {
      const value =
        line[at + part]! * wa +
        line[at + 3 + part]! * wb +
        line[at + 6 + part]! * wc +
        line[at + 9 + part]! * wd;
      to[put + part] = value < 0 ? 0 : value > 1 ? 1 : value;
    }
  }
}

function mirrored(at: number, size: number): number {
  const folded = ((at % (2 * size)) + 2 * size) % (2 * size);
  return folded < size ? folded : 2 * size - 1 - folded;
}
