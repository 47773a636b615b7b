/** A stretch of the normalised text that is not what was typed: `length` characters at `at` stand for `typedLength` characters at `typedAt`. Between
 * two pieces both texts are the same. */
export interface Piece {
  at: number;
  length: number;
  typedAt: number;
  typedLength: number;
}

/** Takes offsets in the normalised text back to the text as typed. */
export interface PositionMap {
  start(offset: number): number;
  /** Of an exclusive end: the end of whatever the character before it stands for. */
  end(offset: number): number;
}

/** Makes the map from the pieces, which are in the order of the text. */
export function positionMap(pieces: readonly Piece[]): PositionMap {
  if (pieces.length === 0) return { start: (offset) => offset, end: (offset) => offset };
  return {
    start(offset) {
      const piece = pieces[lastIndex(pieces, (at) => at <= offset)];
      if (piece === undefined) return offset;
      if (offset < piece.at + piece.length) return piece.typedAt;
      return piece.typedAt + piece.typedLength + (offset - piece.at - piece.length);
    },
    end(offset) {
      const piece = pieces[lastIndex(pieces, (at) => at < offset)];
      if (piece === undefined) return offset;
      if (offset <= piece.at + piece.length) return piece.typedAt + piece.typedLength;
      return piece.typedAt + piece.typedLength + (offset - piece.at - piece.length);
    },
  };
}

/** Index of the last piece whose place in the normalised text passes, or -1. */
function lastIndex(pieces: readonly Piece[], passes: (at: number) => boolean): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes((pieces[middle] as Piece).at)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
