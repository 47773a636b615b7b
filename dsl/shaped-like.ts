import type { Predicted } from './facts.ts';

/** Sides of a film that nobody gave a size, long and short: 720p. */
const usual = { long: 1280, short: 720 };
/** Pixels that a side of a film may have. */
const limits = { least: 64, most: 4096 };

/** The size of a film that begins with something. Of a clip its own, so that the two stand beside each other as they are, where a film may have it. Of a picture its
 * shape, as large as fits in 1280×720, or in 720×1280 where it stands: even sides. 1280×720 where nobody knows the shape yet. */
export function shapedLike(first: Pick<Predicted, 'kind' | 'width' | 'height'> | null): {
  width: number;
  height: number;
} {
  const { width = 16, height = 9 } = first ?? {};
  if (first?.kind === 'video' && [width, height].every(isSide)) return { width, height };
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const scale = Math.min(usual.long / long, usual.short / short);
  const even = (side: number) => Math.max(limits.least, Math.round((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

function isSide(side: number): boolean {
  return side % 2 === 0 && side >= limits.least && side <= limits.most;
}
