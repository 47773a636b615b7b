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
import { isListed, isStrange, isWrittenAsName, standingOf } from './standing.ts';

/** What more it takes to hear an ordinary word, in nats, and how much of what each word could come to must speak for the name then. */
export const common = 4;
export const beWord = 0.55;

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
  const places = [first, last];
  // "Layang-layang" is many of them.
  const [one, other] = [sight.pieces[first]!, sight.pieces[last]!];
  if (one.letters === other.letters && other.before === 'joint') return;
  const standings = places.map((at) => standingOf(sight, at, names, lexicon));
  const areNames = standings.every((standing) => standing === 'name');
  // As they stand, "Roe-Hart" is found as it is.
  if (standings.includes('none') || (!areNames && [a, b].every(({ exact }) => exact.length > 0))) return;
  const isNear = Math.abs(last - first) === 1;
  const word = standings.indexOf('word');
  if (word !== -1) {
    const isBesideStrange = standings[1 - word] === 'name' && isStrange(sight, places[1 - word]!, lexicon);
    if (isNear && names.areFew && isBesideStrange)
      findHeard(a.byEar(), b.byEar(), leastByEar(names.size) + common, names, tell, { share: beWord });
  } else if (places.some((at) => isStrange(sight, at, lexicon) || isListed(sight, at, names, lexicon)))
    findHeard(a.byEar(), b.byEar(), leastByEar(names.size), names, tell, { mayEase: isNear && areNames });
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
    !isWrittenAsName(sight, family) ||
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
    if (!isWrittenAsName(sight, at) || !isStrange(sight, at, lexicon)) return;
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
