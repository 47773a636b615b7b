import type { Candidates } from './candidates.ts';
import type { Heard } from './heard.ts';
import type { Emit } from './hit.ts';
import { hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { impossible } from './transliteration.ts';

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

/** How much must speak for each word of a name, and for both, in nats. */
const each = 2;
const both = 8;

/** What more it takes: where no capitals say that both are names, for each ordinary word, for the family name first, and for a word between. Arabic and Hebrew leave out most of
 * what there is to hear. */
const small = 3;
const smallWithoutVowels = 1;
const common = 4;
const swapped = 3;
const apart = 2;

/** Names among which a pair of words is looked up without asking for more, and how much more it takes for each e times as many: chance finds as many more. */
const few = 1000;
const growth = 1.5;

/** How unsure two words may be read to be looked up, in nats; among many names each reading finds many, and only the surest are. */
const unsurest = 12;
const unsurestFalls = 1.6;

/** How many e times more names there are than few. */
function times(size: number): number {
  return Math.log(Math.max(size, few) / few);
}

/** How unsure two words may be read to be looked up among so many names. */
export function unsurestAmong(size: number): number {
  return unsurest - unsurestFalls * times(size);
}

/** What must speak for two words together, among so many names. */
export function leastEvidence(sight: Sight, first: number, last: number, size: number): number {
  const inSmall = sight.pieces[first]!.abjad ? smallWithoutVowels : small;
  const ordinary = [first, last].filter((at) => sight.everyday[at]).length;
  return (
    both +
    growth * times(size) +
    (areCapital(sight, first, last) ? 0 : inSmall) +
    common * ordinary +
    (last - first > 1 ? apart : 0)
  );
}

/** Whether two words are heard, each enough and both together. */
export function isHeard(one: Heard, word: number, other: Heard, next: number, least: number): boolean {
  const first = one.as(word, Math.max(each, least - other.most));
  return first !== impossible && other.as(next, Math.max(each, least - first)) !== impossible;
}

function areCapital({ pieces }: Sight, first: number, last: number): boolean {
  return [pieces[first]!, pieces[last]!].every(({ capital, capitals }) => capital || capitals);
}

/** What must speak for a name of one word, in nats. */
const alone = 14;

/** How much of what the word could come to. */
const ofSingle = 0.6;

/** Finds public figures of one name, as another script writes it: Бейонсе. */
export function findForeignSingle(
  sight: Sight,
  at: number,
  names: Names,
  candidates: Candidates,
  emit: Emit,
): void {
  const { starts, ends, capital, capitals, signs } = sight.pieces[at]!;
  if (!names.hasSingle || !isForeign(sight, at) || sight.everyday[at]) return;
  if (!capital && !capitals && signs !== 'katakana') return;
  const heard = candidates.foreign();
  const least = alone + growth * times(names.size);
  for (const [classes] of heard.classes())
    for (let entry = names.foreign.first(classes); entry !== -1; entry = names.foreign.next(entry)) {
      const name = names.foreign.value(entry);
      if (!names.isAlive(name) || !names.isPublic(name) || names.lengthOf(name) > 1) continue;
      if (heard.as(names.wordOf(name, 0), Math.max(least, ofSingle * heard.most)) !== impossible)
        emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'sound' });
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
