import type { Candidates } from './candidates.ts';
import { areCapital, leastEvidence } from './enough.ts';
import { type Heard, hear } from './heard.ts';
import { findHeard } from './heard-pairs.ts';
import { uninflected } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Piece } from './reading.ts';
import type { Sight } from './sight.ts';

/** Where each character of a Chinese word begins and ends in the text; its letters stand for some of them each. */
export function charactersOf({ starts, ends }: Piece): { starts: number[]; ends: number[] } {
  return { starts: [...new Set(starts)], ends: [...new Set(ends)] };
}

/** Adds names that two words of another script are, by the dictionary or as that script spells. */
export function findForeign(
  sight: Sight,
  first: number,
  last: number,
  [a, b]: readonly [Candidates, Candidates],
  names: Names,
  lexicon: Lexicon,
  tell: (name: number, place?: { start: number; end: number }) => void,
): void {
  // Two ordinary words in small letters are two ordinary words.
  if (sight.everyday[first] && sight.everyday[last] && !areCapital(sight, first, last)) return;
  const least = leastEvidence(sight, first, last, names.size);
  const { script, signs } = sight.pieces[first]!;
  const one = script === 'cjk' && signs !== 'han' ? a.bare() : a.foreign();
  const other = b.foreign();
  // Chinese has no spaces to say where a name begins and ends.
  const placeOf = (word: number, next: number) => {
    if (signs !== 'han') return undefined;
    const [begin, end] = [[...one.formOf(word)].length, [...other.formOf(next)].length];
    const { starts } = charactersOf(sight.pieces[first]!);
    return { start: starts.at(-begin)!, end: charactersOf(sight.pieces[last]!).ends[end - 1]! };
  };
  const together = last - first === 1 || lexicon.isParticle(sight.pieces[first + 1]!.native);
  findHeard(one, other, least, names, (name, word, next) => tell(name, placeOf(word, next)), {
    together,
    mayEase: last - first === 1 && !sight.everyday[first] && !sight.everyday[last],
  });
  if (last - first !== 2 || !isForeign(sight, first + 1)) return;
  // Arabic writes in two words what we write in one: زين الدين, عبد الله.
  const [start, middle, end] = sight.pieces.slice(first, last + 1) as [Piece, Piece, Piece];
  const whole = (name: number) => tell(name);
  // Ordinary words are no part of one, but for what has the article, as in نور الدين.
  const ordinary = (at: number) =>
    lexicon.abroad().isLittle(sight.pieces[at]!.native) ||
    (sight.everyday[at]! && !hasArticle(sight.pieces[at]!));
  if (ordinary(first + 1)) return;
  if (!ordinary(first) && mayBeOne(start, middle))
    findHeard(joined(start, middle, names, lexicon), other, least, names, whole);
  if (!ordinary(last) && mayBeOne(middle, end))
    findHeard(one, joined(middle, end, names, lexicon), least, names, whole);
}

/** What begins with the article of Arabic. */
export function hasArticle({ native }: Piece): boolean {
  return native.startsWith('ال');
}

/** Whether two words may be written for one. */
function mayBeOne(a: Piece, b: Piece): boolean {
  return a.native !== '' && b.native !== '' && ((a.abjad && b.abjad) || b.before === 'joint');
}

function joined(a: Piece, b: Piece, names: Names, lexicon: Lexicon): Heard {
  return hear(uninflected(a.native + b.native), names, lexicon);
}

/** Whether two words may be a name of another language, as their script writes such: Japanese in katakana, Chinese with a dot between. */
export function mayBeForeign(sight: Sight, first: number, last: number): boolean {
  const [a, b] = [sight.pieces[first]!, sight.pieces[last]!];
  if (isForeign(sight, first) !== isForeign(sight, last))
    return a.native === '' ? !sight.everyday[first] : b.native === '' && !sight.everyday[last];
  if (!isForeign(sight, first)) return false;
  if (a.signs !== b.signs || a.signs === 'hiragana') return false;
  if (a.signs === 'han') return sight.pieces.slice(first + 1, last + 1).every(({ dotted }) => dotted);
  return true;
}

/** A word of another script that may be a name in the middle. */
export function isForeignName(sight: Sight, at: number): boolean {
  const [before, here, behind] = sight.pieces.slice(at - 1, at + 2);
  const alike = here!.capital === before!.capital && here!.capital === behind!.capital;
  return alike && isForeign(sight, at);
}

/** Written in another script, and not for its looks. */
export function isForeign({ pieces, reading }: Sight, at: number): boolean {
  return pieces[at]!.script !== 'latin' && !pieces[at]!.odd && !reading.disguise;
}
