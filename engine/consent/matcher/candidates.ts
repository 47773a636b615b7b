import { stemsOf } from './endings.ts';
import { type Heard, hear, readAs } from './heard.ts';
import { asWritten, type Forms, uninflected } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOf } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { isOwned } from './something-else.ts';
import { likeness, respelled, soundsOf } from './sound.ts';

/** What it takes to say how a form sounds, in units of `Effort`. */
const perSound = 80;

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
  /** The same without what a language adds to it: Korean adds to the last word of a name. */
  bare(): Heard;
  /** What a word of ours says, as it is written by ear. */
  byEar(): Heard;
  /** How much a word of a name sounds like it, 0 to 1. */
  likeness(word: number, foreign: boolean): number;
}

/** What each piece of a reading may be a form of, found out once. */
export function candidatesIn(sight: Sight, names: Names, lexicon: Lexicon): (at: number) => Candidates {
  const known: Candidates[] = [];
  return (at) => (known[at] ??= candidatesOf(sight, at, names, lexicon));
}

/** What the piece at a place may be a form of; what costs more is found out when it is asked for. */
function candidatesOf(sight: Sight, at: number, names: Names, lexicon: Lexicon): Candidates {
  const { vocabulary } = names;
  const exact: number[] = [];
  const nick: number[] = [];
  const forms = formsOf(sight, at);
  for (const form of [...forms, ...stemsOf(sight, at)]) {
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
  let byEar: Heard | undefined;
  const hearing = (forms: Forms) =>
    sight.pieces[at]!.native === ''
      ? readAs([...exact, ...nick], names)
      : hear(forms, names, lexicon, isLittle(sight, at, lexicon));
  const likenesses = new Map<number, number>();
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
    foreign: () => (foreign ??= hearing(writtenForms(sight, at))),
    bare: () => (bare ??= hearing(asWritten([sight.pieces[at]!.native]))),
    byEar: () => (byEar ??= hear(asWritten(forms), names, lexicon)),
    likeness(word, foreign) {
      const known = likenesses.get(word);
      if (known !== undefined) return known;
      const text = vocabulary.text(word);
      spelled ??= forms.map(respelled);
      const meant = names.spelledOf(word);
      const alike = isInflected(sight, at, text)
        ? 0
        : Math.max(
            ...forms.map((form, n) =>
              form === text ? 1 : Math.min(0.95, likeness(spelled![n]!, meant, foreign)),
            ),
          );
      likenesses.set(word, alike);
      return alike;
    },
  };
}

/** A word, and without the s of "Roe's" and "Roes". */
function formsOf(sight: Sight, at: number): string[] {
  const { pieces, everyday, capital } = sight;
  const { letters, native, possessive, odd } = pieces[at]!;
  if (native !== '') return [letters];
  // What stands for l looks as what stands for i does: "E11en".
  if (odd && sight.reading.disguise && letters.includes('i'))
    return [letters, letters.replaceAll('i', 'l'), letters.replace(/ii/g, 'll')];
  if (!letters.endsWith('s') || letters.length < 4) return [letters];
  if (possessive) return [letters.slice(0, -1)];
  return everyday[at] && !capital[at] && !isOwned(sight, at) ? [letters] : [letters, letters.slice(0, -1)];
}

/** Characters of Chinese that a name of another language has at most. */
const mostCharacters = 7;

/** A word as it is written, and what it is without what its language adds to it. Chinese does not say where a name ends: before and behind the dot between its words each beginning
 * and end counts. */
function writtenForms({ pieces }: Sight, at: number): Forms {
  const { native, signs, dotted } = pieces[at]!;
  if (signs !== 'han') return uninflected(native);
  const characters = [...native];
  const found: string[] = [];
  for (let count = 1; count <= Math.min(mostCharacters, characters.length); count++) {
    if (dotted) found.push(characters.slice(0, count).join(''));
    if (pieces[at + 1]?.dotted) found.push(characters.slice(-count).join(''));
  }
  return asWritten(found.length === 0 ? [native] : found);
}

/** "Tom cruises" is no misspelled Cruise. */
function isInflected({ pieces, everyday, capital }: Sight, at: number, word: string): boolean {
  const { letters } = pieces[at]!;
  return everyday[at]! && !capital[at] && letters !== word && letters.startsWith(word);
}

/** “и”, “και”: whatever they sound like, only the dictionary makes a name of them. */
function isLittle({ pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  const { native, capital } = pieces[at]!;
  return !capital && lexicon.abroad().isLittle(native);
}
