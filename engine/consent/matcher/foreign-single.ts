import type { Candidates } from './candidates.ts';
import { leastAlone } from './enough.ts';
import { isForeign } from './foreign-pairs.ts';
import type { Emit } from './hit.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { impossible } from './transliteration.ts';

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
  const heard = candidates.foreign();
  // Where nothing says that it is a name, only the dictionary does.
  const told = capital || capitals || signs === 'katakana';
  const least = leastAlone(names.size);
  for (const [classes] of heard.classes())
    for (let entry = names.foreign.first(classes); entry !== -1; entry = names.foreign.next(entry)) {
      const name = names.foreign.value(entry);
      if (!names.isAlive(name) || !names.isPublic(name) || names.lengthOf(name) > 1) continue;
      if (!told && !heard.isListed(names.wordOf(name, 0))) continue;
      if (heard.as(names.wordOf(name, 0), Math.max(least, ofSingle * heard.most)) !== impossible)
        emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'sound' });
    }
}
