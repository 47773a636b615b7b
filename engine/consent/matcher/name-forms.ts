import type { Placed } from './glyphs.ts';
import type { Lexicon } from './lexicon.ts';
import { type Piece, type Reading, wordsOfName } from './reading.ts';

/** One way in which a name is written, as words of a to z. */
export interface NameForm {
  words: readonly string[];
  /** Words are compared one by one; else all letters only. */
  compared: boolean;
  /** Its words are what another script writes in Latin letters, vowels and all. */
  spelled: boolean;
  /** As it is written in a script without spaces. */
  native?: string;
  /** Only said as a whole. */
  isEpithet?: boolean;
}

/** A letter of ours. */
export const latin = /\p{Script=Latin}/u;

const numerals =
  /^(?:jr|sr|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii|xiii|xiv|xv|xvi|junior|senior|phd|md|obe|mbe|cbe)$/;

/** The ways in which a name is written: without titles and generations where enough is left, with and without particles, with umlauts in two letters. */
export function nameForms(name: string, glyphs: (text: string) => Placed[], lexicon: Lexicon): NameForm[] {
  // Most names of a large register.
  if (/^[A-Z][a-z]{2,} [A-Z][a-z]{2,}$/.test(name))
    return [{ words: name.toLowerCase().split(' '), compared: true, spelled: true }];
  const forms: NameForm[] = [];
  for (const spelling of spellings(inOrder(name)))
    for (const reading of wordsOfName(glyphs(spelling))) forms.push(...formsOf(reading, name, lexicon));
  // How it is written without spaces tells it from what only sounds so.
  forms.sort((a, b) => Number(b.native !== undefined) - Number(a.native !== undefined));
  const seen = new Set<string>();
  return forms.filter(({ words, compared }) => {
    const key = `${compared} ${words.join(' ')}`;
    if (words.length === 0 || words.join('').length < 2 || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function formsOf({ pieces, syllables }: Reading, name: string, lexicon: Lexicon): NameForm[] {
  const all = pieces.map((piece) => piece.letters);
  if (syllables) return [{ words: all, compared: false, spelled: false, native: nativeText(name) }];
  const words = stripped(all, lexicon);
  const core = words.filter((word, at) => at === 0 || at === words.length - 1 || !lexicon.isParticle(word));
  const joined = words.length > 2 ? joinedParticles(words, lexicon) : words;
  const lists = [core, words, joined, ...hyphenated(pieces, words)];
  const spelled = pieces.every(({ script, abjad, signs }) => script !== 'cjk' && !abjad && signs === null);
  // "The Rockies" are no misspelled "The Rock".
  const isEpithet = words[0] === 'the';
  return lists.map((list, at) => ({
    words: list,
    spelled,
    compared: !isEpithet && (at !== 1 || list.length === core.length),
  }));
}

/** “Jean-Paul” as “jeanpaul”, which scripts without hyphens write. */
function hyphenated(pieces: readonly Piece[], words: readonly string[]): string[][] {
  if (words.length !== pieces.length || words.length < 3 || !pieces.some(({ before }) => before === 'joint'))
    return [];
  const joined: string[] = [];
  pieces.forEach(({ before, letters }, at) => {
    if (before === 'joint' && at > 0) joined.push(joined.pop()! + letters);
    else joined.push(letters);
  });
  return [joined];
}

/** How a text writes a name of a script without spaces, so that homophones are told apart. */
export function nativeText(text: string): string {
  return text.normalize('NFKC').replace(/[\s·・‧•.]|\p{Cf}/gu, '');
}

/** "Roe, Jane" is said the other way round. */
function inOrder(name: string): string {
  const [family, given, ...more] = name.split(/[,،，]/).map((part) => part.trim());
  return given && more.length === 0 && !numerals.test(given.toLowerCase().replace('.', ''))
    ? `${given} ${family}`
    : name.replace(/["“”«»][^"“”«»]*["“”«»]/g, ' ');
}

/** Ä is written ae where there is no ä, and a elsewhere; DiCaprio is also Di Caprio. */
function spellings(name: string): string[] {
  const inTwo = name
    .normalize('NFC')
    .replace(/[äæ]/gi, 'ae')
    .replace(/[öøœ]/gi, 'oe')
    .replace(/ü/gi, 'ue')
    .replace(/å/gi, 'aa');
  const apart = name.replace(/\b([Dd][eiu]|Da|Del|L[ae]|V[ao]n)(?=\p{Lu})/gu, '$1 ');
  return [...new Set([name, inTwo, apart])];
}

function stripped(all: readonly string[], lexicon: Lexicon): string[] {
  const words = [...all];
  while (words.length > 2 && numerals.test(words.at(-1)!)) words.pop();
  // “King of Pop” is no title and a name.
  while (words.length > 2 && lexicon.isTitle(words[0]!) && !/^(?:of|the)$/.test(words[1]!)) words.shift();
  return words;
}

/** "de niro" as "deniro". */
function joinedParticles(words: readonly string[], lexicon: Lexicon): string[] {
  const joined: string[] = [];
  let held = '';
  words.forEach((word, at) => {
    if (at > 0 && at < words.length - 1 && lexicon.isParticle(word)) held += word;
    else {
      joined.push(held + word);
      held = '';
    }
  });
  return joined;
}
