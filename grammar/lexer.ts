import { type IToken, Lexer } from 'chevrotain';
import { allTokens } from './tokens.ts';

/** Tokens and comments of a text, each in the order of the text; offsets count UTF-16 code units. */
export interface Lexed {
  tokens: IToken[];
  comments: IToken[];
}

/** Makes the function that cuts a text into tokens. Every character ends up in a token, in a comment or is white space, so it knows no errors:
 * what means nothing becomes a `Stray` token. `validate` runs chevrotain's own checks of the token definitions, which tests do once. */
export function createLexer({ validate = false } = {}): (text: string) => Lexed {
  const lexer = new Lexer(allTokens, {
    positionTracking: 'onlyOffset',
    skipValidations: !validate,
    ensureOptimizations: validate,
  });
  return (text) => {
    const { tokens, groups } = lexer.tokenize(text);
    // Chevrotain counts ends only together with lines, which cost time and are not needed; the parser adds ends up to the extents of its nodes.
    for (const token of tokens) token.endOffset = token.startOffset + token.image.length - 1;
    return { tokens, comments: groups.comments ?? [] };
  };
}
