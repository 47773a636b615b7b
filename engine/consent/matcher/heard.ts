import { Classes } from './classes.ts';
import { shareOf, unsurestAmong } from './enough.ts';
import type { Forms } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { modelsFor, unitsOf } from './scripts.ts';
import { listen } from './spoken.ts';
import { impossible } from './transliteration.ts';

/** What it takes, in units of `Effort`: to compare a unit of a word with a name, to take a form of a word apart, and to read it in consonants. */
const perUnit = 3;
const perForm = 150;
const perReading = 300;

/** Consonants, or the first alone, how unsure they are, and what the form that has them can come to. */
export type Way = readonly [key: number, unsure: number, most: number];

/** A word of another script as names are compared with it. */
export interface Heard {
  /** Consonants that it may be (`Classes`), the likeliest first, how much less likely each is, and what the form that has them can come to, in nats. */
  classes(): readonly Way[];
  /** The same of the first consonant alone. */
  firsts(): readonly Way[];
  /** How much likelier it is written for a word of a name than by chance, in nats; minus infinity where that is less than `least`, or little of what it could
   * come to: a `share` of it, 0 to 1, or what is asked of every name, of which `ease` may leave a part, 0 to 1. */
  as(word: number, least: number, share?: number, ease?: number): number;
  /** Whether the dictionary says so. */
  isListed(word: number): boolean;
  /** The form of it that says a word of a name most. */
  formOf(word: number): string;
  /** What it can come to. */
  most: number;
  /** What it can come to for a word of these letters (`maskOf`), where it may be as much as `as` asks. */
  mostFor(letters: number, share?: number, ease?: number): number;
}

const ours = /^[a-z]/;

/** Words of names that a word of another script is, or one of ours that is written by ear, by the dictionary. */
export function meantBy(forms: readonly string[], names: Names, lexicon: Lexicon): number[] {
  const found = new Set<number>();
  for (const form of forms)
    for (const name of ours.test(form) ? lexicon.heardAs(form) : lexicon.abroad().namesOf(form)) {
      const id = names.vocabulary.id(name);
      if (id !== -1) found.add(id);
    }
  return [...found];
}

/** What being in the dictionary says more than being likely. */
const known = 3;

/** Hears what may be a word of a name; where it is `onlyListed` nothing but what the dictionary says. */
export function hear({ said, listed }: Forms, names: Names, lexicon: Lexicon, onlyListed = false): Heard {
  names.spend(perForm * said.length);
  const meant = meantBy(listed, names, lexicon);
  const { models } = lexicon.abroad();
  const spoken = said.flatMap((form) =>
    modelsFor(form).map((script) => {
      const one = listen(models[script], unitsOf(script, form));
      return { form, ...one, least: shareOf(script, names.size) * one.most };
    }),
  );
  const most = Math.max(...spoken.map((each) => each.most));
  const heard = onlyListed ? [] : spoken;
  const evidence = new Map<number, Map<number, { found: number; least: number }>>();
  const evidenceFor = (share: number, ease: number) => {
    const key = share + (1 - ease) * 10;
    const known = evidence.get(key) ?? new Map(meant.map((word) => [word, { found: mostAtAll, least: 0 }]));
    evidence.set(key, known);
    return known;
  };
  let classes: Way[] | undefined;
  let firsts: Way[] | undefined;
  const masks = new Set(meant.map((word) => names.vocabulary.maskOf(word)));
  const mostAtAll = meant.length === 0 ? most : most + known;
  return {
    most: mostAtAll,
    mostFor(letters, share = 0, ease = 1) {
      let found = masks.has(letters) ? mostAtAll : impossible;
      for (const each of heard) {
        const most = each.mostFor(letters);
        if (most > found && most >= Math.max(ease * each.least, share * each.most)) found = most;
      }
      return found;
    },
    classes() {
      if (classes) return classes;
      names.spend(perReading * heard.length);
      const found: Way[] = meant.map((word) => [names.classesOf(word), 0, mostAtAll]);
      const unsurest = unsurestAmong(names.size);
      for (const each of heard)
        for (const [one, unsure] of each.classes(unsurest, (units) => names.spend(units)))
          found.push([one, unsure, each.most]);
      classes = surestOf(found);
      return classes;
    },
    firsts() {
      firsts ??= surestOf(this.classes().map(([one, ...rest]) => [Classes.first(one), ...rest]));
      return firsts;
    },
    formOf(word) {
      const form = listed.find((each) => meantBy([each], names, lexicon).includes(word));
      if (form !== undefined) return form;
      const name = names.vocabulary.text(word);
      // What a character could say and does not is no part of the name.
      const said = spoken.map(({ form, most, evidence }) => ({
        form,
        clear: 2 * evidence(name, impossible) - most,
      }));
      return said.reduce((best, each) => (each.clear > best.clear ? each : best)).form;
    },
    as(word, least, share = 0, ease = 1) {
      const evidence = evidenceFor(share, ease);
      const before = evidence.get(word);
      if (before !== undefined && (before.found !== impossible || before.least <= least))
        return before.found < least ? impossible : before.found;
      names.spend(heard.length);
      const mask = names.vocabulary.maskOf(word);
      let found = impossible;
      let name: string | undefined;
      for (const { form, evidence: of, mostFor, most, least: atLeast } of heard) {
        const enough = Math.max(ease * atLeast, least, share * most);
        if (mostFor(mask) < enough) continue;
        names.spend(perUnit * form.length);
        name ??= names.vocabulary.text(word);
        const one = of(name, enough);
        if (one >= enough && one > found) found = one;
      }
      evidence.set(word, { found, least });
      return found;
    },
    isListed: (word) => meant.includes(word),
  };
}

/** Each key once, as sure as it is at best, the surest first. */
function surestOf(ways: readonly Way[]): Way[] {
  const found = new Map<number, Way>();
  for (const [key, unsure, most] of ways) {
    const before = found.get(key);
    if (!before) found.set(key, [key, unsure, most]);
    else found.set(key, [key, Math.min(unsure, before[1]), Math.max(most, before[2])]);
  }
  return [...found.values()].sort((a, b) => a[1] - b[1]);
}

/** A word in our letters, beside one of another script. */
export function readAs(words: readonly number[], names: Names): Heard {
  const evidence = new Map(words.map((word) => [word, nats * names.vocabulary.lengthOf(word)]));
  const most = Math.max(0, ...evidence.values());
  return {
    most,
    mostFor: () => most,
    formOf: (word) => names.vocabulary.text(word),
    classes: () => words.map((word) => [names.classesOf(word), 0, evidence.get(word)!] as const),
    firsts: () =>
      surestOf(words.map((word) => [Classes.first(names.classesOf(word)), 0, evidence.get(word)!])),
    isListed: () => false,
    as: (word, least) => {
      const found = evidence.get(word) ?? impossible;
      return found < least ? impossible : found;
    },
  };
}

/** What each letter says that is the same. */
const nats = 2.7;
