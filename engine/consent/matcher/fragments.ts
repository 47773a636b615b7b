import type { Emit } from './hit.ts';
import type { Names } from './names.ts';
import { eachOfPair } from './nicknames.ts';
import type { Sight } from './sight.ts';

/** What is said between parts of a word that is told part by part: "Jo, then die", "ba and then tunde". */
const between =
  /^(?:then|and|add|plus|next|comes?|space|dash|hyphen|dot|pause|breath|beat|followed|by|with|joined|to|the|syllables?)$/;

/** How many such words stand between two parts at most. */
const mostBetween = 3;

/** Parts of a word, and of one that is told letter by letter; its letters. */
const mostParts = 4;
const mostLetters = 16;
const shortest = 4;

/** How many words behind the one the other stands. */
const farthest = 10;

/** A word of a name that is put together of parts. */
interface Told {
  word: number;
  from: number;
  to: number;
}

/** Finds names of which a word is told in parts, with something said between: "Jo, then die, then Fos, then ter", "Ka + vitha Roe". */
export function findFragments(sight: Sight, text: string, names: Names, emit: Emit): void {
  const { pieces, reading } = sight;
  if (reading.syllables || reading.disguise) return;
  names.spend(mostParts * pieces.length);
  const told = pieces.flatMap((_, from) => toldFrom(sight, from, text, names));
  if (told.length === 0) return;
  const whole = pieces.flatMap(({ letters }, at) => {
    const word = letters.length < shortest ? -1 : names.vocabulary.id(letters);
    return word === -1 ? [] : [{ word, from: at, to: at }];
  });
  for (const one of told) {
    names.spend(told.length + whole.length);
    for (const other of [...told, ...whole]) {
      const [a, b] = one.from < other.from ? [one, other] : [other, one];
      if (b.from <= a.to || b.from - a.to > farthest) continue;
      eachOfPair(names, a.word, b.word, (name, _, full) => {
        const [start, end] = [pieces[a.from]!.starts[0]!, pieces[b.to]!.ends.at(-1)!];
        if (full) emit({ start, end, name, verdict: 'review', how: 'split' });
      });
    }
  }
}

/** The words of names that begin with a part, each with something between its parts. */
function toldFrom(sight: Sight, from: number, text: string, names: Names): Told[] {
  const { pieces } = sight;
  const found: Told[] = [];
  let { letters } = pieces[from]!;
  if (between.test(letters)) return found;
  let [parts, isParted, isSpelled] = [1, false, letters.length === 1];
  for (let at = from; parts < (isSpelled ? mostLetters : mostParts); parts++) {
    let next = at + 1;
    while (
      next - at <= mostBetween &&
      (between.test(pieces[next]?.letters ?? '') || isAside(sight, next, text))
    )
      next++;
    const part = pieces[next];
    if (part === undefined || part.before === 'stop' || part.native !== '') break;
    isParted ||= next > at + 1 || part.before === 'joint';
    isSpelled &&= part.letters.length === 1;
    letters += part.letters;
    if (letters.length > mostLetters) break;
    const word = isParted && letters.length >= shortest ? names.vocabulary.id(letters) : -1;
    if (word !== -1) found.push({ word, from, to: next });
    at = next;
  }
  return found;
}

/** A word in brackets: "Ka (thunder) vitha". */
function isAside({ pieces }: Sight, at: number, text: string): boolean {
  const piece = pieces[at];
  return (
    piece !== undefined &&
    /[([*]/.test(text[piece.starts[0]! - 1] ?? '') &&
    /[)\]*]/.test(text[piece.ends.at(-1)!] ?? '')
  );
}
