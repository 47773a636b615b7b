import { expect, test } from 'vitest';

import { clip, columnsOf, fillTo, harmless, oneLine } from '../../bots/width.ts';

test.each([
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['', 0],
])('counts the columns of %j as %i', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test.each([
  ['harbour', 7, 'harbour'],
  ['harbour', 5, 'harb…'],
  ['日本語の海', 6, '日本…'],
  ['日本語', 5, '日本…'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
  ['👩‍👩‍👧‍👦family', 4, '👩‍👩‍👧‍👦f…'],
])('cuts %j to %i columns as %j', (text, width, expected) => {
  expect(clip(text, width)).toBe(expected);
  expect(columnsOf(clip(text, width))).toBeLessThanOrEqual(width);
});

test('fills to a width on either side, also with wide characters', () => {
  expect(fillTo('日本', 6)).toBe('日本  ');
  expect(fillTo('7', 3, 'right')).toBe('  7');
});

test('keeps what others wrote from moving the cursor or turning the text', () => {
  expect(oneLine('a\nb\tc\u{1b}[2Jd\u202ee')).toBe('a b c\u{fffd}[2Jd\u{fffd}e');
  expect(harmless('a\nb\u0007')).toBe('a\nb\u{fffd}');
});
