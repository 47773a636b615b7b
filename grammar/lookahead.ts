import { EOF, type IToken, type TokenType, tokenMatcher } from 'chevrotain';
import { keyword } from './keyword.ts';
import {
  As,
  Comma,
  Count,
  Dotted,
  Equals,
  Explain,
  Flag,
  LeftBracket,
  LeftParen,
  Mention,
  Misfit,
  Numeral,
  Overwrite,
  Path,
  Pipe,
  Plus,
  RightParen,
  Text,
  To,
  Url,
  Word,
} from './tokens.ts';
import type { VerbShape, Vocabulary } from './vocabulary.ts';

/** The tokens around the parser's place: 1 is the next one, 0 the one before. */
export type Peek = (distance: number) => IToken;

/** Where a stage is: which verb it has, whether parentheses surround it, whether a pipe feeds it. */
export interface Surroundings {
  shape: VerbShape;
  nested: boolean;
  fed: boolean;
}

export function isWord(token: IToken): boolean {
  return tokenMatcher(token, Word);
}

/** How many words after the verb choose its variant: the longest subject that fits. */
export function subjectLength(peek: Peek, shape: VerbShape): number {
  const fits = (subject: readonly string[]) =>
    subject.every((word, index) => isWord(peek(index + 1)) && keyword(peek(index + 1).image) === word);
  return shape.subjects.find(fits)?.length ?? 0;
}

/** Whether the next token is an operand. A word is one unless it is used as a keyword, which what follows it tells. So a clip may be called
 * `upscale`, `to` or `as`: `ENHANCE upscale UPSCALE 2x`, `STITCH to + as TO out.mp4`. */
export function startsOperand(peek: Peek, around: Surroundings, afterPlus: boolean): boolean {
  const token = peek(1);
  if (!isWord(token)) return startsThing(token) || tokenMatcher(token, LeftParen);
  const next = peek(2);
  if (tokenMatcher(next, Plus) || tokenMatcher(next, LeftBracket)) return true;
  if (tokenMatcher(next, Equals)) return false;
  if (isKeyword(token, around.shape)) return keywordIsOperand(token, next, around, afterPlus);
  if (afterPlus || !(tokenMatcher(next, Numeral) || tokenMatcher(next, LeftParen))) return true;
  return !around.fed && token.image !== token.image.toUpperCase();
}

/** Whether `+` comes, or what stands in its place: a comma in `STITCH a, b`, nothing in `STITCH a (GENERATE "fog")`. */
export function joinsOperand(peek: Peek, around: Surroundings): boolean {
  if (tokenMatcher(peek(1), Plus) || isForgottenOperand(peek(1))) return true;
  return tokenMatcher(peek(1), Comma) && startsOperand((distance) => peek(distance + 1), around, false);
}

/** What can be nothing but an operand. A word is more likely a clause, and a number part of a range. */
function isForgottenOperand(token: IToken): boolean {
  return (
    tokenMatcher(token, LeftParen) ||
    (startsThing(token) && !tokenMatcher(token, Numeral) && !tokenMatcher(token, Flag))
  );
}

/** A keyword where an operand is wanted is meant as a keyword when it has something to govern, and as a name when it has not. */
function keywordIsOperand(token: IToken, next: IToken, around: Surroundings, afterPlus: boolean): boolean {
  if (startsThing(next) || tokenMatcher(next, LeftParen)) return false;
  if (sameWord(token, next)) return true;
  if (isWord(next) && !isKeyword(next, around.shape)) return false;
  return afterPlus || !around.fed;
}

/** Whether a word is used as a verb where a clause is wanted: the statement before it was not ended. */
export function startsStatement(peek: Peek, vocabulary: Vocabulary, shape: VerbShape): boolean {
  const token = peek(1);
  if (!isWord(token)) return false;
  const word = keyword(token.image);
  if (tokenMatcher(token, Explain)) {
    const further: Peek = (distance) => peek(distance + 1);
    const verb = isAnalyze(further, vocabulary) ? peek(3) : peek(2);
    return isWord(verb) && vocabulary.has(keyword(verb.image));
  }
  return vocabulary.has(word) && !isKeyword(token, shape) && !tokenMatcher(peek(2), Equals);
}

/** The same where a name could stand as well: only at the start of a line, and with something after it that a verb could govern. */
export function startsStatementOnLine(
  peek: Peek,
  vocabulary: Vocabulary,
  shape: VerbShape,
  text: string,
): boolean {
  if (!startsStatement(peek, vocabulary, shape)) return false;
  const [before, token, next] = [peek(0), peek(1), peek(2)];
  if (tokenMatcher(before, Comma) || tokenMatcher(before, Plus) || tokenMatcher(before, Equals)) return false;
  if (!text.slice(before.startOffset, token.startOffset).includes('\n')) return false;
  return (isWord(next) && !isKeyword(next, shape)) || startsThing(next);
}

