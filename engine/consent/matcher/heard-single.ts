import { leastAlone } from './enough.ts';
import type { Heard } from './heard.ts';
import type { Names } from './names.ts';
import { impossible } from './transliteration.ts';

/** Tells of the public figures of one name that a word is as it is heard: `share` of what it can come to must speak for it, 0 to 1. */
export function findHeardSingle(
  heard: Heard,
  share: number,
  names: Names,
  tell: (name: number, word: number) => void,
): void {
  const enough = Math.max(leastAlone(names.size), share * heard.most);
  for (const [classes, , most] of heard.classes()) {
    if (most < leastAlone(names.size)) continue;
    for (let entry = names.foreign.first(classes); entry !== -1; entry = names.foreign.next(entry)) {
      const [name, word] = [names.foreign.value(entry), names.foreign.note(entry, 0)];
      if (names.classesOf(word) !== classes || names.lengthOf(name) > 1) continue;
      if (heard.as(word, enough) === impossible) continue;
      if (names.isAlive(name) && names.isPublic(name)) tell(name, word);
    }
  }
}
