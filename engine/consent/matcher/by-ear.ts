import type { Candidates } from './candidates.ts';
import { leastByEar } from './enough.ts';
import { findHeard } from './heard-pairs.ts';
import { findHeardSingle } from './heard-single.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { isNamedForSomebody } from './something-else.ts';

/** Letters of a word that is heard. */
export const shortest = 3;

/** Adds names that two words of our letters say, as somebody writes them who only heard them: "Sersha Ronan", "Voytsyekh Shchensny". What was learnt of other scripts says how names sound,
 * since those write them by ear. */
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
  if (!plain.every((at) => isWordOfName(sight, at, names))) return;
  if (![first, last].some((at) => isStrange(sight, at, lexicon))) return;
  findHeard(a.byEar(), b.byEar(), leastByEar(names.size), names, tell);
}

/** How much of what the word could come to. */
const ofSingle = 0.62;

/** Letters of what somebody is called besides their name. */
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
  sight.pieces.forEach(({ starts, ends }, at) => {
    if (!mayBeHeardName(sight, at) || !isStrange(sight, at, lexicon)) return;
    if (lexicon.isOtherAlone(sight.pieces[at]!.letters) || isNamedForSomebody(sight, at, lexicon)) return;
    findHeardSingle(candidates(at).byEar(), ofSingle, names, (name) => {
      // Of what somebody is called besides, a short word is much else.
      if (!names.isFirst(name) && sight.pieces[at]!.letters.length < longAlias) return;
      emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'sound' });
    });
  });
}

/** Written as a name, and long enough. */
export function mayBeHeardName(
  { pieces, everyday, titles, headline, small }: Sight,
  at: number,
  least = shortest,
): boolean {
  const { letters, capital, capitals, native, measured } = pieces[at]!;
  if (letters.length < least || native !== '' || titles[at] || measured) return false;
  return (capital || (capitals && !headline) || small) && !everyday[at];
}

/** An ordinary word that is written as a name, and is a part of one. */
export function isWordOfName({ pieces, capital }: Sight, at: number, names: Names): boolean {
  return capital[at]! && names.vocabulary.id(pieces[at]!.letters) !== -1;
}

/** No word, no given name and no family name that many bear: those are spelled as they are. */
export function isStrange({ plain, pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  return plain[at] === 'unknown' && !lexicon.isFamily(pieces[at]!.letters);
}
