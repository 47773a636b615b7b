import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLexer } from '../../grammar/lexer.ts';
import { soup } from '../dsl/pql-arbitraries.ts';

const lex = createLexer();
const cut = (text: string) => lex(text).tokens.map(({ tokenType, image }) => `${tokenType.name} ${image}`);

test.each([
  ['8s', 'Amount'],
  ['250ms', 'Amount'],
  ['1m30s', 'Compound'],
  ['00:01:30.5', 'Clock'],
  ['01:30', 'Clock'],
  ['2h', 'Amount'],
  ['1/48s', 'Fraction'],
  ['30000/1001fps', 'Fraction'],
  ['f/2.8', 'FStop'],
  ['1920x1080', 'Size'],
  ['16:9', 'Ratio'],
  ['2.39:1', 'Ratio'],
  ['-14LUFS', 'Amount'],
  ['-3dB', 'Amount'],
  ['+0.3', 'Count'],
  ['1e3', 'Count'],
  ['.5', 'Count'],
  ['1e309s', 'Amount'],
  ['40%', 'Amount'],
  ['52.37,4.89', 'Point'],
  ['2027-01-31', 'Day'],
  ['crawler.delay', 'Dotted'],
  ['01-intro.mp4', 'Dotted'],
  ['out/harbour.mp4', 'Path'],
  ['../x', 'Path'],
  ['/etc/x', 'Path'],
  ['~/x', 'Path'],
  ['clips/a-b.mov', 'Path'],
  ['clips/a--b.mov', 'Path'],
  ['file:/etc/x', 'Path'],
  ['C:\\clips\\x.mp4', 'Path'],
  ['https://example.com/x?y=1&z=2', 'Url'],
  ['http://[::1]:80/x', 'Url'],
  ['https://example.org/a_(b)', 'Url'],
  ['teal-orange', 'Word'],
  ['名前', 'Word'],
  ['_', 'Word'],
  ['to', 'To'],
  ['too', 'Word'],
  ['to-x', 'Word'],
  ['@U123', 'Mention'],
  ['#alerts', 'Mention'],
  ['-x', 'Flag'],
  ['"a \\" b"', 'Text'],
  ["'it'", 'Text'],
])('%s is one token: %s', (text, type) => {
  expect(cut(text)).toEqual([`${type} ${text}`]);
});

test.each([
  ['[2s..6s]', ['LeftBracket [', 'Amount 2s', 'DotDot ..', 'Amount 6s', 'RightBracket ]']],
  ['[..6s]', ['LeftBracket [', 'DotDot ..', 'Amount 6s', 'RightBracket ]']],
  ['[2.5s..]', ['LeftBracket [', 'Amount 2.5s', 'DotDot ..', 'RightBracket ]']],
  ['[2..6]', ['LeftBracket [', 'Count 2', 'DotDot ..', 'Count 6', 'RightBracket ]']],
  ['a+b', ['Word a', 'Plus +', 'Word b']],
  ['0.5, 0.7', ['Count 0.5', 'Comma ,', 'Count 0.7']],
  ['1,2', ['Count 1', 'Comma ,', 'Count 2']],
  ['https://a.b/c;x', ['Url https://a.b/c', 'Semicolon ;', 'Word x']],
  ['(https://a.b/c)', ['LeftParen (', 'Url https://a.b/c', 'RightParen )']],
  ['x.mp4[2s..]', ['Dotted x.mp4', 'LeftBracket [', 'Amount 2s', 'DotDot ..', 'RightBracket ]']],
  ['"open; \nb', ['UnterminatedText "open', 'Semicolon ;', 'Word b']],
  ['a -- "b', ['Word a']],
  ['4_', ['Stray 4_']],
  ['16:9_×b', ['Count 16', 'Stray :', 'Stray 9_', 'Stray ×', 'Word b']],
])('%s is cut into its parts', (text, parts) => {
  expect(cut(text)).toEqual(parts);
});

test('every character is in one token, in a comment, or white space', () => {
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
      const { tokens, comments } = lex(text);
      const seen = [...tokens, ...comments].sort((one, other) => one.startOffset - other.startOffset);
      let at = 0;
      for (const { startOffset, image } of seen) {
        expect(startOffset).toBeGreaterThanOrEqual(at);
        expect(text.slice(at, startOffset).trim()).toBe('');
        at = startOffset + image.length;
      }
      expect(text.slice(at).trim()).toBe('');
    }),
  );
});

test('a long text costs in proportion to its length, whatever it is made of', () => {
  // A quadratic scan of these takes minutes and trips the runner's time limit; no clock is read here.
  for (const piece of [
    '1.',
    'a:',
    '.',
    'a.',
    '1:',
    '1e',
    '"\\',
    'a://',
    'a-',
    '1h',
    '/',
    '-',
    '@',
    "'",
    '1/',
    '1,',
  ]) {
    expect(lex(piece.repeat(20_000)).tokens.length).toBeLessThanOrEqual(40_000);
  }
});
