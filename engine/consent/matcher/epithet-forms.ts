import { isEpithet } from './epithet.ts';
import type { Placed } from './glyphs.ts';
import type { Lexicon } from './lexicon.ts';
import { type NameForm, nameForms } from './name-forms.ts';

/** The ways in which one of a person's names is written (the first is how they are registered). An epithet is said as a whole or not at all. */
export function formsOfName(
  name: string,
  all: readonly string[],
  glyphs: (text: string) => Placed[],
  lexicon: Lexicon,
): NameForm[] {
  const forms = nameForms(name, glyphs, lexicon);
  if (name === all[0]) return forms;
  // “King Clay” is no King of Clay.
  const said = / of /i.test(name) ? forms.filter(({ words }) => words.includes('of')) : forms;
  return said.map((form) =>
    isEpithet(form.words, lexicon) ? { ...form, compared: false, isEpithet: true } : form,
  );
}
