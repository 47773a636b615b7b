import type { TokenType } from 'chevrotain';
import { Misfit, Numeral } from './categories.ts';
import {
  Comma,
  Compare,
  DotDot,
  Equals,
  LeftBracket,
  LeftParen,
  Pipe,
  Plus,
  Question,
  RightBracket,
  RightParen,
  Semicolon,
  Stray,
} from './marks.ts';
import { As, Dotted, Explain, Flag, Mention, Overwrite, Path, To, Url, Word } from './names.ts';
import { Amount, Clock, Compound, Count, Day, Fraction, FStop, Point, Ratio, Size } from './numerals.ts';
import { Comment, Space } from './space.ts';
import { Text, UnterminatedText } from './texts.ts';

/** In the order in which the lexer tries them: what is longer or more special comes first. */
export const allTokens: TokenType[] = [
  Space,
  Comment,
  Text,
  UnterminatedText,
  Url,
  Day,
  FStop,
  Fraction,
  Path,
  Point,
  Size,
  Clock,
  Ratio,
  Compound,
  Dotted,
  Count,
  Amount,
  Explain,
  To,
  As,
  Overwrite,
  Word,
  Mention,
  Flag,
  DotDot,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  Comma,
  Plus,
  Equals,
  Question,
  Pipe,
  Semicolon,
  Compare,
  Stray,
  Numeral,
  Misfit,
];
