import { createToken } from 'chevrotain';
import { Misfit } from './categories.ts';
import { beyondAsciiCodes, codesOf, digitCodes, sticky } from './pattern.ts';

export const Semicolon = createToken({ name: 'Semicolon', pattern: /;/, label: '";"' });
export const Pipe = createToken({ name: 'Pipe', pattern: /\|/, label: '"|"' });
export const Comma = createToken({ name: 'Comma', pattern: /,/, label: '","', categories: [Misfit] });
export const Plus = createToken({ name: 'Plus', pattern: /\+/, label: '"+"', categories: [Misfit] });
export const Equals = createToken({ name: 'Equals', pattern: /=/, label: '"="', categories: [Misfit] });
export const Question = createToken({ name: 'Question', pattern: /\?/, label: '"?"', categories: [Misfit] });
export const LeftParen = createToken({
  name: 'LeftParen',
  pattern: /\(/,
  label: '"("',
  categories: [Misfit],
});
export const RightParen = createToken({
  name: 'RightParen',
  pattern: /\)/,
  label: '")"',
  categories: [Misfit],
});
export const LeftBracket = createToken({
  name: 'LeftBracket',
  pattern: /\[/,
  label: '"["',
  categories: [Misfit],
});
export const RightBracket = createToken({
  name: 'RightBracket',
  pattern: /\]/,
  label: '"]"',
  categories: [Misfit],
});
/** Two dots; three are taken for them. */
export const DotDot = createToken({
  name: 'DotDot',
  pattern: /\.{2,3}(?!\.)/,
  label: '".."',
  categories: [Misfit],
});

/** `<`, `>=`, `!=`: compares a field with a value behind WHERE. Elsewhere it means nothing and never reaches the parser. */
export const Compare = createToken({
  name: 'Compare',
  pattern: /[<>][<>=!]*|![<>=!]+/,
  label: 'a comparison',
  categories: [Misfit],
});

/** A run of characters that mean nothing in PQL, also digits that no number or name goes on with: `9_`. It never reaches the parser. */
export const Stray = createToken({
  name: 'Stray',
  ...sticky(String.raw`[^\p{L}\p{N}\s"';|,+=?()\[\]_.\-~/@#]+|\d[\p{L}\p{N}\p{M}_]*|[^\s]`, [
    ...codesOf('!$%&*:<>\\^`{}.-~/@#'),
    ...digitCodes,
    127,
    ...Array.from({ length: 32 }, (_, index) => index),
    ...beyondAsciiCodes,
  ]),
});
