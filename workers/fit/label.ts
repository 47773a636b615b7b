/** The letters of PREVIEW, five by seven dots each: a machine may have no font. */
const letters = [
  ['1111.', '1...1', '1...1', '1111.', '1....', '1....', '1....'],
  ['1111.', '1...1', '1...1', '1111.', '1.1..', '1..1.', '1...1'],
  ['11111', '1....', '1....', '1111.', '1....', '1....', '11111'],
  ['1...1', '1...1', '1...1', '1...1', '1...1', '.1.1.', '..1..'],
  ['11111', '..1..', '..1..', '..1..', '..1..', '..1..', '11111'],
  ['11111', '1....', '1....', '1111.', '1....', '1....', '11111'],
  ['1...1', '1...1', '1...1', '1.1.1', '1.1.1', '11.11', '1...1'],
] as const;

/** Dots around and between the letters. */
const edge = 3;
const wide = letters.length * 6 - 1 + 2 * edge;
const high = 7 + 2 * edge;

/** A picture as raw RGBA rows. */
export interface Label {
  width: number;
  height: number;
  /** Pixels from the left and the top of the film. */
  x: number;
  y: number;
  rgba: Uint8Array;
}

/** The word PREVIEW in white on a dark ground, for the lower left corner of a picture of this size; null where it would not be read. */
export function previewLabel(width: number, height: number): Label | null {
  const dot = Math.max(1, Math.round(Math.min(width, height) / 180));
  const size = { width: even(wide * dot), height: even(high * dot) };
  if (size.width > width * 0.7 || size.height > height * 0.5) return null;
  const rgba = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++)
      rgba.set(
        isInk(Math.floor(x / dot), Math.floor(y / dot)) ? [255, 255, 255, 235] : [0, 0, 0, 150],
        (y * size.width + x) * 4,
      );
  const apart = even(Math.min(width, height) / 30);
  return {
    ...size,
    x: Math.min(apart, width - size.width),
    y: Math.max(0, height - size.height - apart),
    rgba,
  };
}

function isInk(x: number, y: number): boolean {
  const [column, row] = [x - edge, y - edge];
  return letters[Math.floor(column / 6)]?.[row]?.[column % 6] === '1';
}

function even(length: number): number {
  return Math.max(2, Math.ceil(length / 2) * 2);
}
