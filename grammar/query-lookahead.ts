import { type IToken, tokenMatcher } from 'chevrotain';
import { keyword } from './keyword.ts';
import { isWord, type Peek } from './lookahead.ts';
import { As, Dotted, LeftParen, Numeral, Path, Text, Url } from './tokens.ts';

/** Words in capitals that have a meaning behind FROM; each is a name like any other wherever something else is wanted. */
export const queryWords: ReadonlySet<string> = new Set([
  'WHERE',
  'ORDER',
  'LIMIT',
  'PAGE',
  'MAP',
  'REDUCE',
  'AS',
]);

/** Words that join or negate conditions. */
const joining: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT']);

/** Whether a token is this word, in whatever case. */
export function isKey(token: IToken, ...words: readonly string[]): boolean {
  return isWord(token) && words.includes(keyword(token.image));
}

/** Whether a stage begins that asks for things instead of naming a verb: FROM, or START MAPREDUCE. */
export function startsQuery(peek: Peek): boolean {
  return isKey(peek(1), 'FROM') || (isKey(peek(1), 'START') && isKey(peek(2), 'MAPREDUCE'));
}

/** Whether MAP or REDUCE begins here, which need no pipe behind FROM. */
export function startsSetStage(peek: Peek): boolean {
  return isKey(peek(1), 'MAP', 'REDUCE');
}

/** Whether what FROM asks of is named here. */
export function startsSource(peek: Peek): boolean {
  const token = peek(1);
  if (isWord(token)) return !queryWords.has(keyword(token.image));
  return isSingle(token) || tokenMatcher(token, LeftParen);
}

/** `GROUP g7`, `PIPELINE g7`, and both words without the id that should follow. */
export function startsGroupSource(peek: Peek): boolean {
  return isKey(peek(1), 'GROUP', 'PIPELINE') && !isKey(peek(2), 'OF');
}

/** `SHOTS OF v1`. */
export function startsListSource(peek: Peek): boolean {
  return isWord(peek(1)) && isKey(peek(2), 'OF');
}

/** Whether a condition, or the part of one that AND and OR join, begins here. */
export function startsTerm(peek: Peek): boolean {
  const token = peek(1);
  if (isWord(token)) return !queryWords.has(keyword(token.image)) && !isKey(token, 'AND', 'OR');
  return isSingle(token) || tokenMatcher(token, LeftParen);
}

/** Whether a value to compare with begins here. */
export function startsLiteral(peek: Peek): boolean {
  const token = peek(1);
  if (!isWord(token)) return isSingle(token);
  return !queryWords.has(keyword(token.image)) && !joining.has(keyword(token.image));
}

/** Whether the name of a field stands here. */
export function startsField(peek: Peek): boolean {
  const token = peek(1);
  return tokenMatcher(token, Dotted) || (isWord(token) && !tokenMatcher(token, As) && startsLiteral(peek));
}

function isSingle(token: IToken): boolean {
  return [Numeral, Text, Path, Dotted, Url].some((type) => tokenMatcher(token, type));
}
