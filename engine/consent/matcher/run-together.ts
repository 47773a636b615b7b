import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { ordersOf, wholes } from './orders.ts';
import { isEveryday, type Sight } from './sight.ts';
import { skeletonHash } from './skeleton.ts';

const shortest = 6;
const longest = 60;
/** What it takes to cut a word, in units of `Effort`. */
const perLetter = 20;

/** Finds names inside a word in which several were run together ("portraitofjaneroe", "janeroefinal"): what is left on both sides must be made
 * of words, so that "joannleeds" has no Ann Lee. */
export function findRunTogether(sight: Sight, names: Names, lexicon: Lexicon, emit: Emit): void {
  sight.pieces.forEach((piece, at) => {
    const { letters, starts, ends } = piece;
    if (sight.plain[at] !== 'unknown' || letters.length <= shortest || letters.length > longest) return;
    if (sight.reading.syllables || piece.script === 'cjk') return;
    names.spend(perLetter * letters.length);
    const before = splits(letters, lexicon);
    const after = splits(reversed(letters), lexicon, true);
    for (let from = 0; from + shortest <= letters.length; from++) {
      if (!before[from]) continue;
      for (let to = from + shortest; to <= letters.length; to++) {
        if (!after[letters.length - to] || to - from === letters.length) continue;
        const said = letters.slice(from, to);
        const hash = skeletonHash(said);
        for (let entry = names.whole.first(hash); entry !== -1; entry = names.whole.next(entry)) {
          const name = names.whole.value(entry);
          // Nobody writes the syllables of another script into a word of ours.
          if (!names.isAlive(name) || names.lengthOf(name) < 2 || names.nativeOf(name) !== undefined)
            continue;
          const words = names.wordsOf(name);
          const form = wholes(words).indexOf(said);
          if (form === -1 && !piece.odd) continue;
          const plainName = words.every((word) => isEveryday(lexicon.plainness(word)));
          emit({
            start: starts[from]!,
            end: ends[to - 1]!,
            name,
            verdict: plainName || (form !== -1 && ordersOf(words)[form]![0] !== 0) ? 'review' : 'block',
            how: 'run together',
          });
        }
      }
    }
  });
}

const shortWords = new Set(
  'a i of in on at to by is my me we he no go up as it an or so do vs hd tv ad ai am pm id v x mr ms dr jr la ny uk us xo tt yt ig mrs nyc vfx usa gif jpg png mp'.split(
    ' ',
  ),
);

/** For each place of a word whether what stands before it can be cut into words; of a reversed word, with `mirrored`. */
function splits(letters: string, lexicon: Lexicon, mirrored = false): boolean[] {
  const cut = [true];
  for (let to = 1; to <= letters.length; to++) {
    cut[to] = false;
    for (let from = Math.max(0, to - 14); from < to && !cut[to]; from++) {
      if (!cut[from]) continue;
      const part = letters.slice(from, to);
      const word = mirrored ? reversed(part) : part;
      cut[to] = shortWords.has(word) || (word.length > 2 && isEveryday(lexicon.plainness(word)));
    }
  }
  return cut;
}

function reversed(letters: string): string {
  return [...letters].reverse().join('');
}
