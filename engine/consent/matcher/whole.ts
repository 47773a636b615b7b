import { isAddress, isEpithet } from './epithet.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import { nativeText } from './name-forms.ts';
import type { Names } from './names.ts';
import { isOdd, spaced } from './odd.ts';
import { ordersOf, wholes } from './orders.ts';
import type { How } from './port.ts';
import type { Piece } from './reading.ts';
import { isEveryday, type Sight } from './sight.ts';
import { addLetters, beginHash, hashSoFar, skeleton, skeletonHash } from './skeleton.ts';
import { isHonoured, isOwned } from './something-else.ts';
import { type Judged, judgeExact, judgeOrder, type Question } from './whole-words.ts';

/** Letters that a whole name has at most; of longer ones first and last word are compared. */
const mostLetters = 40;
const mostPieces = 30;

/** Letters before an apostrophe behind which a language adds something: "Ayşe'nin". */
const shortestStem = 3;

/** Letters that say enough where another script is only taken letter by letter, and has no break between words or is read backwards. */
const longForeign = 8;

/** Finds names all of whose letters are there, whatever stands between and in them: pieces that follow each other are put together, forwards and
 * backwards, and looked up by their skeleton. A name begins and ends where a piece does: "Joann Leeds" has no Ann Lee. */
export function findWhole(sight: Sight, text: string, names: Names, lexicon: Lexicon, emit: Emit): void {
  const { pieces } = sight;
  for (let from = 0; from < pieces.length; from++) {
    let letters = '';
    let suspicious = false;
    const growing = beginHash();
    for (let to = from; to < Math.min(pieces.length, from + mostPieces); to++) {
      const piece = pieces[to]!;
      if (letters.length + piece.letters.length > mostLetters) break;
      const before = letters;
      letters += piece.letters;
      addLetters(growing, piece.letters);
      suspicious ||= !sight.everyday[to] && !sight.reading.syllables;
      if (letters.length < 2) continue;
      const look = (hash: number, put: string, backwards: boolean) => {
        for (let entry = names.whole.first(hash); entry !== -1; entry = names.whole.next(entry)) {
          const name = names.whole.value(entry);
          if (!names.isAlive(name)) continue;
          const said = backwards ? reversed(put) : put;
          const judged = judge({ sight, text, from, to, said, backwards, name, names, lexicon });
          if (judged)
            emit({
              start: piece0(sight, from),
              end: endOf(piece, said, letters, backwards),
              name,
              ...judged,
            });
        }
      };
      look(hashSoFar(growing), letters, false);
      // "Roes" and "Roe's" are Roe, but "Tom cruises" is a man who travels, unless it is his face.
      if (
        (piece.letters.endsWith('s') || piece.loud) &&
        letters.length > 3 &&
        (piece.possessive || piece.loud || !sight.everyday[to] || sight.capital[to] || isOwned(sight, to))
      ) {
        const trimmed = before + piece.letters.slice(0, -1);
        look(skeletonHash(trimmed), trimmed, false);
      }
      if (piece.stem >= shortestStem && !piece.possessive) {
        const trimmed = before + piece.letters.slice(0, piece.stem);
        look(skeletonHash(trimmed), trimmed, false);
      }
      if (suspicious && letters.length > 4) look(skeletonHash(letters, true), letters, true);
    }
  }
}

function judge(question: Question): Judged {
  const { sight, from, to, said, backwards, name, names, lexicon } = question;
  const words = names.wordsOf(name);
  const forms = wholes(words);
  if (sight.reading.syllables) return forms.includes(said) ? judgeSyllables(question, words) : null;
  const pieces = sight.pieces.slice(from, to + 1);
  const key = skeleton(said);
  let form = forms.indexOf(said);
  const exact = form !== -1;
  if (!exact) form = forms.findIndex((whole) => skeleton(whole) === key);
  if (form === -1) return null;
  // Syllables of another script are a name only as they follow each other.
  if (names.nativeOf(name) !== undefined && (!exact || form !== 0 || backwards)) return null;
  const order = ordersOf(words)[form]!;
  if (!names.isFirst(name) && isEpithet(words, lexicon) && (form !== 0 || !(exact || isOdd(pieces))))
    return null;
  const swapped = order[0] !== 0;
  const odd = isOdd(pieces);
  const plainName = words.every((word) => isEveryday(lexicon.plainness(word)));
  const script = pieces.some((piece) => piece.script !== 'latin');
  const native = pieces.every((piece) => piece.native !== '') && !sight.reading.disguise;

  if (backwards) {
    const plainText = pieces.every(
      (piece, at) => sight.plain[from + at] !== 'unknown' || (piece.letters.length === 1 && !spaced(pieces)),
    );
    if (plainText || (words.length === 1 && said.length < 6)) return null;
    if (native && (!exact || said.length < longForeign)) return null;
    return { verdict: said.length > 6 && words.length > 1 && exact ? 'block' : 'review', how: 'disguised' };
  }
  if (words.length === 1) return judgeSingle(pieces, said, exact, odd, plainName);
  const inner = pieces.slice(1).map(({ before }) => before);
  if (exact && isAligned(pieces, order, words)) {
    if (script && !odd)
      return { verdict: isHonoured(sight, from, to, lexicon) ? 'review' : 'block', how: 'script' };
    if (swapped) return judgeOrder(question, plainName);
    if (order.length < words.length)
      return inner.includes('comma') ? null : { verdict: 'review', how: 'middle' };
    return judgeExact(question, plainName, odd);
  }
  if (odd) return { verdict: plainName && !spaced(pieces) ? 'review' : 'block', how: 'disguised' };
  if (exact) return judgeJoined(question, pieces, plainName, said.length);
  return judgeLikeness(question, pieces, words, swapped);
}

