import { expect, test } from 'vitest';
import { parse } from '../../dsl/parse.ts';
import { print } from '../../dsl/print.ts';
import { vocabulary } from './a-vocabulary.ts';

const read = (text: string, surface: 'plain' | 'chat' = 'plain') => {
  const { script, diagnostics } = parse(text, vocabulary, { surface });
  return { text: print(script).trimEnd(), problems: diagnostics.map(({ code }) => code) };
};

test.each([
  ['a phone', 'GENERATE “fog” DURATION 8s — now', 'GENERATE "fog" DURATION 8s;'],
  ['German quotes', 'GENERATE „fog“', 'GENERATE "fog";'],
  ['French quotes', 'GENERATE «fog»', 'GENERATE "fog";'],
  ['a curly quote closed by a straight one', 'GENERATE “fog" AS x', 'GENERATE "fog" AS x;'],
  ['straight quotes in curly ones', 'GENERATE “say "hi" now”', String.raw`GENERATE "say \"hi\" now";`],
  ['curly quotes in straight ones, which stay', 'GENERATE "say “hi” — now…"', 'GENERATE "say “hi” — now…";'],
  ['spaces of all widths', 'STITCH\u00a0a\u2003+\u3000b', 'STITCH a + b;'],
  ['a byte order mark', '\ufeffSTITCH a', 'STITCH a;'],
  ['dots and dashes', 'TRIM v1[2s…6s]', 'TRIM v1[2s..6s];'],
  ['a real minus', 'GRADE a EXPOSURE −0.5', 'GRADE a EXPOSURE -0.5;'],
  ['an en dash that opens a comment', 'STITCH a – b', 'STITCH a;'],
  ['full-width signs', 'STITCH a ＋ b；', 'STITCH a + b;'],
])('%s writes PQL', (_, typed, canonical) => {
  expect(read(typed)).toEqual({ text: canonical, problems: [] });
});

test.each([
  [
    'STITCH a TO x.mp4 ? <https://example.com/a?b=1&amp;c=2>',
    'STITCH a TO x.mp4 ? https://example.com/a?b=1&c=2;',
  ],
  ['STITCH a TO x.mp4 ? <https://example.com/a|example.com/a>', 'STITCH a TO x.mp4 ? https://example.com/a;'],
  ['STITCH <http://clip.mov|clip.mov> + b', 'STITCH clip.mov + b;'],
  ['GENERATE "cats &amp; dogs &lt;3"', 'GENERATE "cats & dogs <3";'],
  ['FIND <@U123|nina>', 'FIND @U123;'],
  ['FIND <@!123>', 'FIND @123;'],
  ['FIND <#C12|general>', 'FIND #C12;'],
  ['```pql\nSTITCH a + b\n```', 'STITCH a + b;'],
  ['`STITCH a + b`', 'STITCH a + b;'],
])('in chat, %s is understood', (typed, canonical) => {
  expect(read(typed, 'chat')).toEqual({ text: canonical, problems: [] });
});

test('entities mean themselves outside chat', () => {
  expect(read('GENERATE "cats &amp; dogs"').text).toBe('GENERATE "cats &amp; dogs";');
});

test.each([
  ['STITCH a \0+ b', 'PQL103', '\0'],
  ['STITCH a \ud800 + b', 'PQL104', '\ud800'],
  ['STITCH a \u202e+ b', 'PQL105', '\u202e'],
  ['GENERATE "a \u2066 b"', 'PQL105', '\u2066'],
  ['STITCH a -- \u202e', 'PQL105', '\u202e'],
  ['ST\u200bITCH a + b', 'PQL106', '\u200b'],
  ['S\u0422ITCH a + b', 'PQL107', 'S\u0422ITCH'],
  ['STITCH a \u03a4\u039f x.mp4', 'PQL107', '\u03a4\u039f'],
  ['ＳＴＩＴＣＨ a + b', 'PQL107', 'ＳＴＩＴＣＨ'],
])('%j is refused with %s, at what was typed, and mended by its fix', (source, code, at) => {
  const { diagnostics } = parse(source, vocabulary);
  expect(diagnostics.map((each) => [each.code, source.slice(each.span.start, each.span.end)])).toEqual([
    [code, at],
  ]);
  const fix = diagnostics[0]?.fix;
  const mended = source.slice(0, fix?.span.start) + fix?.text + source.slice(fix?.span.end);
  expect(parse(mended, vocabulary).diagnostics).toEqual([]);
});

test('emoji and invisible joiners are welcome in quotes', () => {
  expect(read('GENERATE "👩‍👩‍👧 در می‌خواهم"')).toEqual({
    text: 'GENERATE "👩‍👩‍👧 در می‌خواهم";',
    problems: [],
  });
});

test('carets find their place behind everything that was rewritten', () => {
  const source = '\ufeffGENERATE “say "hi"” DURATION\u00a08s — &amp;\n  STITCH a + + b';
  const [, problem] = parse(source, vocabulary, { surface: 'chat' }).diagnostics;
  expect(problem?.message).toBe('an operand is missing after +');
  expect(source.slice(problem?.span.start)).toBe('+ + b');
});
