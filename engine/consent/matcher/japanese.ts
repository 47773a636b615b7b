import { charactersOf } from './foreign-pairs.ts';
import { meantBy } from './heard.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { eachOfPair } from './nicknames.ts';
import type { Sight } from './sight.ts';

/** Characters of a family name or a given name, and ways to read them that are tried; what each takes, in units of `Effort`. */
const longest = 4;
const mostWays = 200;
const perWay = 2;

const han = /^\p{Script=Han}+$/u;
const kana = /^[ぁ-ヶー]{2,}$/u;

/** Finds names that Japanese writes family name first with no space, among other words too: 榊原義信が, 星川みどり. Each part is in the dictionary, or its characters are read so in names. */
export function findJapanese(sight: Sight, at: number, names: Names, lexicon: Lexicon, emit: Emit): void {
  const piece = sight.pieces[at]!;
  if (sight.reading.disguise || piece.odd || !/\p{Script=Han}/u.test(piece.native)) return;
  const next = sight.pieces[at + 1];
  // Where katakana begins another piece begins.
  const behind = next?.before === 'camel' && next.signs === 'katakana' ? next : null;
  const signs = [...piece.native, ...(behind?.native ?? '')];
  const { starts, ends } = charactersOf(piece);
  // Some signs have no letters of ours.
  const isPlaced = starts.length === signs.length;
  const known = new Map<string, readonly number[]>();
  const wordsOf = (from: number, to: number): readonly number[] => {
    const part = signs.slice(from, to).join('');
    const words = known.get(part) ?? wordsSaid(part, names, lexicon);
    known.set(part, words);
    return words;
  };
  for (let from = 0; from + 1 < signs.length; from++)
    for (let middle = from + 1; middle <= Math.min(from + longest, signs.length - 1); middle++) {
      const family = wordsOf(from, middle);
      if (family.length === 0) continue;
      for (let to = middle + 1; to <= Math.min(middle + longest, signs.length); to++)
        for (const x of family)
          for (const y of wordsOf(middle, to))
            eachOfPair(names, x, y, (name, _, full) => {
              const place = isPlaced
                ? { start: starts[from]!, end: ends[to - 1]! }
                : { start: piece.starts[0]!, end: (behind ?? piece).ends.at(-1)! };
              if (full) emit({ ...place, name, verdict: 'review', how: 'sound' });
            });
    }
}

/** The words of names that a part of a text says. */
function wordsSaid(part: string, names: Names, lexicon: Lexicon): number[] {
  names.spend(perWay);
  const isHan = han.test(part);
  if (!isHan && !kana.test(part)) return [];
  const found = new Set(meantBy([part], names, lexicon));
  // A single character is read in many ways, and is a word besides.
  if (isHan && [...part].length > 1)
    for (const reading of readingsOf(part, names, lexicon)) {
      const word = names.vocabulary.id(reading);
      if (word !== -1) found.add(word);
    }
  return [...found];
}

/** All ways to read some characters in names, one behind the other; none where one is not known. */
function readingsOf(part: string, names: Names, lexicon: Lexicon): string[] {
  let found = [''];
  for (const sign of part) {
    const own = lexicon.abroad().readingsOf(sign);
    const next = found[0] === '' ? own : own.flatMap((reading) => [reading, ...voiced(reading)]);
    found = found.flatMap((before) => next.map((reading) => before + reading)).slice(0, mostWays);
  }
  names.spend(perWay * found.length);
  return found;
}

/** How a character may begin behind another: 川 is kawa, and gawa in 小川. */
const behind: Readonly<Record<string, string>> = { k: 'g', s: 'z', t: 'd', h: 'b', f: 'b' };

function voiced(reading: string): string[] {
  const sound = behind[reading[0]!];
  return sound === undefined || reading.startsWith('sh') ? [] : [sound + reading.slice(1)];
}
