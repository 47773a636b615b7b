import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';
import { knownPeople } from '../../engine/consent/people/known.ts';

const lexicon = await loadLexicon();
const matcher = createMatcher(lexicon, await Array.fromAsync(knownPeople()));
const found = (text: string) => matcher.find(text).map(({ person }) => person);

test.each([
  ['The Rock raises an eyebrow in a wrestling ring', 'Dwayne Johnson'],
  ['the rock raises an eyebrow in a wrestling ring', 'Dwayne Johnson'],
  ['the iron lady speaks in parliament', 'Margaret Thatcher'],
  ['king of pop dancing with zombies', 'Michael Jackson'],
  ['El Diego juggles an orange', 'Diego Maradona'],
  ['the duke in true grit rides a horse', 'John Wayne'],
  ['mayor of flavortown eats a burger', 'Guy Fieri'],
])('an epithet is asked about where it says who is meant: %s', (text, name) => {
  expect(matcher.find(text)).toMatchObject([{ person: name, verdict: 'review' }]);
});

test.each([
  ['the king sits on a throne'],
  ['The King enters. The Boss waits. The Duke laughs.'],
  ['a rock rolls down the hill, the rock breaks'],
  ['the queen of hearts and the white rabbit'],
  ['the special one on the left is red'],
  ['the streets of the black forest on christmas eve'],
  ['der kaiser fährt schlitten'],
])('an epithet of words that mean others too is nobody without more: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['Ye the rapper sitting in an empty stadium', 'Kanye West'],
  ['ye the rapper sitting in an empty stadium', 'Kanye West'],
  ['rapper ye eats soup', 'Kanye West'],
  ['arnie says hasta la vista to a toaster', 'Arnold Schwarzenegger'],
  ['becks takes a free kick at old trafford', 'David Beckham'],
  ['jfk waves from an open car', 'John F. Kennedy'],
  ['srk dances on top of a train', 'Shah Rukh Khan'],
  ['mj dunks from the free throw line in a bulls jersey', 'Michael Jordan'],
])('a short name is found with what its bearer is known for, in small letters too: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['ye olde tavern with a rapper outside'],
  ['jfk airport in the snow'],
  ['a posh hotel lobby'],
  ['Maggie walks her dog'],
])('the same letters that are something else are nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['hitler paints a postcard', 'Adolf Hitler'],
  ['mozart plays a keytar', 'Wolfgang Amadeus Mozart'],
  ['picasso paints a truck', 'Pablo Picasso'],
  ['zuckerberg smokes meats', 'Mark Zuckerberg'],
])('a family name that only one is known by is found in a text of small letters: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['a mozartkugel rolling down a hill'],
  ['the picasso museum at night'],
  ["beethoven's symphony played by robots"],
  ['Lincoln Memorial at dawn'],
  ['Plaza Bolívar, pigeons, morning rain'],
  ['a ship in the harbour of Darwin, Australia'],
])('what is named for them is not: %s', (text) => {
  expect(found(text)).toEqual([]);
});
