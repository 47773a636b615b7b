import type { Candidates } from './candidates.ts';
import { leastByEar } from './enough.ts';
import type { Heard } from './heard.ts';
import { findHeard } from './heard-pairs.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { isStrange, standingOf } from './standing.ts';
import { impossible } from './transliteration.ts';

/** How much of what each of three words could come to must speak for the name, 0 to 1. */
const ofThree = 0.45;

/** Adds names of three words of which each was written by ear: "Zhwow Gillyermy Falkow". */
export function findThreeByEar(
  sight: Sight,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  if (sight.reading.syllables || !names.areFew) return;
  const { pieces } = sight;
  for (let first = 0; first + 2 < pieces.length; first++) {
    if (!mayBeThree(sight, first, names, lexicon)) continue;
    const [a, b, c] = [0, 1, 2].map((away) => candidates(first + away).byEar()) as [Heard, Heard, Heard];
    findHeard(
      a,
      c,
      leastByEar(names.size),
      names,
      (name) => {
        const last = names.lastAt(name);
        for (let at = 1; at < last; at++)
          if (b.as(names.wordOf(name, at), ofThree * b.most) !== impossible)
            emit({
              start: pieces[first]!.starts[0]!,
              end: pieces[first + 2]!.ends.at(-1)!,
              name,
              verdict: 'review',
              how: 'sound',
            });
      },
      { share: ofThree },
    );
  }
}

/** Whether three words stand together of which two are written as names, one of them is no word, and the third may be any. */
function mayBeThree(sight: Sight, first: number, names: Names, lexicon: Lexicon): boolean {
  const places = [first, first + 1, first + 2];
  if (places.some((at) => at > first && !/^(?:space|joint)$/.test(sight.pieces[at]!.before))) return false;
  const standings = places.map((at) => standingOf(sight, at, names, lexicon));
  const isName = (at: number) => /^(?:name|part)$/.test(standings[at - first]!);
  return (
    !standings.includes('none') &&
    places.filter(isName).length > 1 &&
    places.some((at) => isStrange(sight, at, lexicon))
  );
}
