import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cutLines, cutTo, fenced, plainLine, plainText } from '../../../bots/presenter/plain.ts';

/** Texts that somebody may send to break a card. */
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '```',
        '`',
        '\u202e',
        '\u0000',
        '\r\n',
        '\n',
        '👨‍👩‍👧‍👦',
        'مرحبا',
        '\ud800',
        '\u200b',
        '@everyone',
        '…',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

test('nothing that is hidden or turns the reading direction is left of a text', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      expect(plainText(text).replace(/[\n\t]/g, '')).not.toMatch(
        /\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/u,
      );
      expect(plainText(text).isWellFormed()).toBe(true);
      expect(plainLine(text)).not.toMatch(/[\n\r\u2028\u2029]/);
    }),
  );
});

test('a text is cut to its room, never within a character, and stays as it is where it fits', () => {
  fc.assert(
    fc.property(nasty, fc.integer({ min: 1, max: 80 }), (text, most) => {
      const plain = plainText(text);
      const cut = cutTo(plain, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.isWellFormed()).toBe(true);
      if (plain.length <= most) expect(cut).toBe(plain);
      expect(cutLines(plain, Math.max(most, 30)).length).toBeLessThanOrEqual(Math.max(most, 30));
    }),
  );
  expect(cutTo('a family 👨‍👩‍👧‍👦 here', 14)).toBe('a family…');
});

test('what goes is counted in lines', () => {
  expect(cutLines('one\ntwo\nthree\nfour', 40)).toBe('one\ntwo\nthree\nfour');
  expect(cutLines(Array.from({ length: 100 }, (_, n) => `row ${n}`).join('\n'), 60)).toBe(
    'row 0\nrow 1\nrow 2\nrow 3\nrow 4\nrow 5\nrow 6\n… 93 more lines',
  );
});

test('no text ends the code block that it stands in', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      expect(fenced(text)).not.toContain('``');
      expect(fenced(text).replaceAll('\u200b', '')).toBe(text.replaceAll('\u200b', ''));
    }),
  );
});
