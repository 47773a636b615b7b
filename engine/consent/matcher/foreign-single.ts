import type { Candidates } from './candidates.ts';
import { isForeign } from './foreign-pairs.ts';
import { findHeardSingle } from './heard-single.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** How much of what the word could come to. */
const ofSingle = 0.6;

/** Finds public figures of one name, as another script writes it: Бейонсе. */
export function findForeignSingle(
  sight: Sight,
  at: number,
  names: Names,
  lexicon: Lexicon,
  candidates: Candidates,
  emit: Emit,
): void {
  const { starts, ends, capital, capitals, signs } = sight.pieces[at]!;
  if (!names.hasSingle || !isForeign(sight, at) || sight.everyday[at]) return;
  const heard = candidates.foreign();
  // Where nothing says that it is a name, only the dictionary does.
  const told = capital || capitals || signs === 'katakana';
  findHeardSingle(heard, ofSingle, names, (name, word) => {
    // "Маша" is many people, whoever is called Masha besides.
    if (!names.isFirst(name) && lexicon.isGiven(names.vocabulary.text(word))) return;
    if (told || heard.isListed(word))
      emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'sound' });
  });
}
