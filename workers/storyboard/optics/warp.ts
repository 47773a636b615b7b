import type { Lens } from './lens.ts';

/** Gives a row of the frame as a lens draws it: bent by k1, red a little larger and blue a little smaller than green. */
export function createWarp(
  width: number,
  height: number,
  lens: Lens,
): (frame: Float32Array, y: number, row: Float32Array) => void {
  const { k1, fringe } = lens;
  if (k1 === 0 && fringe === 0)
    return (frame, y, row) => row.set(frame.subarray(y * width * 3, (y + 1) * width * 3));
  const diagonal = (width * width + height * height) / 4;
  // A barrel shrinks the picture towards its corners: enlarge so that they stay filled.
  const fit = 1 / (1 - k1);
  return (frame, y, row) => {
    const rowY = y + 0.5 - height / 2;
    for (let x = 0, at = 0; x < width; x++, at += 3) {
      const colX = x + 0.5 - width / 2;
      const radius = (colX * colX + rowY * rowY) / diagonal;
      const bend = fit * (1 - k1 * radius);
      row[at] = read(frame, width, height, colX * bend * (1 - fringe), rowY * bend * (1 - fringe), 0);
      row[at + 1] = read(frame, width, height, colX * bend, rowY * bend, 1);
      row[at + 2] = read(frame, width, height, colX * bend * (1 + fringe), rowY * bend * (1 + fringe), 2);
    }
  };
}

/** Bilinear from the frame at a place counted from its middle, its edge repeated. */
function read(
  frame: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  part: number,
): number {
  let px = x + width / 2 - 0.5;
  let py = y + height / 2 - 0.5;
  px = px < 0 ? 0 : px > width - 1.001 ? width - 1.001 : px;
  py = py < 0 ? 0 : py > height - 1.001 ? height - 1.001 : py;
  const left = px | 0;
  const top = py | 0;
  const fx = px - left;
  const fy = py - top;
  const at = (top * width + left) * 3 + part;
  const below = at + width * 3;
  const upper = frame[at]! + (frame[at + 3]! - frame[at]!) * fx;
  return upper + (frame[below]! + (frame[below + 3]! - frame[below]!) * fx - upper) * fy;
}
