import { hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Ends } from './port.ts';
import type { Piece, Reading } from './reading.ts';
import { addLetters, beginHash, hashSoFar } from './skeleton.ts';

/** Pieces at the end of a text that a name may begin with, and at the beginning of another that it may end with. */
const mostPieces = 8;
const mostLetters = 36;

/** What the readings of a text may give of a name that goes on in another text. */
export function endsOf(found: readonly Reading[], names: Names): Ends {
  const [heads, tails] = [new Set<string>(), new Set<string>()];
  const [headWords, tailWords, only] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const words = new Map<number, { start: number; end: number }>();
  for (const { pieces } of found) {
    eachRun(pieces, heads);
    eachRun([...pieces].reverse(), tails, true);
    const short = pieces.length <= 6;
    pieces.forEach((piece, at) => {
      const ids = formsOf(piece).flatMap((form) => idOf(form, names));
      if (at < 3) for (const id of ids) headWords.add(id);
      if (at >= pieces.length - 3) for (const id of ids) tailWords.add(id);
      if (short || piece.capital || piece.capitals || piece.script !== 'latin')
        for (const id of ids)
          if (!words.has(id)) words.set(id, { start: piece.starts[0]!, end: piece.ends.at(-1)! });
    });
    // Letters with spaces between are a word as well.
    for (const letters of heads) for (const id of idOf(letters, names)) headWords.add(id);
    for (const letters of tails) for (const id of idOf(letters, names)) tailWords.add(id);
    if (pieces.length <= mostPieces)
      for (const id of idOf(pieces.map(({ letters }) => letters).join(''), names)) only.add(id);
  }
  return { heads: [...heads], tails: [...tails], headWords, tailWords, words, only };
}

/** Whether the letters at the end of one text and at the beginning of another are together those of a name, wherever it is cut. */
export function mayJoin(a: Ends, b: Ends, names: Names): boolean {
  for (const tail of a.tails) {
    const begun = beginHash();
    addLetters(begun, tail);
    for (const head of b.heads) {
      const all = { ...begun };
      addLetters(all, head);
      if (names.whole.first(hashSoFar(all)) !== -1) return true;
    }
  }
  return false;
}

/** Whether both words are of one name. */
export function arePair(a: number, b: number, names: Names): boolean {
  return names.pairs.first(hashOfPair(a, b)) !== -1;
}

function eachRun(pieces: readonly Piece[], into: Set<string>, backwards = false): void {
  let letters = '';
  for (const piece of pieces.slice(0, mostPieces)) {
    letters = backwards ? piece.letters + letters : letters + piece.letters;
    if (letters.length > mostLetters) return;
    into.add(letters);
    if (!backwards && letters.endsWith('s')) into.add(letters.slice(0, -1));
  }
}

function formsOf({ letters }: Piece): string[] {
  return letters.length > 3 && letters.endsWith('s') ? [letters, letters.slice(0, -1)] : [letters];
}

function idOf(letters: string, names: Names): number[] {
  const id = names.vocabulary.id(letters);
  return id === -1 ? [] : [id];
}
