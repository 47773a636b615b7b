import type { Candidates } from './candidates.ts';
import { keysOfForeign, soundsOfForeign } from './foreign.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOf, hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import { isEveryday, type Sight } from './sight.ts';

/** Prepositions and articles of Russian, Ukrainian, Greek and Korean, as they are transliterated. */
export const little = new Set(
  'po na v s so i k ko u o ob za do ot iz no ne a li zhe by on ona ono oni my vy ya eto kak pod nad pri bez dlya chto gde ego yego ee to ta i oi ai sto sta stin ston stis me se ke kai ena mia enas apo gia tis tou ti en der das die und la le el un una'.split(
    ' ',
  ),
);

/** Adds names that two words of another script are, written as that script hears them. */
export function findForeign(
  sight: Sight,
  first: number,
  last: number,
  [a, b]: readonly [Candidates, Candidates],
  names: Names,
  tell: (name: number) => void,
): void {
  const least = leastHeard(sight, first, last);
  const inCapitals = areCapital(sight, first, last);
  const [one, other] = [sight.pieces[first]!.script === 'cjk' ? a.bare() : a.foreign(), b.foreign()];
  for (const x of one.keys)
    for (const y of other.keys) {
      if (x.consonants + y.consonants < least.consonants) continue;
      const hash = hashOfPair(x.hash, y.hash);
      for (let entry = names.foreign.first(hash); entry !== -1; entry = names.foreign.next(entry)) {
        const name = names.foreign.value(entry);
        if (!names.isAlive(name)) continue;
        const [w0, wn] = [names.wordOf(name, 0), names.wordOf(name, names.lastAt(name))];
        // Official papers put the family name first.
        if (areHeard(one.as(w0), () => other.as(wn), least)) tell(name);
        else if (
          inCapitals &&
          areHeard(one.as(wn), () => other.as(w0), { ...least, both: least.both + swapped })
        )
          tell(name);
      }
    }
}

interface Least {
  each: number;
  both: number;
  consonants: number;
}

/** Letters of a name of one word, and how much of it must be heard, by whether it is long. */
const single = { letters: 5, long: 6, ofLong: 0.85, ofShort: 0.95 };

/** Finds public figures of one name, written as another script hears it: Бейонсе. */
export function findForeignSingle(
  sight: Sight,
  at: number,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  const { letters, starts, ends, capital, capitals, signs } = sight.pieces[at]!;
  if (!names.hasSingle || letters.length < single.letters || !isForeign(sight, at)) return;
  if (!capital && !capitals && signs !== 'katakana') return;
  const said = soundsOfForeign(letters);
  for (const key of keysOfForeign(letters, signs === 'katakana')) {
    const hash = hashOf(key);
    for (let entry = names.foreign.first(hash); entry !== -1; entry = names.foreign.next(entry)) {
      const name = names.foreign.value(entry);
      if (!names.isAlive(name) || !names.isPublic(name) || names.lengthOf(name) > 1) continue;
      const word = names.vocabulary.text(names.wordOf(name, 0));
      // Принц is a prince.
      if (isEveryday(lexicon.plainness(word))) continue;
      const heard = names.heardOf(names.wordOf(name, 0)).map((each) => names.hearing(said, each));
      if (Math.max(...heard) >= (word.length < single.long ? single.ofShort : single.ofLong))
        emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'sound' });
    }
  }
}

/** How much more must be heard of a name whose family name stands first. */
const swapped = 0.1;

function areHeard(one: number, other: () => number, { each, both }: Least): boolean {
  if (one < each || one + 1 < both) return false;
  const second = other();
  return second >= each && one + second >= both;
}

function areCapital({ pieces }: Sight, first: number, last: number): boolean {
  return [pieces[first]!, pieces[last]!].every(({ capital, capitals }) => capital || capitals);
}

/** Whether two words may be a name of another language, as their script writes such: Japanese in katakana, Chinese with a dot between. */
export function mayBeForeign(sight: Sight, first: number, last: number): boolean {
  if (!isForeign(sight, first) || !isForeign(sight, last)) return false;
  const [a, b] = [sight.pieces[first]!, sight.pieces[last]!];
  if (a.signs !== b.signs || a.signs === 'hiragana') return false;
  if (a.signs === 'han') return last === first + 1 && b.before === 'joint';
  return [a, b].every(({ letters, capital }) => capital || !little.has(letters));
}

/** How much of each word and of both must be heard, 0 to 1, and how many consonants they must have: short words sound like much. Of the names in test/consent/scripts/ nearly all are above, of ordinary prose nearly nothing: capitals say much of what is a
 * name, and a script without them leaves only how it sounds. */
function leastHeard(sight: Sight, first: number, last: number): Least {
  const pieces = [sight.pieces[first]!, sight.pieces[last]!];
  if (pieces.some(({ abjad }) => abjad)) return { each: 0.6, both: 1.6, consonants: 2 };
  if (pieces.every(({ signs }) => signs === 'katakana')) return { each: 0.5, both: 1.4, consonants: 2 };
  if (pieces.every(({ signs }) => signs === 'han')) return { each: 0.5, both: 1.3, consonants: 2 };
  if (pieces.every(({ signs }) => signs === 'indic')) return { each: 0.6, both: 1.64, consonants: 3 };
  if (pieces.some(({ script }) => script === 'cjk')) return { each: 0.6, both: 1.53, consonants: 3 };
  return areCapital(sight, first, last)
    ? { each: 0.5, both: 1.4, consonants: 2 }
    : { each: 0.75, both: 1.76, consonants: 3 };
}

/** A word of another script that may be a name in the middle. */
export function isForeignName(sight: Sight, at: number): boolean {
  const [before, here, behind] = sight.pieces.slice(at - 1, at + 2);
  const alike = here!.capital === before!.capital && here!.capital === behind!.capital;
  return alike && isForeign(sight, at) && !little.has(here!.letters);
}

/** Written in another script, and not for its looks. */
export function isForeign({ pieces, reading }: Sight, at: number): boolean {
  return pieces[at]!.script !== 'latin' && !pieces[at]!.odd && !reading.disguise;
}
