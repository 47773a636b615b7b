import fc from 'fast-check';
import { expect, test } from 'vitest';
import { format } from '../../dsl/format.ts';
import { parse } from '../../dsl/parse.ts';
import { vocabulary } from './a-vocabulary.ts';
import { soup } from './pql-arbitraries.ts';

test('comments and paragraphs survive', () => {
  const source = [
    '-- the opening',
    ' generate "fog" -- soft',
    '   duration 3s;   -- short',
    '',
    '',
    'stitch a + b;-- done',
    '-- nothing more',
  ].join('\n');
  expect(format(source, vocabulary)).toBe(
    [
      '-- the opening',
      '-- soft',
      'GENERATE "fog" DURATION 3s; -- short',
      '',
      'STITCH a + b; -- done',
      '-- nothing more',
      '',
    ].join('\n'),
  );
});

test('a long statement is broken before its pipes', () => {
  const long = `GENERATE "${'fog '.repeat(15)}" DURATION 8s | ENHANCE UPSCALE 2x DENOISE 20 TO out/harbour.mp4 AS harbour`;
  expect(format(long, vocabulary)).toBe(`${long.replace(' | ', '\n  | ')};\n`);
});

test('a text with a problem stays as it is', () => {
  expect(format('stitch a +', vocabulary)).toBe('stitch a +');
});

test('formatting twice changes nothing more, and loses no comment', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(soup, fc.constantFrom('-- a\n', 'PROBE a;\n', '\n\n', 'STITCH a -- x\n + b;'))),
      (parts) => {
        const source = parts.join('');
        const before = parse(source, vocabulary);
        if (before.diagnostics.length > 0) return;
        const text = format(source, vocabulary);
        expect(format(text, vocabulary)).toBe(text);
        expect(parse(text, vocabulary).comments.map((each) => each.text)).toEqual(
          before.comments.map((each) => each.text.trimEnd()),
        );
      },
    ),
    { numRuns: 300 },
  );
});
