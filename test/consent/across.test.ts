import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { findAcross, mostEffort } from '../../engine/consent/matcher/across.ts';
import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';
import type { Matcher, PersonNames } from '../../engine/consent/matcher/port.ts';
import { knownPeople } from '../../engine/consent/people/known.ts';
import { chance, pick } from './chance.ts';
import { harmlessPrompts } from './harmless.ts';

const lexicon = await loadLexicon();
const matcher = createMatcher(lexicon, [
  { id: 'roe', names: ['Jane Roe'], kind: 'private' },
  { id: 'lee', names: ['Ann Lee'], kind: 'private' },
]);

const partsOf = (texts: readonly string[]) => texts.map((text, origin) => ({ text, origin }));
const found = async (...texts: string[]) =>
  (await findAcross(matcher, partsOf(texts))).found.map(
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
])('finds a name over %j', async (texts, expected) => {
  expect((await found(...texts)).join(', ')).toBe(expected);
});

test.each([
  [['joAnn', 'Leeds']],
  [['Ann', 'leeds by night']],
  [['a quiet harbour', 'a roe deer']],
  [['', 'Jane']],
  [[]],
])('finds nobody over %j', async (texts) => {
  expect(await found(...texts)).toEqual([]);
});

const fogs = (count: number) => Array.from({ length: count }, (_, at) => `fog number ${at}`);

test.each([
  [['Jane', ...fogs(60), 'Roe walks home'], 'block roe: Jane + Roe'],
  [['Roe walks home', ...fogs(60), 'Jane'], 'block roe: Jane + Roe'],
  [['a woman called Jane', ...fogs(60), 'Roe in the rain'], 'review roe: Jane + Roe'],
  [['J a n e', ...fogs(60), 'the voice of R0e is heard'], 'block roe: J a n e + R0e'],
  [['a boat', 'Jane', ...fogs(60), 'a boat for Roe on the lake'], 'block roe: Jane + Roe'],
  [['a clip with Ja', 'neRoe at sea'], 'review roe: Ja + neRoe'],
])('finds a name over texts that stand far apart: case %#', async (texts, expected) => {
  expect((await found(...texts)).join(', ')).toBe(expected);
});

/** A matcher, and how often it was asked. */
function countedMatcher(matcher: Matcher) {
  const counted = {
    ...matcher,
    readings: 0,
    find: (...asked: Parameters<typeof matcher.find>) => {
      counted.readings += 1;
      return matcher.find(...asked);
    },
  };
  return counted;
}

test('reads ten thousand texts in one pass', async () => {
  const counted = countedMatcher(matcher);
  expect(await findAcross(counted, partsOf(fogs(10_000)))).toEqual({ found: [], unread: false });
  expect(counted.readings).toBeLessThan(10_100);
});

test('counts what Chinese characters may be read as: 64 KiB of those of one name are given up soon', async () => {
  const counted = countedMatcher(
    createMatcher(lexicon, [{ id: 'narasawa', names: ['Kiyohiko Narasawa'], kind: 'private' }]),
  );
  const random = chance(7);
  const text = Array.from({ length: 21_000 }, () => pick(random, [...'奈良沢清彦'])).join('');
  const { unread } = await findAcross(counted, partsOf([text]));
  expect(unread).toBe(true);
  expect(counted.readings).toBeLessThan(6);
});

test('reads prose of 64 KiB to its end, and a name at the end of it', async () => {
  const prose = harmlessPrompts(1600, 5).join('. ').slice(0, 64_000);
  const effort = { left: mostEffort };
  expect(await findAcross(matcher, partsOf([prose]), effort)).toEqual({ found: [], unread: false });
  expect(effort.left).toBeGreaterThan(mostEffort / 2);
  expect(await found(`${prose} Jane Roe`)).toEqual(['block roe: Jane Roe']);
});

test('finds none of the widely known people in prose that is about something else', async () => {
  const known: PersonNames[] = [];
  for await (const person of knownPeople()) known.push(person);
  const pages = ['chat', 'consent', 'delivery', 'discord', 'enhance', 'monitoring', 'operations', 'slack'];
  const prose = pages
    .map((page) => readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8'))
    .join('\n')
    .replace(/```[\s\S]*?```|`[^`]*`|\|/g, ' ');
  expect(prose.length).toBeGreaterThan(40_000);
  expect(await findAcross(createMatcher(lexicon, known), partsOf([prose]))).toEqual({
    found: [],
    unread: false,
  });
});

test('what lies where a long text was cut is found, and nothing that the cut makes', async () => {
  for (let letters = 2480; letters < 2520; letters++)
    expect(await found(`${'x'.repeat(letters)} Jane Roe ${'y'.repeat(3000)}`)).toEqual([
      'block roe: Jane Roe',
    ]);
  expect(await found(`${'joAnnleeds'.repeat(700)}`)).toEqual([]);
});

test.each([
  ['one text', (all: string) => [all]],
  ['hundreds', (all: string) => all.match(/(?:\S+ ){20}/g)!],
])('gives up on %s that takes too much, and says that it did', async (_, cut) => {
  const random = chance(3);
  const word = () => `${pick(random, [...'BDKLMRST'])}${random().toString(36).slice(2, 9)} `;
  const texts = cut(Array.from({ length: 4000 }, word).join(''));
  const turns: number[] = [];
  const timer = setInterval(() => turns.push(1));
  const { unread } = await findAcross(matcher, partsOf([...texts, 'Jane Roe']), { left: mostEffort / 2 });
  clearInterval(timer);
  expect(unread).toBe(true);
  // Others had their turn meanwhile.
  expect(turns.length).toBeGreaterThan(0);
});