/** Whether the next token is the first or a further value of a clause. */
export function startsValue(peek: Peek, shape: VerbShape, explicit: boolean): boolean {
  const token = peek(1);
  if (!isWord(token)) return startsThing(token) || tokenMatcher(token, LeftParen);
  if (!isKeyword(token, shape)) return true;
  // After a comma a clause that governs something is one: `UPSCALE 2x, DENOISE 20`.
  return explicit && !(tokenMatcher(peek(0), Comma) && governs(peek(2)));
}

/** `TRANSITION fade 0.5s`: after a word, an amount needs no comma. */
export function continuesValue(peek: Peek): boolean {
  return isWord(peek(0)) && tokenMatcher(peek(1), Numeral);
}

/** `60 fps`, with a space that should not be there. */
export function isLooseUnit(peek: Peek, shape: VerbShape): boolean {
  if (!tokenMatcher(peek(0), Count)) return false;
  return isWord(peek(1)) && looseUnits.has(peek(1).image.toLowerCase()) && !isKeyword(peek(1), shape);
}

/** Whether the clause whose word was read just now takes clips. */
export function isSource(peek: Peek, shape: VerbShape): boolean {
  const word = tokenMatcher(peek(0), Equals) ? peek(-1) : peek(0);
  return isWord(word) && shape.sources.has(keyword(word.image));
}

/** Whether the next token is TO, AS or OVERWRITE as the grammar means it, and no clause that the verb has under that name. */
export function isOwn(peek: Peek, type: TokenType, shape: VerbShape): boolean {
  return tokenMatcher(peek(1), type) && !shape.clauses.has(keyword(peek(1).image));
}

/** A dotted name is a clause word only where nothing else can be meant: `SET crawler.delay 2s`. */
export function startsClause(peek: Peek, shape: VerbShape): boolean {
  if (isWord(peek(1))) return true;
  return tokenMatcher(peek(1), Dotted) && (!shape.operands || tokenMatcher(peek(2), Equals));
}

/** The ANALYZE of `EXPLAIN ANALYZE`, unless a verb of that name comes. */
export function isAnalyze(peek: Peek, vocabulary: Vocabulary): boolean {
  const word = isWord(peek(1)) ? keyword(peek(1).image) : '';
  if ((word !== 'ANALYZE' && word !== 'ANALYSE') || vocabulary.has(word)) return false;
  return isWord(peek(2)) || tokenMatcher(peek(2), Pipe) || tokenMatcher(peek(2), EOF);
}

/** Whether settings end here, with their parenthesis or because it was forgotten and a clause follows: `CAMERA (lens 35mm DURATION 8s`. */
export function endsSettings(peek: Peek, shape: VerbShape): boolean {
  const [before, token] = [peek(0), peek(1)];
  if (endsStage(peek, true)) return true;
  if (tokenMatcher(before, Comma) || tokenMatcher(before, LeftParen)) return false;
  return isWord(token) && isKeyword(token, shape);
}

/** Whether the path after TO follows; a word that is TO's own AS or OVERWRITE is none. */
export function startsPath(peek: Peek): boolean {
  const token = peek(1);
  if (isWord(token)) return !(tokenMatcher(token, As) && isWord(peek(2))) && !tokenMatcher(token, Overwrite);
  return startsThing(token);
}

/** What makes no sense where a clause, TO or AS is wanted, and does not end the stage. */
export function isMisfit(peek: Peek, nested: boolean): boolean {
  const token = peek(1);
  return tokenMatcher(token, Misfit) && !(nested && tokenMatcher(token, RightParen));
}

/** A text, number, path, address or other single thing that is no word. */
function startsThing(token: IToken): boolean {
  return (
    tokenMatcher(token, Numeral) ||
    tokenMatcher(token, Text) ||
    tokenMatcher(token, Path) ||
    tokenMatcher(token, Dotted) ||
    tokenMatcher(token, Url) ||
    tokenMatcher(token, Mention) ||
    tokenMatcher(token, Flag)
  );
}

/** Whether a pipe, the end, or the parenthesis around it ends the stage. */
export function endsStage(peek: Peek, nested: boolean): boolean {
  const token = peek(1);
  return tokenMatcher(token, Pipe) || tokenMatcher(token, EOF) || (nested && tokenMatcher(token, RightParen));
}

function isKeyword(token: IToken, shape: VerbShape): boolean {
  return (
    tokenMatcher(token, To) ||
    tokenMatcher(token, As) ||
    tokenMatcher(token, Overwrite) ||
    shape.clauses.has(keyword(token.image))
  );
}

function governs(next: IToken): boolean {
  return startsThing(next) || tokenMatcher(next, LeftParen);
}

function sameWord(one: IToken, other: IToken): boolean {
  return isWord(other) && keyword(one.image) === keyword(other.image);
}

const looseUnits = new Set([
  's',
  'ms',
  'm',
  'min',
  'h',
  'd',
  'sec',
  'fps',
  'mm',
  'k',
  'db',
  'lufs',
  'km',
  'x',
  'p',
]);
