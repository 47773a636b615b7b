import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Piece } from './reading.ts';

/** Words of names that a text gives in full ("MICHAEL TURNER enters. TURNER: We are late."), each with those that it stands beside. */
export type Companions = ReadonlyMap<string, ReadonlySet<string>>;

/** What is looked at of a text. */
interface Told {
  pieces: readonly Piece[];
  companions(): Companions;
}

/** Letters of a family name. */
const shortest = 3;

/** Letters before the apostrophe: "dell'Emma". */
const longestElided = 4;

/** Reads the names that a text gives in full: a given name and a word behind it, both with capitals. */
export function companionsOf(pieces: readonly Piece[], headline: boolean, lexicon: Lexicon): Companions {
  const found = new Map<string, Set<string>>();
  const put = (word: string, beside: string) => {
    const there = found.get(word) ?? new Set();
    found.set(word, there.add(beside));
  };
  for (let at = 1; at < pieces.length; at++) {
    const [given, family] = [pieces[at - 1]!, pieces[at]!];
    // "d'Emmanuel" begins with no capital.
    const name = given.stem > 0 && given.stem <= longestElided ? given.letters.slice(given.stem) : null;
    const isNamed = isCapital(given) || (name !== null && lexicon.isGiven(name));
    if (family.before !== 'space' || !isNamed || !isCapital(family)) continue;
    const letters = family.possessive ? family.letters.slice(0, -1) : family.letters;
    if (letters.length < shortest || !lexicon.isGiven(name ?? given.letters) || lexicon.isTitle(letters))
      continue;
    // "Don Roe" is a Mr Roe.
    if (lexicon.isAddress(given.letters)) continue;
    // Where everything has a capital, "HARRY ENTERS" is no name.
    if (headline && lexicon.plainness(letters) === 'common') continue;
    for (const beside of name === null ? [given.letters] : [name, given.letters]) {
      put(beside, letters);
      put(letters, beside);
    }
  }
  return found;
}

function isCapital({ capital, capitals }: Piece): boolean {
  return capital || capitals;
}

/** Whether a word stands in a name that the text gives in full. */
export function isGivenInFull({ pieces, companions }: Told, at: number): boolean {
  const beside = companions().get(pieces[at]!.letters);
  return [at - 1, at + 1].some((other) => beside?.has(pieces[other]?.letters ?? ''));
}

/** Whether the text says itself whose name it is: "DENNIS JOHNSON" makes "JOHNSON" no Dwayne Johnson. */
export function isSomebodyElse(
  { companions }: Told,
  said: string,
  form: string,
  name: number,
  names: Names,
  lexicon: Lexicon,
): boolean {
  const beside = companions().get(said) ?? companions().get(form);
  if (beside === undefined) return false;
  const own = names.wordsOf(name);
  const forms = new Set([...own, ...own.flatMap((word) => lexicon.nicknames(word))]);
  return [...beside].every((word) => !forms.has(word));
}
