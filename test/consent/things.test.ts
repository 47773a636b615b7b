import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const known: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['King Charles III', ['King Charles'], ['king']],
  ['Madonna', [], ['singer']],
  ['Charles Darwin', [], ['naturalist']],
  ['Johnny Cash', [], ['singer']],
  ['John Lennon', [], ['singer']],
  ['Winston Churchill', [], ['prime minister']],
  ['James Dyson', [], ['inventor']],
  ['Pablo Picasso', [], ['painter']],
  ['Martin Luther King', [], ['minister']],
  ['Emmanuel Macron', [], ['president', 'France']],
  ['Brigitte Macron', [], ['Emmanuel Macron', 'first lady']],
  ['Paulo Coelho', [], ['writer']],
];
const matcher = createMatcher(
  await loadLexicon(),
  known.map(([name, aliases, context]) => ({
    ...{ id: name, names: [name, ...aliases], context },
    kind: 'public figure' as const,
  })),
);
const found = (text: string) => [...new Set(matcher.find(text).map(({ person }) => person))];

test.each([
  'a King Charles spaniel asleep in a basket',
  'white madonna lilies in a vase',
  "Darwin's finches in an old book",
  'Johnny cakes on a griddle',
  'a Dyson vacuum sucks up a living room',
  'a picasso triggerfish patrols the reef',
])('a kind of animal, plant or machine is nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  'arrivals at John Lennon airport',
  'Churchill, Manitoba: polar bears look into a car',
  'a parade on Martin Luther King Boulevard',
])('a place that is named for somebody is nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['King Charles walks a spaniel', 'King Charles III'],
  ['Madonna with lilies in her hair', 'Madonna'],
  ['John Lennon at the airport', 'John Lennon'],
  ['Charles Darwin feeds his finches', 'Charles Darwin'],
  ['Picasso paints a fish', 'Pablo Picasso'],
])('who is beside such a thing is found: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  'portrait of Emmanuel Macron at the beach',
  "un portrait d'Emmanuel Macron",
])('the given name before it says whose family name it is: %s', (text) => {
  expect(found(text)).toEqual(['Emmanuel Macron']);
});

test('in small letters a word for an animal is that in another language too', () => {
  expect(found('um coelho branco atrasado com um relógio')).toEqual([]);
  expect(found('Coelho, the writer, on a pilgrimage')).toEqual(['Paulo Coelho']);
});
