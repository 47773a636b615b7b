import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** What a word of ours is where a name is listened for: written as a `name`; an ordinary word that is a `part` of somebody's, or how one is known to be written by ear ("Win" for Nguyen); any other
 * `word` that may stand for one beside what is none ("Mass Mickelson", "kristoff volts"); or `none` of these. */
export type Standing = 'name' | 'part' | 'word' | 'none';

/** Letters of a word that is heard. */
export const shortest = 3;

export function standingOf(sight: Sight, at: number, names: Names, lexicon: Lexicon): Standing {
  if (isWrittenAsName(sight, at)) return 'name';
  const { letters, native, measured, capital } = sight.pieces[at]!;
  const { small, headline } = sight;
  if (sight.capital[at] && names.vocabulary.id(letters) !== -1) return 'part';
  if (capital && !headline && isListed(sight, at, names, lexicon)) return 'part';
  const isSaid = small || (capital && !headline);
  return isSaid && letters.length > shortest && native === '' && !measured ? 'word' : 'none';
}

/** Written as a name, long enough, and an ordinary word neither of ours nor, in small letters, of another language. */
export function isWrittenAsName(sight: Sight, at: number): boolean {
  const { letters, capital, capitals, native, measured, odd } = sight.pieces[at]!;
  if (letters.length < shortest || native !== '' || sight.titles[at] || measured) return false;
  // "0lga" begins with no capital.
  const isOdd = odd && sight.reading.disguise;
  return (capital || capitals || sight.small || isOdd) && !sight.everyday[at] && !sight.isWordAbroad(at);
}

/** How a name is known to be written by ear: "Rafe" for Ralph. */
export function isListed({ pieces }: Sight, at: number, names: Names, lexicon: Lexicon): boolean {
  return lexicon.heardAs(pieces[at]!.letters).some((name) => names.vocabulary.id(name) !== -1);
}

/** No word, no given name and no family name that many bear: those are spelled as they are. */
export function isStrange({ plain, pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  return plain[at] === 'unknown' && !lexicon.isFamily(pieces[at]!.letters);
}
