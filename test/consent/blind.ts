import { readFileSync } from 'node:fs';
import type { PersonNames } from '../../engine/consent/matcher/port.ts';

/** A prompt that hides a name, and in which way. */
export interface Hidden {
  way: string;
  /** As they are registered. */
  name: string;
  prompt: string;
}

/** Corpora whose writers saw neither the matcher, nor its words, nor any test, nor each other; and what was found of whole names and of their parts when each came, in percent, before it was looked into. */
export const corpora = {
  first: { whole: 89.5, part: 77 },
  second: { whole: 94.5, part: 85.5 },
  third: { whole: 91.8, part: 86.1 },
  fourth: { whole: 94.8, part: 97.9 },
  fifth: { whole: 98.9, part: 100 },
  sixth: { whole: 98.3, part: 98.8 },
  seventh: { whole: 99.5, part: 100 },
  eighth: { whole: 96.7, part: 95 },
  ninth: { whole: 96.6, part: 93.8 },
  // Of the ways that the others found hardest, and of nothing harmless.
  tenth: { whole: 85.3, part: null },
  eleventh: { whole: 97.5, part: 83.8 },
  twelfth: { whole: 98, part: 82.5 },
  // With a register of its own: kinds, aliases, and what public figures are known for.
  thirteenth: { whole: 98.9, part: 91.3 },
  // The same, by two writers, and of nothing harmless.
  fourteenth: { whole: 98.1, part: 88.8 },
  // These too by two writers, and a third one of what is harmless.
  fifteenth: { whole: 98.1, part: 95 },
  sixteenth: { whole: 99.1, part: 97.5 },
  seventeenth: { whole: 96.9, part: 93.8 },
  // Of nothing harmless.
  eighteenth: { whole: 99.2, part: 96.3 },
  nineteenth: { whole: 99.1, part: 96.3 },
} as const;

export type Corpus = keyof typeof corpora;

/** Prompts in which somebody is hidden (`blind/hidden-first.tsv`: the way, the name, the prompt). */
export function hiddenPrompts(corpus: Corpus): Hidden[] {
  return linesOf(`hidden-${corpus}.tsv`).map((line) => {
    const [way, name, prompt] = line.split('\t') as [string, string, string];
    return { way, name, prompt: prompt.replaceAll('\\n', '\n') };
  });
}

/** Names as Arabic, Hebrew, Japanese and Chinese write them, in a prompt of that language (`blind/scripts.tsv`). */
export function hiddenInScripts(): Hidden[] {
  return linesOf('scripts.tsv').map((line) => {
    const [language, name, , prompt] = line.split('\t') as [keyof typeof languages, string, string, string];
    return { way: languages[language], name, prompt };
  });
}

const languages = { ar: 'Arabic', he: 'Hebrew', ja: 'Japanese', zh: 'Chinese' };

/** Prompts that name nobody, in seventeen languages. */
export function blindHarmless(corpus: Corpus): string[] {
  return /^(?:tenth|fourteenth|eighteenth)$/.test(corpus) ? [] : linesOf(`harmless-${corpus}.txt`);
}

/** Those people who do not come with the program: of them nothing is registered but the name, if the corpus has no register. */
export function strangers(
  hidden: readonly Hidden[],
  known: readonly PersonNames[],
  corpus?: Corpus,
): PersonNames[] {
  const names = new Set(known.flatMap((person) => person.names.map((name) => name.toLowerCase())));
  const register = corpus && registered.has(corpus) ? registerOf(corpus) : new Map<string, PersonNames>();
  return [...new Set(hidden.map(({ name }) => name))]
    .filter((name) => !names.has(name.toLowerCase()))
    .map((name) => register.get(name) ?? { id: name, names: [name], kind: 'private' });
}

const registered: ReadonlySet<Corpus> = new Set([
  ...(['thirteenth', 'fourteenth', 'fifteenth', 'sixteenth'] as const),
  ...(['seventeenth', 'eighteenth', 'nineteenth'] as const),
]);

/** `blind/people-thirteenth.tsv`: name, kind, what a public figure is known for, aliases. */
function registerOf(corpus: Corpus): Map<string, PersonNames> {
  const parts = (cell: string | undefined, by: string) =>
    (cell ?? '')
      .split(by)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return new Map(
    linesOf(`people-${corpus}.tsv`).map((line) => {
      const [name, kind, context, aliases] = line.split('\t') as [
        string,
        PersonNames['kind'],
        string?,
        string?,
      ];
      return [name, { id: name, kind, names: [name, ...parts(aliases, '|')], context: parts(context, ',') }];
    }),
  );
}

function linesOf(file: string): string[] {
  return readFileSync(new URL(`./blind/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
}
