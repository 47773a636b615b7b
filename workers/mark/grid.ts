import { createRandom } from '../storyboard/random.ts';

/** The mark is a pattern of light and dark cells that is stretched over the whole picture, so that whatever resizes the picture resizes the cells with
 * it. Along the longer side of a picture, and the shorter one. */
export const columns = 128;
export const rows = 72;
export const cells = columns * rows;

/** Chips of the code word of one payload; see code.ts. */
export const codeLength = 1024;

/** How often each is repeated; what is left of the cells tells that there is a mark, and where. */
const repeats = 7;

/** A cell in the order of the pattern: column + row × columns. Its sign is +1 or -1. */
interface Chip {
  cell: number;
  sign: number;
}

/** Which cells are for what: the same on every machine and for every film, since whoever looks for a mark has nothing but the picture. */
export interface Layout {
  /** Cells that are the same in every mark. */
  known: readonly Chip[];
  /** Cells that carry each chip of the code. */
  carriers: readonly (readonly Chip[])[];
}

/** Raised by a mark that is laid out differently: it is another pattern, and readers look for both. */
const seed = 0x57_41_49_01;

/** Deals the cells out by chance, so that whatever part of a picture is lost, something of each chip is left. */
export function createLayout(from = seed): Layout {
  const random = createRandom(from);
  const order = Uint16Array.from({ length: cells }, (_, cell) => cell);
  for (let last = cells - 1; last > 0; last--) {
    const other = random.whole(0, last);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  const chips = Array.from(order, (cell): Chip => ({ cell, sign: random.chance(0.5) ? -1 : 1 }));
  const known = chips.slice(codeLength * repeats);
  const carriers = Array.from({ length: codeLength }, (_, chip) =>
    Array.from({ length: repeats }, (_, repeat) => chips[repeat * codeLength + chip]!),
  );
  return { known, carriers };
}
