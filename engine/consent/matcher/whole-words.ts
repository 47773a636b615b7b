import { hasArticle, isEpithet, isMeant, isThing, type Said } from './epithet.ts';
import type { How, Verdict } from './port.ts';
import { isEveryday } from './sight.ts';
import { isHonoured, isOwned } from './something-else.ts';

/** What may be a whole name, and where it stands. */
export interface Question extends Said {
  text: string;
  /** The letters, as the name has them. */
  said: string;
  backwards: boolean;
}

/** What is said of it; null where it is none. */
export type Judged = { verdict: Verdict; how: How } | null;

/** The words of a name, as words. */
export function judgeExact(question: Question, plainName: boolean, odd: boolean): Judged {
  const how: How = odd ? 'disguised' : 'exact';
  const { sight, from, to, name, names, lexicon } = question;
  const { pieces } = sight;
  const inner = pieces.slice(from + 1, to + 1).map(({ before }) => before);
  if (inner.includes('stop') || (inner.includes('comma') && !odd))
    return plainName && !isWritten(question) ? null : { verdict: 'review', how };
  // "tom cruises face" may be how he goes.
  if (
    !pieces[to]!.possessive &&
    sight.everyday[to] &&
    !sight.capital[to] &&
    isOwned(sight, to) &&
    question.said !== lettersIn(question)
  )
    return { verdict: 'review', how };
  // "Tom Cruise Airport" is no person, and may be a way to draw one.
  if (isHonoured(sight, from, to, lexicon)) return { verdict: 'review', how };
  // "The Rock" is a man, "the rock" and "The Rock Of Gibraltar" are none.
  const words = names.wordsOf(name);
  if (!names.isFirst(name) && isEpithet(words, lexicon)) {
    return hasArticle(words) && !isMeant(question) ? null : { verdict: 'review', how };
  }
  if (!plainName) return { verdict: 'block', how };
  if (words[0] === 'the') return sight.capital[to] ? { verdict: 'review', how } : null;
  const alone = from === 0 && to === pieces.length - 1;
  const capitals = pieces.slice(from, to + 1).every((piece) => piece.capital) && sight.capital[to];
  if (!capitals && !odd && isThing(question)) return null;
  return { verdict: alone || capitals || inner.includes('camel') ? 'block' : 'review', how };
}

/** Family name first: "Roe, Jane"; "black jack" is no Jack Black. */
export function judgeOrder(question: Question, plainName: boolean): Judged {
  const { sight, from, to } = question;
  const inner = sight.pieces.slice(from + 1, to + 1).map(({ before }) => before);
  if (inner.includes('stop')) return null;
  const capitals = sight.pieces.slice(from, to + 1).every((piece) => piece.capital);
  const comma = inner.includes('comma');
  if (plainName) {
    // "garden_rose.png" and "RAIN Summer".
    const isFile = inner.includes('joint') && sight.pieces[from]!.before !== 'space';
    const isName = isWritten(question) && (comma || to - from > 1 || (!sight.headline && sight.capital[to]));
    return comma || isFile || isName ? { verdict: 'review', how: 'order' } : null;
  }
  const plainWords = sight.plain.slice(from, to + 1).filter((plainness) => isEveryday(plainness)).length;
  if (plainWords === 0 || (comma && capitals)) return { verdict: 'block', how: 'order' };
  return { verdict: 'review', how: 'order' };
}

/** Whether each of its words has a capital. */
function isWritten({ sight, from, to }: Question): boolean {
  return sight.pieces.slice(from, to + 1).every((piece) => piece.capital || piece.capitals);
}

/** All letters of its pieces. */
function lettersIn({ sight, from, to }: Question): string {
  return sight.pieces
    .slice(from, to + 1)
    .map(({ letters }) => letters)
    .join('');
}