/** All letters, with other breaks: "janeroe", "Ja ne Roe", "Ro-\nsenberg". */
function judgeJoined(
  { sight, from, to }: Question,
  pieces: readonly Piece[],
  plainName: boolean,
  length: number,
): Judged {
  const how: How = pieces.length === 1 ? 'run together' : 'disguised';
  if (pieces.length === 1) {
    if (sight.plain[from] !== 'unknown' || length < (pieces[0]!.native === '' ? 5 : longForeign)) return null;
    return { verdict: plainName || length < 6 ? 'review' : 'block', how };
  }
  // "the rapist" and "anna lyon" have the letters of others by chance.
  const single = pieces.filter(({ letters }) => letters.length === 1).length;
  const strange = sight.plain
    .slice(from, to + 1)
    .filter((plainness, at) => (pieces[at]!.letters.length === 1 ? single > 1 : plainness === 'unknown'));
  const given = sight.plain.slice(from, to + 1).filter((plainness) => plainness === 'given');
  if (strange.length + given.length === 0) return null;
  const inner = pieces.slice(1).map(({ before }) => before);
  if (inner.includes('stop') || inner.includes('comma')) return null;
  return { verdict: length > 7 && strange.length > 0 ? 'block' : 'review', how };
}

/** Letters that look alike, or are there twice: "Jaane Roee", "Carneron". */
function judgeLikeness(
  { sight, from }: Question,
  pieces: readonly Piece[],
  words: readonly string[],
  swapped: boolean,
): Judged {
  // Another script has no spelling of ours to be mistaken in.
  if (pieces.some(({ native, odd }) => native !== '' && !odd)) return null;
  const same = pieces.length === words.length && !swapped;
  const letters = pieces.reduce((sum, piece) => sum + piece.letters.length, 0);
  // "a long" is no Ali Long, and "Angeles" no Angel Lee: letters are added, not left out.
  if (letters < 6 || pieces.some((piece) => piece.letters.length < 2)) return null;
  if (!same && letters < words.join('').length) return null;
  const fits = pieces.every(
    (piece, at) =>
      (same && piece.letters === words[at]) ||
      sight.plain[from + at] === 'unknown' ||
      (sight.plain[from + at] === 'given' && pieces.length > 1),
  );
  const stretched = pieces.some((piece) => /(.)\1\1/.test(piece.letters));
  if (!(fits || stretched) || pieces.slice(1).some(({ before }) => before === 'stop' || before === 'comma'))
    return null;
  return { verdict: stretched && same ? 'block' : 'review', how: 'spelling' };
}

/** A name of one word is judged by its context where it stands as one (`alone.ts`); here only where it is disguised. */
function judgeSingle(
  pieces: readonly Piece[],
  said: string,
  exact: boolean,
  odd: boolean,
  plainName: boolean,
): Judged {
  if (pieces.length === 1 && exact && !odd) return null;
  if (plainName) return null;
  // "Mr Beast".
  if (pieces.length === 2 && exact && isAddress(pieces[0]!.letters))
    return { verdict: 'review', how: 'spelling' };
  // P.e.l.é
  if (said.length === 4 && exact && spaced(pieces)) return { verdict: 'review', how: 'disguised' };
  if (said.length < 5) return null;
  if (odd) return { verdict: exact && said.length > 5 ? 'block' : 'review', how: 'disguised' };
  return pieces.length === 1 && /(.)\1\1/.test(pieces[0]!.letters)
    ? { verdict: 'review', how: 'spelling' }
    : null;
}

function judgeSyllables(
  { sight, text, from, to, name, names, backwards }: Question,
  words: readonly string[],
): Judged {
  const pieces = sight.pieces.slice(from, to + 1);
  if (backwards || pieces.some((piece) => piece.script !== 'cjk')) return null;
  const native = names.nativeOf(name);
  // Korean has spaces, and a name begins behind one.
  if (pieces[0]!.before === 'camel' && /^\p{Script=Hangul}/u.test(pieces[0]!.native)) return null;
  const apart = pieces[0]!.before !== 'camel' && (sight.pieces[to + 1]?.before ?? 'space') !== 'camel';
  const written = nativeText(text.slice(piece0(sight, from), pieces.at(-1)!.ends.at(-1)!));
  if (native === written) return { verdict: pieces.length > 2 || apart ? 'block' : 'review', how: 'script' };
  if (words.join('').length < 6 && !apart) return null;
  if (native !== undefined) return pieces.length > 2 ? { verdict: 'review', how: 'script' } : null;
  return pieces.length > 2
    ? { verdict: 'block', how: 'script' }
    : apart && words.length > 1
      ? { verdict: 'review', how: 'script' }
      : null;
}

/** Whether pieces end where words end, said in this order. */
function isAligned(pieces: readonly Piece[], order: readonly number[], words: readonly string[]): boolean {
  return (
    order.length === pieces.length &&
    order.every((at, n) => {
      const { letters } = pieces[n]!;
      return letters.startsWith(words[at]!) && letters.length - words[at]!.length < 2;
    })
  );
}

function piece0(sight: Sight, at: number): number {
  return sight.pieces[at]!.starts[0]!;
}

/** Where a name ends in its last piece: before the s of "Roe's". */
function endOf(piece: Piece, said: string, letters: string, backwards: boolean): number {
  const left = backwards ? 0 : letters.length - said.length;
  return piece.ends[piece.ends.length - 1 - left]!;
}

function reversed(letters: string): string {
  return [...letters].reverse().join('');
}
