import type { Candidates } from './candidates.ts';
import { areCapital, isHeard, leastEvidence, mayBeHeard, swapped, unsurestAmong } from './enough.ts';
import { hashOfPair } from './multi-map.ts';
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
  tell: (name: number, place?: { start: number; end: number }) => void,
): void {
  // Two ordinary words in small letters are two ordinary words.
  if (sight.everyday[first] && sight.everyday[last] && !areCapital(sight, first, last)) return;
  const least = leastEvidence(sight, first, last, names.size);
  const { script, signs } = sight.pieces[first]!;
  const one = script === 'cjk' && signs !== 'han' ? a.bare() : a.foreign();
  const other = b.foreign();
  const { vocabulary } = names;
  const found = (name: number, word: number, next: number) => {
    if (names.isAlive(name)) tell(name, placeOf(word, next));
  };
  const compare = (entry: number, x: number, y: number) => {
    const [w0, wn] = [names.foreign.note(entry, 0), names.foreign.note(entry, 1)];
    if (!mayBeHeard(one, vocabulary.maskOf(w0), other, vocabulary.maskOf(wn), least)) return;
    const [c0, cn] = [names.classesOf(w0), names.classesOf(wn)];
    const name = names.foreign.value(entry);
    if (c0 === x && cn === y && isHeard(one, w0, other, wn, least)) found(name, w0, wn);
    // Official papers put the family name first.
    else if (cn === x && c0 === y && isHeard(one, wn, other, w0, least + swapped)) found(name, wn, w0);
  };
  // Chinese has no spaces to say where a name begins and ends.
  const placeOf = (word: number, next: number) => {
    if (signs !== 'han') return undefined;
    const [begin, end] = [[...one.formOf(word)].length, [...other.formOf(next)].length];
    const { starts } = charactersOf(sight.pieces[first]!);
    return { start: starts.at(-begin)!, end: charactersOf(sight.pieces[last]!).ends[end - 1]! };
  };
  if (one.most + other.most < least) return;
  const most = unsurestAmong(names.size);
  for (const [x, unsure, mostX] of one.classes())
    for (const [y, more, mostY] of other.classes()) {
      if (unsure + more > most) break;
      if (mostX + mostY < least) continue;
      const hash = hashOfPair(x, y);
      for (let entry = names.foreign.first(hash); entry !== -1; entry = names.foreign.next(entry))
        compare(entry, x, y);
    }
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
