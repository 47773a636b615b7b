import { readFile } from 'node:fs/promises';

import { type Abroad, openAbroad } from './abroad.ts';

/** What a word is beside a name: the more it says without one, the more it takes to read it as one. */
export type Plainness = 'unknown' | 'given' | 'known' | 'named' | 'common';

/** A family of professions: the words for who has it, and those for what they are seen doing. */
export interface Role {
  family: string;
  noun: boolean;
}

/** What the matcher knows of language; frozen data, read once from `words/`. */
export interface Lexicon {
  plainness(word: string): Plainness;
  /** Other forms of a given name: Bill for William and the other way. */
  nicknames(word: string): readonly string[];
  /** Names that are said so, by who only heard them: Saoirse for Sersha. */
  heardAs(word: string): readonly string[];
  roles(word: string): readonly Role[];
  isGiven(word: string): boolean;
  /** Among the commonest, and not only a short form. */
  isCommonGiven(word: string): boolean;
  /** Among the commonest family names of English and Spanish. */
  isFamily(word: string): boolean;
  /** Among the commonest of other languages. */
  isFamilyAbroad(word: string): boolean;
  /** Mr, Dr, Captain. */
  isTitle(word: string): boolean;
  /** San, Hanım, pani: what is said only directly before or behind a name. */
  isAddress(word: string): boolean;
  /** de, van, bin; of other scripts as `nativeOf` has it. */
  isParticle(word: string): boolean;
  /** Airport, avenue, trophy: what is named for people. */
  honours(word: string): boolean;
  /** City, calle, desde: what a name of a place stands behind. */
  isBeforePlaces(word: string): boolean;
  /** Sunday, Sweden, Sherlock: what has a capital and, alone, means nobody of that name. */
  isOtherAlone(word: string): boolean;
  /** A kind of animal, plant, food or machine: "spaniel", "lilies". */
  isKind(word: string): boolean;
  /** Whether a place or a thing that exists is called so: "john lennon", "airport". */
  isThingOf(words: string, thing: string): boolean;
  /** What is known of other scripts; read when it is first asked for. */
  abroad(): Abroad;
}

/** Reads the word lists beside this file (0.6 MB; SCOWL's words up to size 50, the rest our own). */
export async function loadLexicon(): Promise<Lexicon> {
  const [
    common,
    known,
    given,
    families,
    familiesAbroad,
    places,
    brands,
    titles,
    addresses,
    particles,
    honours,
    beforePlaces,
    notAlone,
    kinds,
  ] = await Promise.all(
    [
      ...['common', 'known', 'given', 'families', 'families-abroad', 'places', 'brands'],
      ...[
        'titles',
        'forms-of-address',
        'particles',
        'places-of-honour',
        'before-places',
        'not-alone',
        'kinds',
      ],
    ].map(wordsIn),
  );
  const nicknames = groups(await linesIn('nicknames'));
  const shortForms = shortFor(await linesIn('short-forms'));
  const heard = heardAs(await linesIn('ear'));
  const namedThings = thingsOf(await linesIn('named-things'));
  const roles = rolesOf(await linesIn('roles'));
  // One look-up a word: what comes last overwrites.
  const plainness = new Map<string, Plainness>();
  const say = (words: Iterable<string>, as: Plainness) => {
    for (const word of words) plainness.set(word, as);
  };
  say(known!, 'known');
  say(given!, 'given');
  say(nicknames.keys(), 'given');
  say(places!, 'named');
  say(brands!, 'named');
  say(common!, 'common');
  return {
    abroad: openAbroad,
    plainness: (word) => plainness.get(word) ?? 'unknown',
    nicknames: (word) => [...(nicknames.get(word) ?? []), ...(shortForms.get(word) ?? [])],
    heardAs: (word) => heard.get(word) ?? [],
    roles: (word) => roles.get(word) ?? [],
    isGiven: (word) => given!.has(word) || nicknames.has(word),
    isCommonGiven: (word) => given!.has(word),
    isFamily: (word) => families!.has(word),
    isFamilyAbroad: (word) => familiesAbroad!.has(word),
    isTitle: (word) => titles!.has(word),
    isAddress: (word) => addresses!.has(word),
    isParticle: (word) => particles!.has(word),
    honours: (word) => honours!.has(word),
    isOtherAlone: (word) => notAlone!.has(word),
    isKind: (word) => kinds!.has(word),
    isThingOf: (words, thing) => namedThings.get(words)?.has(thing) ?? false,
    isBeforePlaces: (word) => beforePlaces!.has(word),
  };
}

async function linesIn(list: string): Promise<string[]> {
  const text = await readFile(new URL(`./words/${list}.txt`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

async function wordsIn(list: string): Promise<Set<string>> {
  return new Set(await linesIn(list));
}

/** `william: will bill`: each form with all others of its line. */
function groups(lines: readonly string[]): Map<string, string[]> {
  const forms = new Map<string, Set<string>>();
  for (const line of lines) {
    const group = line.split(/[:\s]+/).filter((word) => word !== '');
    for (const word of group) {
      const others = forms.get(word) ?? new Set();
      for (const other of group) if (other !== word) others.add(other);
      forms.set(word, others);
    }
  }
  return new Map([...forms].map(([word, others]) => [word, [...others]]));
}

/** `john lennon: airport wall`: whom things are named for, and what they are. */
function thingsOf(lines: readonly string[]): Map<string, Set<string>> {
  return new Map(
    lines.map((line) => {
      const [words, things] = line.split(': ') as [string, string];
      return [words, new Set(things.split(' '))];
    }),
  );
}

/** `miranda: mira andy`: each given name and what is short for it, which are not short for each other. */
function shortFor(lines: readonly string[]): Map<string, string[]> {
  const forms = new Map<string, string[]>();
  const put = (word: string, other: string) => forms.set(word, [...(forms.get(word) ?? []), other]);
  for (const line of lines) {
    const [given, shorts] = line.split(': ') as [string, string];
    for (const short of shorts.split(' ')) {
      put(given, short);
      put(short, given);
    }
  }
  return forms;
}

/** By each form that is not said of much else the names that are written so by ear. */
function heardAs(lines: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { name, forms } of lines.map(writtenByEar))
    for (const form of forms) names.set(form, [...(names.get(form) ?? []), name]);
  return names;
}

/** `owen: o-wen owain | owing`: a name, how it is written by ear, without the hyphens, and behind the bar words that are said of much else. */
export function writtenByEar(line: string): { name: string; forms: string[]; words: string[] } {
  const [name, rest] = line.split(':') as [string, string];
  const [forms, words = []] = rest
    .replaceAll('-', '')
    .split('|')
    .map((part) => part.split(' ').filter((form) => form !== ''));
  return { name, forms: forms!, words };
}

/** `actor: actor actress | film premiere`: nouns, then what they are seen doing. */
function rolesOf(lines: readonly string[]): Map<string, Role[]> {
  const roles = new Map<string, Role[]>();
  for (const line of lines) {
    const [family, rest] = line.split(':') as [string, string];
    const [nouns, doings] = rest.split('|').map((words) => words.trim().split(/\s+/)) as [string[], string[]];
    const put = (word: string, noun: boolean) =>
      roles.set(word, [...(roles.get(word) ?? []), { family, noun }]);
    for (const word of nouns) for (const form of [word, `${word}s`]) put(form, true);
    for (const word of doings) put(word, false);
  }
  return roles;
}
