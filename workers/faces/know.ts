import type { Tensors } from '../onnx/tensors.ts';
import type { FoundFace } from './find.ts';
import type { Picture, Point } from './picture.ts';

/** Pixels of a side that SFace takes. */
const side = 112;

/** Where SFace wants eyes and nose, and the middle between its two corners of the mouth, in a picture of 112×112: the template of ArcFace, as in OpenCV's FaceRecognizerSF
 * (modules/objdetect/src/face_recognize.cpp), (38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041). */
const template: readonly Point[] = Object.freeze([
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 56.1396, y: 92.2848 },
]);

/** What SFace (https://arxiv.org/abs/2205.12010) knows a face by: 128 numbers, their length 1. Two of the same person mostly have a product of .62 or more, of two people .33 or less. Takes [1, 3, 112, 112] floats of 0 to 255, red first. */
export async function knowFace(sface: Tensors, picture: Picture, face: FoundFace): Promise<Float32Array> {
  const [numbers] = await sface({ shape: [1, 3, side, side], data: aligned(picture, face.marks) });
  const length = Math.hypot(...(numbers ?? [])) || 1;
  return Float32Array.from(numbers ?? [], (each) => each / length);
}

/** A face turned, scaled and moved onto the template, planes of red, green and blue; black outside the picture. Between pixels it is weighed, as OpenCV does. */
export function aligned({ width, height, data }: Picture, marks: readonly Point[]): Float32Array {
  const { a, b, x: right, y: down } = similarity(template, marks);
  const planes = new Float32Array(3 * side * side);
  const pixel = (x: number, y: number, channel: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[(y * width + x) * 3 + channel] ?? 0);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [x, y] = [a * column - b * row + right, b * column + a * row + down];
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [across, below] = [x - left, y - top];
      for (let channel = 0; channel < 3; channel++) {
        const above = pixel(left, top, channel) * (1 - across) + pixel(left + 1, top, channel) * across;
        const under =
          pixel(left, top + 1, channel) * (1 - across) + pixel(left + 1, top + 1, channel) * across;
        planes[(channel * side + row) * side + column] = above * (1 - below) + under * below;
      }
    }
  return planes;
}

/** The turn, scale and shift that brings points closest to others (least squares, no mirror): x' = a·x − b·y + right, y' = b·x + a·y + down.
 * Umeyama, IEEE PAMI 13 (1991), in the plane. */
export function similarity(
  from: readonly Point[],
  to: readonly Point[],
): { a: number; b: number; x: number; y: number } {
  const [middle, other] = [mean(from), mean(to)];
  let [along, across, spread] = [0, 0, 0];
  for (const [index, point] of from.entries()) {
    const [x, y] = [point.x - middle.x, point.y - middle.y];
    const target = to[index] ?? other;
    const [u, v] = [target.x - other.x, target.y - other.y];
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  }
  const [a, b] = [along / spread, across / spread];
  return {
    ...{ a, b },
    x: other.x - (a * middle.x - b * middle.y),
    y: other.y - (b * middle.x + a * middle.y),
  };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
