import type { Lexicon } from './lexicon.ts';
import { isEveryday, type Sight } from './sight.ts';

const articles = /^(?:an?|two|three|some|every|each|no)$/;
const towards = /^(?:in|from|near|through|to|at|by|until|since)$/;

/** Whether what stands around a word says that it is something else: "a carter", "the drummer grants", "Granny Smith", "the prince of Jackson", "in May". */
export function isSomethingElse(sight: Sight, at: number, form: string, lexicon: Lexicon): boolean {
  const piece = sight.pieces[at]!;
  const written = !sight.headline && (piece.capital || piece.capitals);
  const everyday = isEveryday(lexicon.plainness(form));
  if (form !== piece.letters && !piece.possessive && everyday && !written) return true;
  const before = piece.before === 'space' ? sight.pieces[at - 1] : undefined;
  if (before === undefined) return false;
  // "The queen may" is no May of Queen.
  if (!written && (articles.test(before.letters) || /^(?:may|will)$/.test(form))) return true;
  if (!everyday) return false;
  if (towards.test(before.letters)) return true;
  if (before.letters === 'of' && at > 1 && lexicon.plainness(form) === 'named')
    return lexicon.roles(sight.pieces[at - 2]!.letters).some(({ noun }) => noun);
  const named = sight.capital[at - 1] === true && before.letters.length > 1;
  return named && !lexicon.isTitle(before.letters) && lexicon.roles(before.letters).length === 0;
}
