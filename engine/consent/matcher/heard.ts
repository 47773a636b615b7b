import type { Forms } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { isAbjad, modelsFor, unitsOf } from './scripts.ts';
import { listen, strange } from './spoken.ts';
import { impossible } from './transliteration.ts';

/** What it takes, in units of `Effort`: to hear a word, to take a form of one apart, and to read it in consonants. */
export const perSound = 80;
const perForm = 150;
const perReading = 700;

/** A word of another script as names are compared with it. */
export interface Heard {
  /** Consonants that it may be (`Classes`), the likeliest first, and how much less likely each is, in nats. */
  classes(): readonly (readonly [classes: number, unsure: number])[];
  /** How much likelier it is written for a word of a name than by chance, in nats; minus infinity where that is less than `least`, or little of what it could
   * come to. */
  as(word: number, least: number): number;
  /** The form of it that says a word of a name most. */
  formOf(word: number): string;
  /** What it can come to. */
  most: number;
}

/** Words of names that a word of another script is, by the dictionary. */
export function meantBy(forms: readonly string[], names: Names, lexicon: Lexicon): number[] {
  const found = new Set<number>();
  for (const form of forms)
    for (const name of lexicon.abroad().namesOf(form)) {
      const id = names.vocabulary.id(name);
      if (id !== -1) found.add(id);
    }
  return [...found];
}

/** How much of what a word can come to must speak for a name, 0 to 1: of a long word some letters fit most names. Less where vowels are written by some languages alone, as by Persian and
 * Yiddish. */
const share = 0.4;
const shareWithoutVowels = 0.25;

/** What being in the dictionary says more than being likely. */
const known = 3;

/** Hears what may be a word of a name; where it is `onlyListed` nothing but what the dictionary says. */
export function hear({ said, listed }: Forms, names: Names, lexicon: Lexicon, onlyListed = false): Heard {
  names.spend(perForm * said.length);
  const meant = meantBy(listed, names, lexicon);
  const { models } = lexicon.abroad();
  const spoken = said.flatMap((form) =>
    modelsFor(form).map((script) => ({ form, ...listen(models[script], unitsOf(script, form)) })),
  );
  const most = Math.max(...spoken.map((each) => each.most));
  const heard = onlyListed ? [] : spoken;
  const evidence = new Map<number, { found: number; least: number }>(
    meant.map((word) => [word, { found: most + known, least: 0 }]),
  );
  let classes: [number, number][] | undefined;
  return {
    most: meant.length === 0 ? most : most + known,
    classes() {
      if (classes) return classes;
      names.spend(perReading * heard.length);
      const found = new Map<number, number>(meant.map((word) => [names.classesOf(word), 0]));
      for (const [one, unsure] of heard.flatMap((each) => each.classes()))
        found.set(one, Math.min(unsure, found.get(one) ?? unsure));
      classes = [...found].sort((a, b) => a[1] - b[1]);
      return classes;
    },
    formOf(word) {
      const form = listed.find((each) => meantBy([each], names, lexicon).includes(word));
      if (form !== undefined) return form;
      const name = names.vocabulary.text(word);
      const said = spoken.map((each) => ({ form: each.form, found: each.evidence(name, impossible) }));
      return said.reduce((best, each) => (each.found > best.found ? each : best)).form;
    },
    as(word, least) {
      const before = evidence.get(word);
      if (before !== undefined && (before.found !== impossible || before.least <= least)) return before.found;
      names.spend(perSound * heard.length);
      const mask = names.vocabulary.maskOf(word);
      let found = impossible;
      let name: string | undefined;
      for (const { script, evidence: of, most, missing } of heard) {
        const enough = Math.max((isAbjad(script) ? shareWithoutVowels : share) * most, least);
        if (missing(mask) * strange.left < enough - most) continue;
        name ??= names.vocabulary.text(word);
        const one = of(name, enough);
        if (one >= enough && one > found) found = one;
      }
      evidence.set(word, { found, least });
      return found;
    },
  };
}

/** A word in our letters, beside one of another script. */
export function readAs(words: readonly number[], names: Names): Heard {
  const evidence = new Map(words.map((word) => [word, nats * names.vocabulary.lengthOf(word)]));
  return {
    most: Math.max(0, ...evidence.values()),
    formOf: (word) => names.vocabulary.text(word),
    classes: () => words.map((word) => [names.classesOf(word), 0] as const),
    as: (word, least) => {
      const found = evidence.get(word) ?? impossible;
      return found < least ? impossible : found;
    },
  };
}

/** What each letter says that is the same. */
const nats = 2.7;
