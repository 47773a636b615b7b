import type { Candidates } from './candidates.ts';
import { isForeign } from './foreign-pairs.ts';
import type { Names } from './names.ts';
import { bothCapital } from './nicknames.ts';
import { isEveryday, type Sight } from './sight.ts';

/** A word that up to so many names have is seldom written by chance. */
const rare = 20;

/** Letters of an ordinary word that may begin a text with a family name: "Blackthorn, Rosemary". */
const longWord = 8;

/** Letters of a word that is heard: “un” and “St” sound like much. */
const shortest = 3;

/** Whether a piece may be a misspelling, when the other word of the name is had by so many names. */
export function mayBeMisspelled(sight: Sight, at: number, uses: number, other: number): boolean {
  if (sight.plain[at] === 'unknown')
    return (
      sight.plain[other] === 'unknown' || !sight.everyday[other] || uses <= rare || sight.capital[at] === true
    );
  if (sight.plain[at] === 'named' || sight.titles[at]) return false;
  if (sight.plain[at] === 'given') return uses <= rare;
  // "sloppy joe" is no Sleepy Joe.
  const begins = sight.pieces[at]!.capital && sight.pieces[at]!.letters.length >= longWord;
  if (at < other && sight.plain[other] === 'given' && !sight.capital[at] && !begins) return false;
  if (bothCapital(sight, at, other)) return sight.plain[other] === 'unknown' || uses <= rare;
  return !isEveryday(sight.plain[other]!) && uses <= rare;
}

/** Whether two words sound like the first and the last of a name, and neither by chance. */
export function soundsLike(
  sight: Sight,
  first: number,
  last: number,
  candidates: readonly [Candidates, Candidates],
  name: number,
  names: Names,
): boolean {
  const foreign = isForeign(sight, first) && isForeign(sight, last);
  if (!foreign && [first, last].some((at) => sight.pieces[at]!.letters.length < shortest)) return false;
  // What is written for its looks says nothing.
  if (!foreign && [first, last].every((at) => sight.pieces[at]!.script !== 'latin')) return false;
  const meant = [names.wordOf(name, 0), names.wordOf(name, names.lastAt(name))];
  let sum = 0;
  let exact = 0;
  for (let n = 0; n < 2; n++) {
    const [at, other] = n === 0 ? [first, last] : [last, first];
    const alike = candidates[n]!.likeness(meant[n]!, foreign);
    if (alike < (foreign ? 0.4 : 0.45)) return false;
    // Michelle is no Michael, however alike they sound.
    if (alike < 0.75 && sight.plain[at] === 'given') return false;
    if (alike < 1 && !foreign && !mayBeMisspelled(sight, at, names.vocabulary.uses(meant[1 - n]!), other))
      return false;
    sum += alike;
    if (alike === 1) exact++;
  }
  // Two words by ear, and one of them ordinary: chance.
  if (exact > 0) return sum >= 1.15;
  const ordinary = sight.everyday[first] || sight.everyday[last] || lettersOf(sight, first, last) < 10;
  if (!foreign && ordinary && !bothCapital(sight, first, last)) return false;
  return sum >= (foreign ? 1.1 : 1.3);
}

/** Letters of two pieces. */
export function lettersOf({ pieces }: Sight, first: number, last: number): number {
  return pieces[first]!.letters.length + pieces[last]!.letters.length;
}
