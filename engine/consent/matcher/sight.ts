import { type Companions, companionsOf } from './companions.ts';
import { contextOf, type TextContext } from './context.ts';
import type { Lexicon, Plainness } from './lexicon.ts';
import type { Piece, Reading } from './reading.ts';

/** Words of a long text that are looked at together, with as many before and behind: what is said pages away says nothing of a name. */
const block = 40;

/** A reading, and what is to be said of its pieces before any name is looked for. */
export interface Sight {
  reading: Reading;
  pieces: readonly Piece[];
  plain: readonly Plainness[];
  /** A word of everyday, written as one. */
  everyday: readonly boolean[];
  /** An ordinary word of another language, written as one. */
  isWordAbroad(at: number): boolean;
  /** Doctor and the like, which are no misspelled names. */
  titles: readonly boolean[];
  /** A capital that the place in the sentence does not explain. */
  capital: readonly boolean[];
  /** Nearly all words have capitals, so that one says nothing. */
  headline: boolean;
  /** Nothing has one, or what every sentence of ours has: "Photo of jane roe, 8K". */
  small: boolean;
  /** Names that the text gives in full. */
  companions(): Companions;
  /** What supports a name at a piece; only what somebody is known for. In a long text it is what is said nearby. */
  context(at: number): TextContext;
}

/** Looks a reading over. */
export function sightOf(reading: Reading, lexicon: Lexicon, isContext: (hash: number) => boolean): Sight {
  const { pieces } = reading;
  const plain = pieces.map((piece) => plainnessOf(piece, lexicon));
  const headline = isHeadline(pieces);
  const capital = pieces.map(
    (piece, at) =>
      !headline &&
      (piece.capital || (piece.capitals && piece.letters.length > 1)) &&
      at > 0 &&
      piece.before !== 'stop',
  );
  const contexts: TextContext[] = [];
  let companions: Companions | undefined;
  return {
    reading,
    pieces,
    plain,
    capital,
    headline,
    small: isSmall(pieces, plain),
    titles: pieces.map(({ letters }) => lexicon.isTitle(letters)),
    everyday: plain.map((plainness) => isEveryday(plainness)),
    isWordAbroad: (at) => {
      const { letters, native, capital, capitals, before } = pieces[at]!;
      const isWritten = capitals || (capital && at > 0 && before !== 'stop');
      return !isWritten && native === '' && plain[at] === 'unknown' && lexicon.abroad().isWord(letters);
    },
    companions: () => (companions ??= companionsOf(pieces, headline, lexicon)),
    context(at) {
      const isLong = pieces.length > 3 * block;
      const here = isLong ? Math.floor(at / block) : 0;
      const range = [Math.max(0, here - 1) * block, Math.min(pieces.length, (here + 2) * block)] as const;
      contexts[here] ??= contextOf(pieces, lexicon, isContext, isLong ? range : undefined);
      return contexts[here];
    },
  };
}

/** Whether a word is said without meaning a person. */
export function isEveryday(plainness: Plainness): boolean {
  return plainness === 'common' || plainness === 'known' || plainness === 'named';
}

function plainnessOf({ letters, native, possessive }: Piece, lexicon: Lexicon): Plainness {
  if (native !== '') return lexicon.abroad().isCommon(native) ? 'common' : 'unknown';
  if (possessive) return lexicon.plainness(letters.slice(0, -1));
  const plainness = lexicon.plainness(letters);
  return plainness === 'unknown' &&
    letters.endsWith('s') &&
    letters.length > 4 &&
    lexicon.plainness(letters.slice(0, -1)) === 'common'
    ? 'known'
    : plainness;
}

/** Letters of what is written in capitals for another reason: HDR, POV. */
const abbreviation = 4;

/** Words that stand in a sentence of ours beside one that no list has. */
const knownBesides = 2;

/** Whether nothing has a capital but the first word, places, abbreviations and "I", in a text whose other words are known: in another language a word that is not is no name. */
function isSmall(pieces: readonly Piece[], plain: readonly Plainness[]): boolean {
  const isWritten = ({ capital, capitals }: Piece) => capital || capitals;
  if (!pieces.some(isWritten)) return true;
  const explained = pieces.every(
    (piece, at) =>
      !isWritten(piece) ||
      ((at === 0 || piece.before === 'stop') && isEveryday(plain[at]!) && !piece.capitals) ||
      (piece.capitals && piece.letters.length <= abbreviation) ||
      plain[at] === 'named' ||
      piece.measured ||
      piece.letters === 'i',
  );
  const known = plain.filter((plainness) => plainness !== 'unknown').length;
  return explained && known >= knownBesides * (pieces.length - known);
}

/** Words of which a name may be most: "Photo of Jane Rose Roe". */
const fewWords = 5;

/** Whether nearly all words have a capital, or of few words all, so that one says nothing. */
function isHeadline(pieces: readonly Piece[]): boolean {
  const long = pieces.filter(({ letters }) => letters.length > 2);
  const capitals = long.filter(({ capital, capitals }) => capital || capitals).length;
  return (
    long.length > 3 && (long.length > fewWords ? capitals > 0.7 * long.length : capitals === long.length)
  );
}
