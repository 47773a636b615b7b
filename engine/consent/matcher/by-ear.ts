import type { Candidates } from './candidates.ts';
import { leastByEar } from './enough.ts';
import { readAs } from './heard.ts';
import { findHeard } from './heard-pairs.ts';
import { findHeardSingle } from './heard-single.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { isEveryday, type Sight } from './sight.ts';
import { isSurelyNamedForSomebody } from './something-else.ts';

/** What more it takes to hear an ordinary word, in nats, and how much of what each word could come to must speak for the name then. */
export const common = 4;
export const beWord = 0.55;

/** Letters of a word that is heard. */
export const shortest = 3;

/** Adds names that two words of our letters say, as somebody writes them who only heard them: "Sersha Ronan", "Voytsyekh Shchensny". What was learnt of other scripts, which
 * write names by ear, and of how English spells what it hears says how they sound. */
export function findByEar(
  sight: Sight,
  first: number,
  last: number,
  [a, b]: readonly [Candidates, Candidates],
  names: Names,
  lexicon: Lexicon,
  tell: (name: number) => void,
): void {
  const plain = [first, last].filter((at) => !mayBeHeardName(sight, at));
  // As they stand, "Roe-Hart" is found as it is.
  if (plain.length > 0 && [a, b].every(({ exact }) => exact.length > 0)) return;
  const isNear = Math.abs(last - first) === 1;
  if (!plain.every((at) => isWordOfName(sight, at, names, lexicon))) {
    const strange = [first, last].find((at) => at !== plain[0])!;
    if (!isNear || plain.length > 1 || !names.areFew || !isStrange(sight, strange, lexicon)) return;
    if (!isSaidAsName(sight, plain[0]!)) return;
    findHeard(a.byEar(), b.byEar(), leastByEar(names.size) + common, names, tell, { share: beWord });
    return;
  }
  if (![first, last].some((at) => isStrange(sight, at, lexicon) || isListed(sight, at, names, lexicon)))
    return;
  findHeard(a.byEar(), b.byEar(), leastByEar(names.size), names, tell, {
    mayEase: isNear && plain.length === 0,
  });
}

/** Whether an ordinary word may stand for a word of a name: "Mass Mickelson", "kristoff volts". */
export function isSaidAsName({ pieces, small, headline }: Sight, at: number): boolean {
  const { letters, native, measured, capital } = pieces[at]!;
  return letters.length > shortest && native === '' && !measured && (small || (capital && !headline));
}

/** Adds names of which a short form of the given name stands beside the family name as somebody heard it: "Kroytspointner, Wolfi". */
export function findShortByEar(
  sight: Sight,
  given: number,
  family: number,
  short: readonly number[],
  other: Candidates,
  names: Names,
  lexicon: Lexicon,
  tell: (name: number) => void,
): void {
  // Among many names much begins as some short form's does.
  if (
    !names.areFew ||
    short.length === 0 ||
    !mayBeHeardName(sight, family) ||
    !isStrange(sight, family, lexicon)
  )
    return;
  const { letters, capital, capitals } = sight.pieces[given]!;
  if (isEveryday(sight.plain[given]!) && !lexicon.isGiven(letters) && !(capital || capitals)) return;
  findHeard(readAs(short, names), other.byEar(), leastByEar(names.size), names, tell);
}

/** How much of what it could come to must speak for a name of one word. */
export const ofSingle = 0.62;

/** The same of what somebody is called besides their name, and its letters. */
const ofAlias = 0.72;
const longAlias = 7;

/** Finds public figures of one name, as somebody writes it who only heard it: "Shakeera". */
export function findSinglesByEar(
  sight: Sight,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  if (!names.hasSingle || sight.reading.syllables) return;
  const { pieces } = sight;
  pieces.forEach(({ starts, ends }, at) => {
    if (!mayBeHeardName(sight, at) || !isStrange(sight, at, lexicon)) return;
    if (lexicon.isOtherAlone(pieces[at]!.letters) || isSurelyNamedForSomebody(sight, at, lexicon)) return;
    const heard = candidates(at).byEar();
    findHeardSingle(heard, ofSingle, names, (name, word) => {
      // Of what somebody is called besides, a short word is much else, and so is what is only rather like it.
      const enough = ofAlias * heard.most;
      if (!names.isFirst(name) && (pieces[at]!.letters.length < longAlias || heard.as(word, enough) < enough))
        return;
      emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'sound' });
    });
  });
}

/** Written as a name, and long enough. */
export function mayBeHeardName(sight: Sight, at: number, least = shortest): boolean {
  const { letters, capital, capitals, native, measured } = sight.pieces[at]!;
  if (letters.length < least || native !== '' || sight.titles[at] || measured) return false;
  return (capital || capitals || sight.small) && !sight.everyday[at] && !sight.isWordAbroad(at);
}

/** An ordinary word that is written as a name, and is a part of one, or how one is written by ear: "Win" for Nguyen. */
export function isWordOfName(
  { pieces, capital, headline }: Sight,
  at: number,
  names: Names,
  lexicon: Lexicon,
): boolean {
  const { letters, capital: isWritten } = pieces[at]!;
  if (capital[at] && names.vocabulary.id(letters) !== -1) return true;
  return isWritten && !headline && isListed({ pieces }, at, names, lexicon);
}

/** How a name is known to be written by ear: "Rafe" for Ralph. */
function isListed({ pieces }: Pick<Sight, 'pieces'>, at: number, names: Names, lexicon: Lexicon): boolean {
  return lexicon.heardAs(pieces[at]!.letters).some((name) => names.vocabulary.id(name) !== -1);
}

/** No word, no given name and no family name that many bear: those are spelled as they are. */
export function isStrange({ plain, pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  return plain[at] === 'unknown' && !lexicon.isFamily(pieces[at]!.letters);
}
