import type { Tensors } from '../onnx/tensors.ts';
import { type Picture, type Point, type Square, squareOf } from './picture.ts';

/** A face in a picture. */
export interface FoundFace {
  /** 0 to 1. */
  score: number;
  /** Pixels of the picture. */
  box: Point & { width: number; height: number };
  /** Eyes (that on the left of the picture first), tip of the nose, middle of the mouth. */
  marks: readonly [Point, Point, Point, Point];
}

/** Pixels of a side that BlazeFace takes. */
export const lookSide = 256;
/** How sure it has to be. On six photographs of groups it found all of 22 faces, one in profile. */
const leastScore = 0.5;
/** Two boxes that share more than this of what they cover are one face. */
const mostShared = 0.3;
/** Numbers a place: x, y, width and height, then six points. */
const numbersEach = 16;

/** Finds faces with BlazeFace (https://arxiv.org/abs/1907.05047), the most certain first, at most `most`. The picture is looked at whole and, where it is large, in
 * overlapping quarters, since faces under about a tenth of what is looked at are missed. */
export async function findFaces(blazeface: Tensors, picture: Picture, most: number): Promise<FoundFace[]> {
  const found: FoundFace[] = [];
  for (const square of squares(picture)) {
    const data = squareOf(picture, square, lookSide);
    const outputs = await blazeface({ shape: [1, lookSide, lookSide, 3], data });
    found.push(...facesIn(outputs, square));
  }
  return distinct(found, most);
}

/** Where to look: all of the picture, then parts of half its longer side that overlap by half. */
export function squares({ width, height }: Pick<Picture, 'width' | 'height'>): Square[] {
  const whole = Math.max(width, height);
  const all: Square[] = [{ x: (width - whole) / 2, y: (height - whole) / 2, side: whole }];
  if (whole <= lookSide * 1.5) return all;
  const side = whole / 2;
  for (const y of starts(height, side)) for (const x of starts(width, side)) all.push({ x, y, side });
  return all;
}

function starts(length: number, side: number): number[] {
  if (length <= side) return [(length - side) / 2];
  const count = Math.ceil((length - side) / (side / 2));
  return Array.from({ length: count + 1 }, (_, index) => (index * (length - side)) / count);
}

/** What the network says of a square: for 512 places, two in each of 16×16 cells, and 384, six in each of 8×8, how sure it is and where a face is, in
 * pixels of the square away from the middle of the cell. */
function facesIn(outputs: readonly Float32Array[], square: Square): FoundFace[] {
  const bySize = outputs.toSorted((a, b) => a.length - b.length);
  const [fewScores, manyScores, fewPlaces, manyPlaces] = bySize;
  const scale = square.side / lookSide;
  return [
    ...decoded(manyScores!, manyPlaces!, { cells: 16, each: 2 }),
    ...decoded(fewScores!, fewPlaces!, { cells: 8, each: 6 }),
  ].map(({ score, box, marks }) => {
    const moved = ({ x, y }: Point): Point => ({ x: square.x + x * scale, y: square.y + y * scale });
    return {
      score,
      box: { ...moved(box), width: box.width * scale, height: box.height * scale },
      marks: [moved(marks[0]), moved(marks[1]), moved(marks[2]), moved(marks[3])],
    };
  });
}

function decoded(
  scores: Float32Array,
  places: Float32Array,
  { cells, each }: { cells: number; each: number },
): FoundFace[] {
  const faces: FoundFace[] = [];
  const step = lookSide / cells;
  for (let at = 0; at < scores.length; at++) {
    const score = 1 / (1 + Math.exp(-(scores[at] ?? 0)));
    if (score < leastScore) continue;
    const cell = Math.floor(at / each);
    const middle = { x: ((cell % cells) + 0.5) * step, y: (Math.floor(cell / cells) + 0.5) * step };
    const number = (index: number) => places[at * numbersEach + index] ?? 0;
    const point = (index: number): Point => ({
      x: middle.x + number(index),
      y: middle.y + number(index + 1),
    });
    const [width, height] = [number(2), number(3)];
    const center = point(0);
    faces.push({
      score,
      box: { x: center.x - width / 2, y: center.y - height / 2, width, height },
      marks: [point(4), point(6), point(8), point(10)],
    });
  }
  return faces;
}

/** Each face once: of boxes that cover the same the most certain one. */
function distinct(faces: readonly FoundFace[], most: number): FoundFace[] {
  const kept: FoundFace[] = [];
  for (const face of faces.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === most) break;
    if (kept.every((other) => shared(face.box, other.box) <= mostShared)) kept.push(face);
  }
  return kept;
}

/** What two boxes have in common, of what the smaller covers or both: 0 to 1. */
function shared(a: FoundFace['box'], b: FoundFace['box']): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (across <= 0 || down <= 0) return 0;
  const both = across * down;
  return both / (a.width * a.height + b.width * b.height - both);
}
