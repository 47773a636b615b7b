import { hasArticle } from './foreign-pairs.ts';
import type { Lexicon } from './lexicon.ts';
import type { Piece } from './reading.ts';
import { isEveryday, type Sight } from './sight.ts';

const and = /^(?:and|und|y|et|e)$/;

/** "Brad and Angelina", and not "Jane E. Roe". */
export function isAnd({ pieces, headline }: Sight, at: number): boolean {
  const { letters, dot, capital, before } = pieces[at]!;
  return (
    and.test(letters) && !(letters.length === 1 && (dot || before === 'joint' || (capital && !headline)))
  );
}

/** Whether a piece may stand between first and last word of a name: middle names, initials, particles, titles and quoted nicknames; and in "Brad and Angelina Pitt" another person. */
export function mayStandBetween(
  sight: Sight,
  at: number,
  first: number,
  last: number,
  lexicon: Lexicon,
): boolean {
  const piece = sight.pieces[at]!;
  if (endsSentence(sight, at) || endsSentence(sight, last)) return false;
  if (isInitial(sight, piece) || isParticle(piece, lexicon) || lexicon.isTitle(piece.letters)) return true;
  if (isAnd(sight, at)) return at === first + 1;
  if (isBehindParticle(sight, at, first, lexicon)) return true;
  // "jane a roe".
  if (piece.letters.length === 1) return at === first + 1 && sight.plain[first] === 'given';
  if (hasArticle(piece) || isHyphened(sight, at)) return true;
  // "jane rose roe", "JANE ROSE ROE".
  const isWritten = piece.capital || piece.capitals;
  if (lexicon.isGiven(piece.letters) && (isWritten || !sight.everyday[first])) return true;
  return sight.plain[at] === 'unknown' || sight.plain[at] === 'given' || (piece.capital && !sight.headline);
}

/** Letters of a particle. */
const mostOfParticle = 4;

/** "Fon dare": the second of two particles, as somebody heard it. */
export function isBehindParticle({ pieces }: Sight, at: number, first: number, lexicon: Lexicon): boolean {
  const { letters, capital, before } = pieces[at]!;
  const isSecond = at === first + 2 && before === 'space' && isParticle(pieces[at - 1]!, lexicon);
  return isSecond && !capital && letters.length <= mostOfParticle;
}

/** Letters of a name that is cut short: "Jane Eliz. Roe". */
const mostCut = 5;

/** Whether a sentence ends before a piece, and no name that is cut short does. */
function endsSentence({ pieces }: Sight, at: number): boolean {
  return pieces[at]!.before === 'stop' && !isCutShort(pieces[at - 1]!, pieces[at]!);
}

/** Whether a full stop may only say that a name is cut short: "Alex. Roe", "Robt. Roe". */
export function isCutShort(piece: Piece, next: Piece): boolean {
  return piece.dot && piece.capital && piece.letters.length <= mostCut && (next.capital || next.capitals);
}

/** Whether only initials, particles and titles stand between. */
export function onlyShort(sight: Sight, first: number, last: number, lexicon: Lexicon): boolean {
  return piecesBetween(sight, first, last).every(
    (piece) => isInitial(sight, piece) || isParticle(piece, lexicon) || lexicon.isTitle(piece.letters),
  );
}

/** Whether only given names stand between two words that are written as names: "Summer Rose Rain", "Mark and Joy Stone". */
export function onlyGiven(sight: Sight, first: number, last: number, lexicon: Lexicon): boolean {
  const isWritten = ({ capital, capitals }: Piece) => capital || capitals;
  return (
    isWritten(sight.pieces[first]!) &&
    isWritten(sight.pieces[last]!) &&
    piecesBetween(sight, first, last).every(
      (piece, n) =>
        (n === 0 && isAnd(sight, first + 1)) || (isWritten(piece) && lexicon.isGiven(piece.letters)),
    )
  );
}

/** The pieces between two. */
export function piecesBetween({ pieces }: Sight, first: number, last: number): readonly Piece[] {
  return pieces.slice(first + 1, last);
}

/** "J.", "J", and of "a", "e", "i", "o" and "u" only what is written as one. */
export function isInitial({ headline }: Sight, { letters, dot, capital, before }: Piece): boolean {
  if (letters.length !== 1) return false;
  return dot || before === 'joint' || (capital && !headline) || !/[aeiou]/.test(letters);
}

export function isParticle({ letters, native }: Piece, lexicon: Lexicon): boolean {
  return lexicon.isParticle(native === '' ? letters : native);
}

/** Joined to what stands before or behind it: "Dan Day-Lewis". */
export function isHyphened({ pieces, small }: Sight, at: number): boolean {
  const [here, next] = [pieces[at]!, pieces[at + 1]!];
  return (small || (here.capital && next.capital)) && (here.before === 'joint') !== (next.before === 'joint');
}

/** A middle name or an initial, as it is written. */
export function isNamelike(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const { pieces, plain } = sight;
  return (
    isInitial(sight, pieces[at]!) ||
    isParticle(pieces[at]!, lexicon) ||
    plain[at] === 'given' ||
    ((pieces[at]!.capital || pieces[at]!.capitals) && lexicon.isGiven(pieces[at]!.letters)) ||
    (plain[at] === 'unknown' && pieces[at]!.capital)
  );
}

/** Whether two words of a longer name are too ordinary to mean it; "Jane King" of Jane King Lopez is not. */
export function isCommonPart({ pieces, plain, capital }: Sight, first: number, last: number): boolean {
  const [a, b] = [plain[first]!, plain[last]!];
  if (a === 'given' && isEveryday(b) && pieces[first]!.capital && capital[last]) return false;
  return (a === 'given' && b === 'given') || isEveryday(a) || isEveryday(b);
}
