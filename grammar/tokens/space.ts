import { createToken, Lexer } from 'chevrotain';

export const Space = createToken({
  name: 'Space',
  pattern: /[ \t\r\n\f\v]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** `--` to the end of the line; kept apart so that the formatter can put it back. */
export const Comment = createToken({
  name: 'Comment',
  pattern: /--[^\r\n]*/,
  group: 'comments',
  line_breaks: false,
});
