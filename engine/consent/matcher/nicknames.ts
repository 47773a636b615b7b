import { bearersOf } from './bearers.ts';
import type { Candidates } from './candidates.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOfPair } from './multi-map.ts';
import { hashOfInitial, type Names } from './names.ts';
import type { Sight } from './sight.ts';

/** Told of a name that has two words: whether they stand in its order, and whether they are its first and last. */
export type Visit = (name: number, forward: boolean, full: boolean) => void;

/** Visits each name that has both words. */
export function eachOfPair(names: Names, x: number, y: number, visit: Visit): void {
  const hash = hashOfPair(x, y);
  for (let entry = names.pairs.first(hash); entry !== -1; entry = names.pairs.next(entry)) {
    const name = names.pairs.value(entry);
    if (!names.isAlive(name)) continue;
    const end = names.lastAt(name);
    const [w0, wn] = [names.wordOf(name, 0), names.wordOf(name, end)];
    if (w0 === x && wn === y) visit(name, true, true);
    else if (w0 === y && wn === x) visit(name, false, true);
    else if (end > 1) visit(name, w0 === x || wn === y, false);
  }
}

/** Names that may have a family name that is rare. */
const rare = 20;

/** Finds names of which a short form of the given name is there: "Bob Roe", "Roe, Bob"; and before or behind a family name that is nothing else also "DiCaprio Leo", "Nando Cascudo" for
 * Luiz Fernando Cascudo, and what begins as the given name does, whatever no list knows of. */
export function findNicknames(
  sight: Sight,
  first: number,
  last: number,
  [a, b]: readonly [Candidates, Candidates],
  comma: boolean,
  names: Names,
  lexicon: Lexicon,
  tell: (name: number) => void,
): void {
  const { pieces, plain, everyday } = sight;
  const near = last - first === 1;
  const isDistinct = (at: number) => plain[at] === 'unknown' && !lexicon.isFamily(pieces[at]!.letters);
  const look = (xs: readonly number[], ys: readonly number[], family: number) => {
    for (const x of xs)
      for (const y of ys)
        eachOfPair(names, x, y, (name, forward, full) => {
          if (everyday[first] && everyday[last] && !bothWritten(sight, first, last)) return;
          const sure = full && forward && family === last;
          // "ROE Bob".
          const isTurned = full && !forward && isWrittenTurned(sight, first, last, lexicon);
          if (!sure && !comma && !(near && (isDistinct(family) || isTurned))) return;
          if (comma ? full && !forward && near : forward === (family === last)) tell(name);
        });
  };
  look(a.nick, b.exact, last);
  look(a.exact, b.nick, first);
  const [given, family, families] = comma ? ([last, first, a] as const) : ([first, last, b] as const);
  if (!near || !isDistinct(family)) return;
  // "Puri 0lazagasti" begins with no capital.
  const isDisguised = pieces[given]!.capital && pieces[family]!.odd;
  const written =
    bothCapital(sight, first, last) || (pieces[given]!.capitals && pieces[family]!.capital) || isDisguised;
  if (!written && (!sight.small || everyday[given])) return;
  const short = pieces[given]!.letters;
  // "Roe, Oslo" is no Oskar.
  const begins = comma ? 3 : 2;
  for (const y of families.exact.filter((word) => names.vocabulary.uses(word) <= rare)) {
    const look = (name: number) => {
      if (!names.isAlive(name) || names.wordOf(name, names.lastAt(name)) !== y) return;
      const own = names.wordsOf(name).slice(0, names.lastAt(name));
      if ((written && mayBeShort(short, own[0]!, begins)) || isShort(short, own)) tell(name);
    };
    names.initialed.each(hashOfInitial(short.charCodeAt(0), y), look);
    for (const name of bearersOf(y, fewest, names)) look(name);
  }
}

/** How many people a short form may be of that no list knows. */
const fewest = 3;

/** Whether a given name may be said short for another: its first letters are that one's. */
function mayBeShort(short: string, given: string, letters: number): boolean {
  return short.length < 9 && short.length >= letters && given.startsWith(short.slice(0, letters));
}

/** Letters of the beginning or the end of a given name that is said for it. */
const shortest = 4;

/** "Seun" for Oluwaseun, "Fried" for Friederike, "JB" for Jean-Baptiste. */
function isShort(short: string, given: readonly string[]): boolean {
  const initials = given.map((word) => word[0]).join('');
  if (given.length > 1 && short === initials) return true;
  return short.length >= shortest && (given[0]!.endsWith(short) || given[0]!.startsWith(short));
}

/** Finds names of which the given name is cut short, as a full stop says, behind a letter of it or within: "Alex. Roe", "Wm. Roe". */
export function findCutShort(
  short: string,
  families: readonly number[],
  names: Names,
  tell: (name: number) => void,
): void {
  for (const family of families)
    names.initialed.each(hashOfInitial(short.charCodeAt(0), family), (name) => {
      if (!names.isAlive(name) || names.wordOf(name, names.lastAt(name)) !== family) return;
      const given = names.vocabulary.text(names.wordOf(name, 0));
      if (given.length > short.length && hasInOrder(given, short)) tell(name);
    });
}

/** Whether a word begins as another does, and has its letters in their order. */
function hasInOrder(word: string, letters: string): boolean {
  let at = 0;
  for (const letter of word) if (letter === letters[at]) at++;
  return word[0] === letters[0] && at === letters.length;
}

/** Written as names, in whatever way. */
function bothWritten({ pieces }: Sight, a: number, b: number): boolean {
  return [pieces[a]!, pieces[b]!].every(({ capital, capitals }) => capital || capitals);
}

/** "ROE Bob", and no headline. */
function isWrittenTurned(sight: Sight, family: number, given: number, lexicon: Lexicon): boolean {
  const { pieces, headline } = sight;
  return (
    !headline &&
    bothWritten(sight, family, given) &&
    pieces[given]!.capital &&
    lexicon.isGiven(pieces[given]!.letters)
  );
}

/** Whether both are written as names. */
export function bothCapital({ pieces, capital }: Sight, a: number, b: number): boolean {
  return pieces[a]!.capital && pieces[b]!.capital && (capital[a]! || capital[b]!);
}
