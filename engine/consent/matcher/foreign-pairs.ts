import type { Candidates } from './candidates.ts';
import { areCapital, isHeard, leastEvidence, swapped, unsurestAmong } from './enough.ts';
import { hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** Adds names that two words of another script are, by the dictionary or as that script spells. */
export function findForeign(
  sight: Sight,
  first: number,
  last: number,
  [a, b]: readonly [Candidates, Candidates],
  names: Names,
  tell: (name: number) => void,
): void {
  // Two ordinary words in small letters are two ordinary words.
  if (sight.everyday[first] && sight.everyday[last] && !areCapital(sight, first, last)) return;
  const least = leastEvidence(sight, first, last, names.size);
  const { script, signs } = sight.pieces[first]!;
  const one = script === 'cjk' && signs !== 'han' ? a.bare() : a.foreign();
  const other = b.foreign();
  const compare = (name: number) => {
    if (!names.isAlive(name)) return;
    const [w0, wn] = [names.wordOf(name, 0), names.wordOf(name, names.lastAt(name))];
    // Official papers put the family name first.
    if (isHeard(one, w0, other, wn, least) || isHeard(one, wn, other, w0, least + swapped)) tell(name);
  };
  if (one.most + other.most < least) return;
  const most = unsurestAmong(names.size);
  for (const [x, unsure] of one.classes())
    for (const [y, more] of other.classes()) {
      if (unsure + more > most) break;
      const hash = hashOfPair(x, y);
      for (let entry = names.foreign.first(hash); entry !== -1; entry = names.foreign.next(entry))
        compare(names.foreign.value(entry));
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
