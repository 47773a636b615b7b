import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rank } from '../../../engine/search/rank.ts';

const texts = [
  'GENERATE "fog over the harbour at dawn"',
  'GENERATE "dawn over the mountains"',
  'GENERATE "a lighthouse, harbor side"; STITCH v1 + v2',
  'ENHANCE "clips/Füße.mp4" UPSCALE 2x',
  'GENERATE "harbours and more"',
];
const found = (query: string) => rank(query, texts, (text) => text).map(({ item }) => texts.indexOf(item));

test.each([
  ['harbour', [0, 4, 2]],
  ['HARBOUR', [0, 4, 2]],
  ['harbuor', [0, 2, 4]],
  ['lighthuse', [2]],
  ['lihgthouse', [2]],
  ['over the harbour', [0]],
  ['dawn over', [1, 0]],
  ['harbour dawn', [0]],
  ['fusse', []],
  ['fuße', [3]],
  ['upsc', [3]],
  ['xyzzy', []],
  ['2x', [3]],
  ['!!', []],
  ['', []],
])('answers %j with %j', (query, expected) => {
  const got = found(query);
  expect(got.slice(0, 1)).toEqual(expected.slice(0, 1));
  expect([...got].sort()).toEqual([...expected].sort());
});

test('always finds a text by a word of it, whatever one letter is mistyped', () => {
  const word = fc.stringMatching(/^[a-z]{5,12}$/);
  fc.assert(
    fc.property(word, fc.nat(), fc.stringMatching(/^[a-z]$/), (text, at, letter) => {
      const place = at % text.length;
      const typed = text.slice(0, place) + letter + text.slice(place + 1);
      expect(rank(typed, [`GENERATE "${text}"`], (each) => each)).toHaveLength(1);
    }),
  );
});

test('never throws and never scores nothing, whatever is asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (query, all) => {
      for (const { score } of rank(query, all, (each) => each)) expect(score).toBeGreaterThan(0);
    }),
  );
});
