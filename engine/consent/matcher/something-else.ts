import type { Lexicon } from './lexicon.ts';
import type { Piece } from './reading.ts';
import { isEveryday, type Sight } from './sight.ts';

/** "Van Gogh style", "Bowie knife": what is done as somebody did, or named for them. */
const styles = new Set(
  'bulb bulbs lamp runway terminal zoom lighting shot angle lily lilies tulip orchid fresco style styled inspired esque themed era sculpture painting poster doll figurine costume clinic chapel church cathedral house hall villa palace castle club cafe brand factory platz strasse straat allee festival prize effect theorem equation symphony sonata nocturne waltz cake sauce salad knife knives ring nickel bakery pizzeria shop store winery vineyard telescope crater comet constant number scale paradox law lens quartet orchestra stadium arena cup trophy foundation family residence garden gardens street road'.split(
    ' ',
  ),
);

/** What stands before the name of whom it is named for. */
const squares = /^(?:plaza|piazza|avenida|calle|rue|museo|musee|parque|viale|ulica|ulitsa)$/;

/** What goes on behind a name without ending in -s, -ed, -ing or -ly. */
const goesOn = new Set(
  'and or but with without in on at to from for of off by over under behind before after above below between beside near inside outside into onto through across along around against during as while when who whose whom that which is was are were has had have will would can could may might must do did the a an his her their its my our your this these he she they it not never also too again alone both now then there here up down out back away vs versus sat sang ran ate drank fell stood went came gave took wrote made said told got lost won met saw held left let put set cut hit rode drove flew swam fought wore spoke woke'.split(
    ' ',
  ),
);

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

/** Whether what follows a name says that it is a thing of that name: "Merkel Street", "Warhol style"; or what stands before it: "Plaza Bolívar". */
export function isNamedForSomebody({ pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  const [before, next] = [pieces[at - 1], pieces[at + 1]];
  if (before && pieces[at]!.before === 'space' && squares.test(before.letters)) return true;
  if (next === undefined || (next.before !== 'space' && next.before !== 'joint')) return false;
  return lexicon.honours(next.letters) || lexicon.honours(stemOf(next)) || styles.has(next.letters);
}

/** The same of a word that is misspelled: one who goes on painting may be meant. */
export function isSurelyNamedForSomebody(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const next = sight.pieces[at + 1];
  if (next?.before === 'space' && /^(?:painting|house|ring|number|street|lookalike)$/.test(next.letters))
    return false;
  return isNamedForSomebody(sight, at, lexicon);
}

/** "Bulvarı'nda" without its ending. */
function stemOf({ letters, stem }: Piece): string {
  return stem > 0 ? letters.slice(0, stem) : letters;
}

/** Whether a name only says which of some things is meant: "the Rossi bakery", "an Einstein ring". */
export function isQuality(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const { pieces } = sight;
  const [before, next] = [pieces[at - 1], pieces[at + 1]];
  if (before && pieces[at]!.before === 'space' && /^(?:the|an?)$/.test(before.letters)) return true;
  if (next === undefined || (next.before !== 'space' && next.before !== 'joint')) return false;
  return (
    !next.capital &&
    lexicon.plainness(next.letters) === 'common' &&
    !goesOn.has(next.letters) &&
    !/(?:s|ed|ing|ly)$/.test(next.letters) &&
    !isForeign(sight, at)
  );
}

/** Whether words around a name are of another language, in which "top" and "con" are something else. */
function isForeign({ pieces, plain }: Sight, at: number): boolean {
  return [at - 2, at - 1, at + 2, at + 3].some(
    (near) => plain[near] === 'unknown' && !pieces[near]!.capital && !pieces[near]!.capitals,
  );
}

const owned = new Set(
  'face faces smile grin voice hair eyes lips hands hand arm arms legs feet head body nose mouth laugh likeness speech wedding wife husband kids son daughter mother father mom dad mum brother sister family girlfriend boyfriend friend friends portrait beard joker reaction house car dog cat job dance dancing walk song concert guitar show kick moves book birthday party funeral garden kitchen room office boss team suit dress hat shoes deepfake gesicht stimme haus visage cara rosto volto'.split(
    ' ',
  ),
);

/** Whether what somebody has follows: "tom cruises face". */
export function isOwned({ pieces }: Sight, at: number): boolean {
  const next = pieces[at + 1];
  return next !== undefined && next.before === 'space' && owned.has(next.letters);
}

/** Whether what follows is named for people, as an airport, or what stands before it where languages have it there. */
export function isHonoured(sight: Sight, from: number, to: number, lexicon: Lexicon): boolean {
  const [before, next] = [sight.pieces[from - 1], sight.pieces[to + 1]];
  const honours = (piece: Piece) => lexicon.honours(piece.native === '' ? stemOf(piece) : piece.native);
  return (
    ((next?.before === 'space' || next?.before === 'joint') && honours(next)) ||
    (before !== undefined &&
      before.native !== '' &&
      sight.pieces[from]!.before === 'space' &&
      honours(before))
  );
}
