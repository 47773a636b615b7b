import { keysOfForeign, soundsOfForeign } from './foreign.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOf } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Piece } from './reading.ts';
import type { Sight } from './sight.ts';
import { alikeIn, consonantsOf, likeness, respelled, soundsOf } from './sound.ts';

/** What it takes to hear a word, in units of `Effort`. */
const perSound = 80;

/** A word of another script as names are compared with it. */
export interface Heard {
  /** What it may be in consonants: their number, and a hash of them. */
  keys: readonly { consonants: number; hash: number }[];
  /** How much a word of a name is heard in it, 0 to 1. */
  as(word: number): number;
}

/** What a piece may be a form of. */
export interface Candidates {
  exact: readonly number[];
  nick: readonly number[];
  /** With one error, and with two. */
  near(): readonly [readonly number[], readonly number[]];
  /** Hashes. */
  sounds(): readonly number[];
  /** What a word of another script may be. */
  foreign(): Heard;
  /** The same without what is added to names: before the last word of a name nothing is in Korean. */
  bare(): Heard;
  /** How much a word of a name sounds like it, 0 to 1. */
  likeness(word: number, foreign: boolean): number;
}

/** What the piece at a place may be a form of; what costs more is found out when it is asked for. */
export function candidatesOf(sight: Sight, at: number, names: Names, lexicon: Lexicon): Candidates {
  const { vocabulary } = names;
  const exact: number[] = [];
  const nick: number[] = [];
  const forms = formsOf(sight, at);
  for (const form of forms) {
    const id = vocabulary.id(form);
    if (id !== -1) exact.push(id);
    for (const other of lexicon.nicknames(form)) {
      const id = vocabulary.id(other);
      if (id !== -1) nick.push(id);
    }
  }
  let near: [number[], number[]] | undefined;
  let sounds: number[] | undefined;
  let spelled: string[] | undefined;
  let foreign: Heard | undefined;
  let bare: Heard | undefined;
  const heard = new Map<number, number>();
  return {
    exact,
    nick,
    near() {
      if (near) return near;
      const found: [number[], number[]] = [[], []];
      for (const form of forms)
        vocabulary.near(form, (id, errors) => {
          if (exact.includes(id) || isInflected(sight, at, vocabulary.text(id))) return;
          found[errors - 1]!.push(id);
        });
      near = found;
      return near;
    },
    sounds() {
      if (sounds === undefined) names.spend(perSound * forms.length);
      sounds ??= [...new Set(forms.flatMap(soundsOf))].map(hashOf);
      return sounds;
    },
    foreign: () => (foreign ??= heardIn(foreignForms(sight, at, forms), sight.pieces[at]!, names)),
    bare: () => (bare ??= heardIn(foreignForms(sight, at, forms.slice(0, 1)), sight.pieces[at]!, names)),
    likeness(word, foreign) {
      const known = heard.get(word);
      if (known !== undefined) return known;
      const text = vocabulary.text(word);
      spelled ??= forms.map(respelled);
      const meant = names.spelledOf(word);
      const alike = isInflected(sight, at, text)
        ? 0
        : sight.pieces[at]!.abjad
          ? Math.min(0.95, Math.max(...forms.map((form) => alikeIn(consonantsOf(form), consonantsOf(text)))))
          : Math.max(
              ...forms.map((form, n) =>
                form === text ? 1 : Math.min(0.95, likeness(spelled![n]!, meant, foreign)),
              ),
            );
      heard.set(word, alike);
      return alike;
    },
  };
}

/** A word, and without the s of "Roe's" and "Roes". */
function formsOf({ pieces, everyday, capital }: Sight, at: number): string[] {
  const { letters, possessive, script, abjad } = pieces[at]!;
  if (abjad) return vowelled(letters);
  if (script !== 'latin') return inflected(letters, script);
  if (!letters.endsWith('s') || letters.length < 4) return [letters];
  if (possessive) return [letters.slice(0, -1)];
  return everyday[at] && !capital[at] ? [letters] : [letters, letters.slice(0, -1)];
}

function heardIn(forms: readonly string[], { script, signs }: Piece, names: Names): Heard {
  const syllables = script === 'cjk' || signs === 'katakana';
  names.spend(perSound * forms.length);
  const said = forms.map(soundsOfForeign);
  const known = new Map<number, number>();
  return {
    keys: [...new Set(forms.flatMap((form) => keysOfForeign(form, syllables)))].map((key) => ({
      consonants: key.length,
      hash: hashOf(key),
    })),
    as(word) {
      const before = known.get(word);
      if (before !== undefined) return before;
      names.spend(perSound);
      const meant = names.heardOf(word);
      const heard = Math.max(...said.flatMap((form) => meant.map((name) => names.hearing(form, name))));
      known.set(word, heard);
      return heard;
    },
  };
}

/** Syllables of Chinese that a name of another language has at most. */
const mostSyllables = 7;

/** Chinese does not say where a name ends: before and behind the dot between its words each beginning and end counts. */
function foreignForms({ pieces }: Sight, at: number, forms: readonly string[]): readonly string[] {
  const { letters, starts, signs, before } = pieces[at]!;
  if (signs !== 'han') return forms;
  const syllables: string[] = [];
  for (let n = 0; n < letters.length; n++) {
    const before = syllables.length - 1;
    if (n > 0 && starts[n] === starts[n - 1]) syllables[before] = `${syllables[before]}${letters[n]}`;
    else syllables.push(letters[n]!);
  }
  const found: string[] = [];
  for (let count = 1; count <= Math.min(mostSyllables, syllables.length); count++) {
    if (before === 'joint') found.push(syllables.slice(0, count).join(''));
    if (pieces[at + 1]?.before === 'joint') found.push(syllables.slice(-count).join(''));
  }
  return found;
}

/** A word of consonants with what may be vowels read as such: Arabic and Hebrew write i as y, and u and o as w or v. */
function vowelled(letters: string): string[] {
  const i = letters.replace(/(?<=.)y/g, 'i');
  const u = (text: string) => text.replace(/(?<=.)[wv]/g, 'u');
  return [...new Set([letters, i, u(letters), u(i)])];
}

/** A word of another script, and without what Korean and Russian add to names. */
function inflected(letters: string, script: string): string[] {
  const endings =
    script === 'cjk'
      ? /(?:eseo|neun|leul|gwa|eun|eul|ga|wa|ui|do|lo|i|e)$/
      : /(?:om|em|ym|im|oy|ey|oi|yu|ya|a|u|e|y|i)$/;
  const stem = letters.replace(endings, '');
  return stem.length > 2 && stem !== letters ? [letters, stem] : [letters];
}

/** "Tom cruises" is no misspelled Cruise. */
function isInflected({ pieces, everyday, capital }: Sight, at: number, word: string): boolean {
  const { letters } = pieces[at]!;
  return everyday[at]! && !capital[at] && letters !== word && letters.startsWith(word);
}
