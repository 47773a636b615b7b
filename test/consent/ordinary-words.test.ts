import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const names = [
  ...[
    'Jane Smith',
    'Summer Rain',
    'Grant Park',
    'Mark Stone',
    'Will May',
    'Alexander Brown',
    'William Jonsson',
  ],
  ...['Robert Johnson', 'Karen Rivers', 'Jane King Lopez', 'Elizabeth de los Santos', 'Sun Young Park'],
];
const known: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['Tom Cruise', [], ['actor']],
  ['Will Smith', [], ['actor']],
  ['Bill Gates', [], ['Microsoft']],
  ['Jack Black', [], ['actor']],
  ['Taylor Swift', [], ['singer']],
  ['Cardi B', [], ['rapper']],
  ['Naomi Campbell', [], ['model']],
  ['Mark Zuckerberg', [], ['Facebook']],
  ['Ice Cube', [], ['rapper']],
  ['Adele', [], ['singer']],
  ['Donald Trump', ['The Donald'], ['president']],
  ['Nicolas Cage', [], ['actor']],
];
const matcher = createMatcher(await loadLexicon(), [
  ...names.map((name) => ({ id: name, names: [name], kind: 'private' as const })),
  ...known.map(([name, aliases, context]) => ({
    ...{ id: name, names: [name, ...aliases], context },
    kind: 'public figure' as const,
  })),
]);
const found = (text: string) => [...new Set(matcher.find(text).map(({ person }) => person))];

test.each([
  ['Jane E. Smith at her desk', 'Jane Smith'],
  ['Jane A Smith at her desk', 'Jane Smith'],
  ['jane_e_smith.jpg', 'Jane Smith'],
  ['grant j. park opens a door', 'Grant Park'],
  ['jane rose smith laughs', 'Jane Smith'],
  ['JANE HOPE SMITH LAUGHS AT THE CAMERA', 'Jane Smith'],
  ['Photo of Summer Rose Rain', 'Summer Rain'],
  ['Mark and Joy Stone wave', 'Mark Stone'],
  ['Jane King dances', 'Jane King Lopez'],
  ['Liz de los Santos laughs', 'Elizabeth de los Santos'],
])('whatever stands between its words, and whatever they mean, a name is one: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['park_grant_portrait.png', 'Grant Park'],
  ['RAIN Summer', 'Summer Rain'],
  ['smith, will eating spaghetti', 'Will Smith'],
  ['Black Jack playing guitar', 'Jack Black'],
  ['Park Sun Young walks through Seoul', 'Sun Young Park'],
  ['JOHNSON Bob laughs', 'Robert Johnson'],
])('a family name of ordinary words may stand first: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['tom cruises face on my body', 'Tom Cruise'],
  ['grant parks smile', 'Grant Park'],
  ['nic cages face', 'Nicolas Cage'],
  ['Alex. Brown and Wm. Jonsson shake hands', 'Alexander Brown'],
  ['Alex. Brown and Wm. Jonsson shake hands', 'William Jonsson'],
  ['Starring Grant. Park. In a tuxedo.', 'Grant Park'],
  ['#mrbillgates', 'Bill Gates'],
  ['Karen River reads a book', 'Karen Rivers'],
])('what is added to a name or left out of it is no word: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['first name jane, last name smith', 'Jane Smith'],
  ['{"last":"may","first":"will"}', 'Will May'],
])('fields tell a name in small letters too: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['tailor swift on stage', 'Taylor Swift'],
  ['Kardi B dances', 'Cardi B'],
  ['Naom! Campbell walks', 'Naomi Campbell'],
  ['Photo of zuckerberg', 'Mark Zuckerberg'],
  ["ice cube's face on my body", 'Ice Cube'],
  ['ice_cube_face.png', 'Ice Cube'],
  ['a photo of adele', 'Adele'],
  ['the donald eats a burger', 'Donald Trump'],
])('a public figure is meant by what is done with them: %s', (text, name) => {
  expect(found(text)).toContain(name);
});

test.each([
  ['Tom cruises along the coast while Jack, the black cat, sleeps'],
  ['a black jack table, and a stone mark on the wall'],
  ['Summer will rain on the parade in May'],
  ['an ice cube melts in the grant office of the park'],
  ['a tailor, swift and silent, and a photo of adele dazeem'],
  ['the smith will hammer, the park is green'],
  ['Stop! Look at the river. Go! Karen waves'],
])('words that are only words are nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});
