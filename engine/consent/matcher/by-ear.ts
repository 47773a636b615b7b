import type { Candidates } from './candidates.ts';
import { leastByEar } from './enough.ts';
import { hear } from './heard.ts';
import { findHeard } from './heard-pairs.ts';
import { findHeardSingle } from './heard-single.ts';
import type { Emit } from './hit.ts';
import { asWritten } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** Letters of a word that is heard, and of a part of one. */
const shortest = 3;
const shortestPart = 2;

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
  if (![first, last].every((at) => mayBeHeardName(sight, at))) return;
  if (![first, last].some((at) => isStrange(sight, at, lexicon))) return;
  findHeard(a.byEar(), b.byEar(), leastByEar(names.size), names, tell);
}

/** What it takes more to hear two pieces as one word, in nats. */
const joining = 2;

/** Letters of such a word. */
const shortestJoined = 6;

/** The same where a word of the name was written as two: "Arnold Shwortsa Negger", "Dee Kaprio, Leonardo". */
export function findJoinedByEar(
  sight: Sight,
  first: number,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  tell: (name: number, last: number) => void,
): void {
  const last = first + 2;
  const places = [first, first + 1, last];
  if (last >= sight.pieces.length || sight.pieces[last]!.before !== 'space') return;
  if (!places.every((at) => mayBeHeardName(sight, at, shortestPart))) return;
  const least = leastByEar(names.size) + joining;
  for (const [a, b, alone] of [
    [first + 1, last, first],
    [first, first + 1, last],
  ] as const) {
    const letters = sight.pieces[a]!.letters + sight.pieces[b]!.letters;
    if (letters.length < shortestJoined || sight.pieces[alone]!.letters.length < shortest) continue;
    if (![a, b].some((at) => isStrange(sight, at, lexicon))) continue;
    const [one, other] = [candidates(alone).byEar(), hear(asWritten([letters]), names, lexicon)];
    if (alone === first) findHeard(one, other, least, names, (name) => tell(name, last));
    else findHeard(other, one, least, names, (name) => tell(name, last));
  }
}

/** How much of what the word could come to. */
const ofSingle = 0.62;

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
    findHeardSingle(candidates(at).byEar(), ofSingle, names, (name) =>
      emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'sound' }),
    );
  });
}

/** Written as a name, and long enough. */
function mayBeHeardName(
  { pieces, everyday, titles, headline, small }: Sight,
  at: number,
  least = shortest,
): boolean {
  const { letters, capital, capitals, native, measured } = pieces[at]!;
  if (letters.length < least || native !== '' || titles[at] || measured) return false;
  return (capital || (capitals && !headline) || small) && !everyday[at];
}

/** No word, no given name and no family name that many bear: those are spelled as they are. */
function isStrange({ plain, pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  return plain[at] === 'unknown' && !lexicon.isFamily(pieces[at]!.letters);
}
