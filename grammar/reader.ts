import type { CstNode, IRecognitionException, IToken } from 'chevrotain';
import { createLexer, type Lexed } from './lexer.ts';
import { PqlParser } from './parser.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Lexer and parser for one vocabulary, made once and used for every text. */
export interface Reader {
  lex(text: string): Lexed;
  /** Reads the tokens of one sentence; the tree is there even where errors are. */
  parse(text: string, tokens: IToken[]): { tree: CstNode | undefined; errors: IRecognitionException[] };
}

export function createReader(vocabulary: Vocabulary, options: { validate?: boolean } = {}): Reader {
  const lex = createLexer(options);
  const parser = new PqlParser(vocabulary, options);
  return {
    lex,
    parse(text, tokens) {
      parser.input = tokens;
      parser.text = text;
      const tree = parser.statements() as CstNode | undefined;
      return { tree, errors: parser.errors };
    },
  };
}
