import type { Lexicon } from './lexicon.ts';
import { hashOfInitial, type Names } from './names.ts';
import { isEveryday } from './sight.ts';

/** Letters of a word that says who is meant though it is not the last one. */
const distinct = 5;

/** Letters of a given name behind which an initial says who is meant. */
const shortestGiven = 4;

/** Initials and words by which a name is found, as code of the letter and place of the word: "J. Roe"; of "Jane Roe Ruiz" and "Jane Roe-Ruiz" also "J. Roe", and of "Adaeze Okonkwo" and
 * "Jane Roe" also "Adaeze O." and "Jane R.", where they are no words; of "Gil Ha-seon" "Gil H.", behind which another initial stands (`findFamilyFirst`). */
export function initialedBy(words: readonly string[], last: number, lexicon: Lexicon): [number, number][] {
  const isDistinct = (at: number) =>
    words[at]!.length >= distinct && lexicon.plainness(words[at]!) === 'unknown';
  const letter = (at: number) => words[at]!.charCodeAt(0);
  const found: [number, number][] = [[letter(0), last]];
  for (let at = 1; at < last; at++) if (isDistinct(at)) found.push([letter(0), at]);
  if (words[0]!.length >= shortestGiven && !isEveryday(lexicon.plainness(words[0]!)))
    for (let at = 1; at <= last; at++) found.push([letter(at), 0]);
  else if (last > 0) found.push([letter(1), 0]);
  return found;
}

/** Each name of which a word is a family name, or also `first` where Japan, Korea and Hungary have it, if not more than so many people have them; else nobody. */
export function bearersOf(word: number, most: number, names: Names, first = false): number[] {
  // Of everybody there are some spellings; the registered one is told.
  if (names.vocabulary.uses(word) > 8 * most) return [];
  const found = new Map<string, number>();
  for (let letter = 97; letter <= 122; letter++)
    names.initialed.each(hashOfInitial(letter, word), (name) => {
      if (!names.isAlive(name)) return;
      if (!names.isFamily(name, word) && !(first && names.wordOf(name, 0) === word)) return;
      const person = names.personOf(name);
      if (!found.has(person) || names.isFirst(name)) found.set(person, name);
    });
  return found.size > most ? [] : [...found.values()];
}

/** Each name that begins with a word behind which an initial stands, "Adaeze O.", if not more than so many people have it. */
export function namesBegunBy(word: number, initial: number, most: number, names: Names): number[] {
  const found: number[] = [];
  const people = new Set<string>();
  if (names.vocabulary.lengthOf(word) < shortestGiven) return [];
  names.initialed.each(hashOfInitial(initial, word), (name) => {
    if (!names.isAlive(name) || names.wordOf(name, 0) !== word) return;
    found.push(name);
    people.add(names.personOf(name));
  });
  return people.size > most ? [] : found;
}
