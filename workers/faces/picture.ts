/** A picture as ffmpeg and sharp write it: three bytes a pixel, RGB, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A place in a picture, pixels from its top left corner. */
export interface Point {
  x: number;
  y: number;
}

/** The part of a picture that a square looks at; it may reach beyond the edges. */
export interface Square extends Point {
  side: number;
}

/** A square of a picture, shrunk or enlarged to `side`: each pixel is the mean of those that it covers, black outside. Nothing is skipped, so that small
 * faces do not fall through. */
export function squareOf({ width, height, data }: Picture, square: Square, side: number): Uint8Array {
  const small = new Uint8Array(side * side * 3);
  const step = square.side / side;
  for (let row = 0; row < side; row++) {
    const [top, bottom] = covered(square.y + row * step, step, height);
    for (let column = 0; column < side; column++) {
      const [left, right] = covered(square.x + column * step, step, width);
      let [red, green, blue] = [0, 0, 0];
      for (let y = top; y < bottom; y++)
        for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3) {
          red += data[at] ?? 0;
          green += data[at + 1] ?? 0;
          blue += data[at + 2] ?? 0;
        }
      const count = (bottom - top) * (right - left);
      if (count <= 0) continue;
      const to = (row * side + column) * 3;
      small[to] = red / count;
      small[to + 1] = green / count;
      small[to + 2] = blue / count;
    }
  }
  return small;
}

/** The pixels from `start` on that a step covers, at least one, none outside. */
function covered(start: number, step: number, length: number): [number, number] {
  const first = Math.floor(start);
  const last = Math.max(first + 1, Math.round(start + step));
  return [Math.max(0, first), Math.min(length, last)];
}
