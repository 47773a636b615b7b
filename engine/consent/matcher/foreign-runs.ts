import { isHeard, leastEvidence, unsurestAmong } from './enough.ts';
import { charactersOf } from './foreign-pairs.ts';
import { type Heard, hear, meantBy } from './heard.ts';
import type { Emit } from './hit.ts';
import { asWritten, uninflected } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** Characters of a word that stands first at most, and of one behind it; behind a single one of Chinese, like 朴, come two. */
const longest = 7;
const behindOne = 2;

/** How much of what these two can come to must speak for a name: of single characters there are few, and in Chinese most are words. */
const ofTwo = 0.5;
const ofTwoInChinese = 0.6;

/** Finds names in scripts that need no space, written without the dot between their words: トムクルーズ, 汤姆克鲁斯, 톰크루즈, 朴槿惠. Where the first word ends only the dictionary says. */
export function findForeignRun(sight: Sight, at: number, names: Names, lexicon: Lexicon, emit: Emit): void {
  const { native, signs, script, starts, ends, odd } = sight.pieces[at]!;
  const places = charactersOf(sight.pieces[at]!);
  if ((signs !== 'katakana' && script !== 'cjk') || odd || sight.reading.disguise || sight.everyday[at])
    return;
  const characters = [...native];
  const placeOf = (from: number, to: number, next: string) =>
    signs === 'han'
      ? { start: places.starts[from]!, end: places.ends[to + [...next].length - 1]! }
      : { start: starts[0]!, end: ends.at(-1)! };
  const text = (from: number, to: number) => characters.slice(from, to).join('');
  // Chinese has no spaces at all; the others begin a word with the name.
  const last = signs === 'han' ? characters.length - 2 : 0;
  const shortest = signs === 'katakana' ? 2 : 1;
  const least = leastEvidence(sight, at, at, names.size);
  const unsurest = unsurestAmong(names.size);
  /** What stands behind a place is heard once, however often it is written. */
  const heard = new Map<string, Heard>();
  const hearBehind = (behind: readonly string[]) => {
    const all = behind.at(-1)!;
    const known =
      heard.get(all) ?? hear(signs === 'han' ? asWritten(behind) : uninflected(all), names, lexicon);
    heard.set(all, known);
    return known;
  };
  for (let from = 0; from <= last; from++)
    for (let to = Math.min(from + longest, characters.length - 1); to >= from + shortest; to--) {
      const meant = meantBy([text(from, to)], names, lexicon);
      if (meant.length === 0) continue;
      const first = hear(asWritten([text(from, to)]), names, lexicon, true);
      const farthest = Math.min(
        to + (signs === 'han' && to === from + 1 ? behindOne : longest),
        characters.length,
      );
      const behind = Array.from({ length: farthest - to }, (_, more) => text(to, to + more + 1));
      const other = hearBehind(behind);
      for (const word of meant)
        for (const [classes, unsure] of other.classes()) {
          if (unsure > unsurest) break;
          const hash = hashOfPair(names.classesOf(word), classes);
          for (let entry = names.foreign.first(hash); entry !== -1; entry = names.foreign.next(entry)) {
            const name = names.foreign.value(entry);
            const next = names.isAlive(name) ? besides(name, word, names) : null;
            const share = signs === 'han' ? ofTwoInChinese : ofTwo;
            const sure = to === from + 1 ? share * other.most : 0;
            if (next !== null && isHeard(first, word, other, next, Math.max(least, first.most + sure)))
              emit({ ...placeOf(from, to, other.formOf(next)), name, verdict: 'review', how: 'sound' });
          }
        }
    }
}

/** The other word of a name's first and last. */
function besides(name: number, word: number, names: Names): number | null {
  const [first, last] = [names.wordOf(name, 0), names.wordOf(name, names.lastAt(name))];
  if (first === word) return last;
  return last === word ? first : null;
}
