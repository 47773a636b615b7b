import { expect, test } from 'vitest';

import { findAcross } from '../../engine/consent/matcher/across.ts';
import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const matcher = createMatcher(await loadLexicon(), [
  { id: 'roe', names: ['Jane Roe'], kind: 'private' },
  { id: 'lee', names: ['Ann Lee'], kind: 'private' },
]);

const found = (...texts: string[]) =>
  findAcross(
    matcher,
    texts.map((text, origin) => ({ text, origin })),
  ).map(
    ({ person, verdict, places }) =>
      `${verdict} ${person}: ${places.map(({ origin, start, end }) => texts[origin]!.slice(start, end)).join(' + ')}`,
  );

test.each([
  [['Jane', 'Roe walks home'], 'block roe: Jane + Roe'],
  [['Roe walks home', 'Jane'], 'block roe: Jane + Roe'],
  [['a woman called Jane', 'Roe in the rain'], 'review roe: Jane + Roe'],
  [['a film with Jane.', 'Roe smiles'], 'review roe: Jane + Roe'],
  [['Jane', 'the voice of Ms. Roe is heard'], 'review roe: Roe, block roe: Jane + Roe'],
  [['a dog', 'Jane Roe on a beach'], 'block roe: Jane Roe'],
])('finds a name over %j', (texts, expected) => {
  expect(found(...texts).join(', ')).toBe(expected);
});

test.each([
  [['joAnn', 'Leeds']],
  [['Ann', 'leeds by night']],
  [['a quiet harbour', 'a roe deer']],
  [['', 'Jane']],
  [[]],
])('finds nobody over %j', (texts) => {
  expect(found(...texts)).toEqual([]);
});

test('finds a name over texts that stand apart in a long script, and reads ten thousand in one pass', () => {
  const fog = Array.from({ length: 25 }, (_, at) => `fog number ${at}`);
  expect(found('Jane', ...fog, 'Roe walks home')).toEqual(['block roe: Jane + Roe']);
  expect(found('Roe walks home', ...fog, 'Jane')).toEqual(['block roe: Jane + Roe']);
  let readings = 0;
  const counted = {
    ...matcher,
    find: (text: string) => {
      readings += 1;
      return matcher.find(text);
    },
  };
  const many = Array.from({ length: 10_000 }, (_, at) => ({ text: `fog number ${at}`, origin: at }));
  expect(findAcross(counted, many)).toEqual([]);
  expect(readings).toBeLessThan(40_000);
});
