import type { Placed } from './glyphs.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOf } from './multi-map.ts';
import { type Piece, readings } from './reading.ts';

/** What a text says that may support a name of which only a part is there; hashes as `contextsOf` gives them. */
export interface TextContext {
  /** What only few are known for: a film, a team, a company. */
  specific: ReadonlySet<number>;
  /** Professions that are named. */
  nouns: ReadonlySet<number>;
  /** Professions of which something is told (a concert, a goal), and ordinary words. */
  doings: ReadonlySet<number>;
  /** Professions of which at least three things are told: a stage, a guitar and a concert. */
  busy: ReadonlySet<number>;
  /** Professions that are named at a piece, and other words that somebody is known for. */
  nounsAt: ReadonlyMap<number, ReadonlySet<number>>;
  wordsAt: ReadonlyMap<number, number>;
  /** All of it. */
  any: ReadonlySet<number>;
}

const articles = new Set(['the', 'a', 'an', 'of', 'and']);
const occupations = /^(?:driver|player|fighter|champion|coach|manager|star|captain)$/;
const muchTold = 3;
const mostWords = 4;

/** Letters before an apostrophe. */
const shortestStem = 4;

/** Hashes of what a person is known for: phrases, and the families of professions that their words belong to. */
export function contextsOf(
  phrases: readonly string[],
  glyphs: (text: string) => Placed[],
  lexicon: Lexicon,
): Set<number> {
  const hashes = new Set<number>();
  for (const phrase of phrases) {
    const words = lettersIn(readings(glyphs(phrase))[0]!.pieces);
    const roles = words.flatMap((word) => lexicon.roles(word));
    const nouns = roles.filter(({ noun }) => noun);
    for (const { family } of nouns.length > 0 ? nouns : roles) hashes.add(hashOf(`@${family}`));
    if (words.length === 0) continue;
    // A concert says only what a singer does; the Lakers are themselves too.
    if (words.length === 1 && (nouns.length > 0 || (roles.length > 0 && !isSpecific(words, lexicon))))
      continue;
    // "Formula One driver" is known for Formula One.
    if (words.length > 2 && occupations.test(words.at(-1)!))
      hashes.add(hashOf(`=${words.slice(0, -1).join(' ')}`));
    hashes.add(hashOf(`${isSpecific(words, lexicon) ? '=' : '~'}${words.join(' ')}`));
    // "The Chronicles of Narnia" are told by one word of it.
    if (words.length > 1)
      for (const word of words) if (isTelling(word, lexicon)) hashes.add(hashOf(`=${word}`));
  }
  return hashes;
}

/** What the pieces from one place to another say that may support a name. */
export function contextOf(
  all: readonly Piece[],
  lexicon: Lexicon,
  isContext: (hash: number) => boolean,
  [begin, end]: readonly [number, number] = [0, all.length],
): TextContext {
  const specific = new Set<number>();
  const nouns = new Set<number>();
  const doings = new Set<number>();
  const told = new Map<number, Set<string>>();
  const nounsAt = new Map<number, Set<number>>();
  const wordsAt = new Map<number, number>();
  const any = new Set<number>();
  const put = (kind: Set<number>, hash: number) => {
    if (!isContext(hash)) return false;
    kind.add(hash);
    any.add(hash);
    return true;
  };
  const putAt = (at: number, hash: number) => void nounsAt.set(at, (nounsAt.get(at) ?? new Set()).add(hash));
  for (let at = begin; at < end; at++) {
    const { letters } = all[at]!;
    for (const { family, noun } of lexicon.roles(letters)) {
      const hash = hashOf(`@${family}`);
      if (put(noun ? nouns : doings, hash) && noun) putAt(at, hash);
      if (!noun) told.set(hash, (told.get(hash) ?? new Set()).add(letters));
    }
    const hash = hashOf(`~${letters}`);
    if (isContext(hash)) wordsAt.set(at, hash);
  }
  const words = lettersIn(begin === 0 && end === all.length ? all : all.slice(begin, end));
  for (let from = 0; from < words.length; from++) {
    let phrase = '';
    for (let to = from; to < Math.min(words.length, from + mostWords); to++) {
      phrase += to === from ? words[to]! : ` ${words[to]!}`;
      put(specific, hashOf(`=${phrase}`));
      put(nouns, hashOf(`~${phrase}`));
      if (to === from) continue;
      for (const { family, noun } of lexicon.roles(phrase.replaceAll(' ', ''))) {
        const hash = hashOf(`@${family}`);
        put(noun ? nouns : doings, hash);
        if (!noun) told.set(hash, (told.get(hash) ?? new Set()).add(phrase));
      }
    }
  }
  const busy = new Set([...told].flatMap(([hash, { size }]) => (size >= muchTold ? [hash] : [])));
  return { specific, nouns, doings, busy, nounsAt, wordsAt, any };
}

function lettersIn(pieces: readonly Piece[]): string[] {
  return pieces
    .map(({ letters, possessive, stem }) => {
      // "İstanbul'da".
      if (stem >= shortestStem) return letters.slice(0, stem);
      return possessive ? letters.slice(0, -1) : letters;
    })
    .filter((word) => !articles.has(word));
}

function isSpecific(words: readonly string[], lexicon: Lexicon): boolean {
  if (words.length > 1) return true;
  const plainness = lexicon.plainness(words[0]!);
  return words[0]!.length > 2 && plainness !== 'common' && plainness !== 'known';
}

/** Letters of a word that says what a phrase says. */
const longWord = 5;

/** A word of no language that is known, and no name that others have. */
function isTelling(word: string, lexicon: Lexicon): boolean {
  const isName = lexicon.isGiven(word) || lexicon.isFamily(word) || lexicon.isFamilyAbroad(word);
  return (
    word.length >= longWord &&
    lexicon.plainness(word) === 'unknown' &&
    !isName &&
    !lexicon.abroad().isWord(word)
  );
}

/** Whether a phrase is in what somebody is called; “King of Clay” has a clay court left to be known for. */
export function isOwn(phrase: string, names: readonly string[]): boolean {
  return names.some((name) => name === phrase || (!name.includes(' of ') && name.includes(phrase)));
}
