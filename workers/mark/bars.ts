/** A part of a picture, in shares of its sides. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How many levels of 255 a pixel of a bar may differ from its colour, and of how many in a row or column that is asked: an encoder hurts a few. */
const near = 12;
const most = 0.02;

/** What lies between bars of one colour around grey pictures of a film, whichever colour that is; null where there are none. A side counts as most pictures have it, since
 * subtitles stand in a bar for some seconds, and a film may be dark for some. Pictures of one colour say nothing. */
export function insideBars(
  pictures: readonly Uint8Array[],
  { width, height }: { width: number; height: number },
): Box | null {
  const found = pictures.flatMap((picture) => insideOf(picture, width, height) ?? []);
  if (found.length === 0) return null;
  const usual = (side: (inside: Inside) => number) =>
    found.map(side).sort((a, b) => a - b)[Math.floor(found.length / 2)]!;
  const [left, right] = [usual((inside) => inside.left), usual((inside) => inside.right)];
  const [top, bottom] = [usual((inside) => inside.top), usual((inside) => inside.bottom)];
  const box = {
    left: left / width,
    top: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  };
  const [wide, high] = [box.width, box.height];
  // Less than a cell is found by moving the pattern; of less than a quarter of a side nothing is left to be read.
  return (wide > 0.985 && high > 0.985) || wide < 0.25 || high < 0.25 ? null : box;
}

/** First and last pixel inside, the last one excluded. */
interface Inside {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function insideOf(picture: Uint8Array, width: number, height: number): Inside | null {
  const rows = barsOf(height, (row) => isEven(picture, row * width, 1, width));
  if (rows === null) return null;
  const [top, bottom] = rows;
  const columns = barsOf(width, (column) => isEven(picture, top * width + column, width, bottom - top));
  return columns === null ? null : { left: columns[0], right: columns[1], top, bottom };
}

/** Where lines of one colour, which is that of the first, end and begin; null where there is nothing else. `colour`: of a line; null where it has several. */
function barsOf(count: number, colour: (line: number) => number | null): [number, number] | null {
  const [first, last] = [colour(0), colour(count - 1)];
  let from = 0;
  while (from < count && isLike(colour(from), first)) from++;
  if (from === count) return null;
  let to = count;
  while (isLike(colour(to - 1), last)) to--;
  return [from, to];
}

function isLike(colour: number | null, bar: number | null): boolean {
  return colour !== null && bar !== null && Math.abs(colour - bar) <= near;
}

/** The colour of a line; null where it has several. */
function isEven(picture: Uint8Array, start: number, step: number, count: number): number | null {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += picture[start + at * step]!;
  const colour = sum / count;
  let other = 0;
  for (let at = 0; at < count; at++) if (Math.abs(picture[start + at * step]! - colour) > near) other++;
  return other <= most * count ? colour : null;
}
