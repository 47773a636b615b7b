import type { Lexicon } from './lexicon.ts';
import { hashOf } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { alikeIn, consonantsOf, likeness, respelled, soundsOf } from './sound.ts';

/** What it takes to hear a word, in units of `Effort`. */
const perSound = 80;

/** What a piece may be a form of. */
export interface Candidates {
  exact: readonly number[];
  nick: readonly number[];
  /** With one error, and with two. */
  near(): readonly [readonly number[], readonly number[]];
  /** Hashes. */
  sounds(): readonly number[];
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
