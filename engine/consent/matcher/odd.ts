import type { Piece } from './reading.ts';

/** Whether pieces are disguised. */
export function isOdd(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => piece.odd) || spaced(pieces);
}

/** J a n e R o e. */
export function spaced(pieces: readonly Piece[]): boolean {
  const short = pieces.filter(({ letters }) => letters.length === 1).length;
  return pieces.length > 3 && short > 2 && short >= 0.7 * pieces.length;
}
