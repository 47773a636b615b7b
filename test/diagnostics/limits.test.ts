import { expect, test } from 'vitest';
import { parse } from '../../dsl/parse.ts';
import { renderDiagnostics } from '../../dsl/render-diagnostic.ts';
import { vocabulary } from '../dsl/a-vocabulary.ts';

const codes = (source: string) => parse(source, vocabulary).diagnostics.map(({ code }) => code);

test.each([
  ['a megabyte of (', '('.repeat(1_000_000), ['PQL208']],
  ['60,000 of (', '('.repeat(60_000), ['PQL207']],
  ['a megabyte of NUL', '\0'.repeat(1_000_000), ['PQL208']],
  ['60,000 of NUL', '\0'.repeat(60_000), ['PQL103']],
  ['a statement of 70,000 characters', `GENERATE "${'x'.repeat(70_000)}"`, ['PQL208']],
  ['five million characters', 'PROBE a;'.repeat(650_000), ['PQL110']],
  ['64 parentheses', `STITCH ${'(PROBE '.repeat(64)}a${')'.repeat(64)}`, []],
  ['65 parentheses', `STITCH ${'(PROBE '.repeat(65)}a${')'.repeat(65)}`, ['PQL207']],
])('%s gets a short answer', (_, source, expected) => {
  expect(codes(source)).toEqual(expected);
});

test('ten thousand problems are counted, not listed', () => {
  const { diagnostics } = parse('^ ;'.repeat(10_000), vocabulary);
  expect(diagnostics).toHaveLength(201);
  expect(diagnostics.at(-1)?.message).toBe('9800 more problems follow from here');
});

test('the caret of a problem in a very long line is shown with its surroundings only', () => {
  const source = `GENERATE "${'fog '.repeat(10_000)}" ^`;
  const text = renderDiagnostics(source, parse(source, vocabulary).diagnostics);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(160);
  expect(text).toContain('…');
});
