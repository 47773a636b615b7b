import { type IToken, tokenMatcher } from 'chevrotain';
import { LeftBracket, LeftParen, RightBracket, RightParen, Semicolon } from './tokens.ts';

/** The tokens between two `;`. */
export interface Sentence {
  tokens: IToken[];
  /** Offset behind its `;`, or behind its last token where the script ends without one. */
  end: number;
  /** How deep parentheses and brackets nest, and the first token that is deeper than allowed. */
  tooDeep: IToken | null;
}

/** How deep a statement may nest: far beyond what people write, far below what exhausts the stack. */
export const deepest = 64;

/** Cuts the tokens of a script at each `;`: the script rule of the grammar, done here so that one broken statement never spoils the next. */
export function sentences(tokens: readonly IToken[]): Sentence[] {
  const found: Sentence[] = [];
  let current = empty();
  let depth = 0;
  for (const token of tokens) {
    current.end = token.startOffset + token.image.length;
    if (tokenMatcher(token, Semicolon)) {
      if (current.tokens.length > 0) found.push(current);
      current = empty();
      depth = 0;
      continue;
    }
    if (tokenMatcher(token, LeftParen) || tokenMatcher(token, LeftBracket)) depth++;
    else if (depth > 0 && (tokenMatcher(token, RightParen) || tokenMatcher(token, RightBracket))) depth--;
    if (depth > deepest) current.tooDeep ??= token;
    current.tokens.push(token);
  }
  if (current.tokens.length > 0) found.push(current);
  return found;
}

function empty(): Sentence {
  return { tokens: [], end: 0, tooDeep: null };
}
