import { expect, test } from 'vitest';

import { loadLexicon } from '../../engine/consent/matcher/lexicon.ts';
import { createMatcher } from '../../engine/consent/matcher/matcher.ts';

const names = [
  ...['Ezekiel Sandbourne', 'Mortimer Sallowfield', 'Chantal Beaupierre', 'Orson Bluebell'],
  ...['Zara Featherwick', 'Eszter Vadkerti', 'Ursula von der Leyen', 'Ralph Fiennes'],
  ...[
    'Niamh Cathasaigh',
    'Xanthe Moraitopoulou',
    'Yevgeny Tabachnikov',
    'Erzsébet Kontráth',
    'Jodie Forster',
  ],
  ...[
    'Kimi Räikkönen',
    'Sanna Marin',
    'Dovydas Petrauskis',
    'Milena Zawadzka',
    'Hamza Benyoucefi',
    'Lorcan Heffernan-Vale',
  ],
];
const matcher = createMatcher(await loadLexicon(), [
  ...names.map((name) => ({ id: name, names: [name], kind: 'private' as const })),
  { id: 'Ryan Gosling', names: ['Ryan Gosling'], kind: 'public figure', context: ['actor'] },
  { id: 'Margaret Thatcher', names: ['Margaret Thatcher'], kind: 'public figure', context: ['minister'] },
  {
    id: 'Zinedine Zidane',
    names: ['Zinedine Zidane', 'Zizou'],
    kind: 'public figure',
    context: ['footballer'],
  },
]);
const found = (text: string) => [...new Set(matcher.find(text).map(({ person }) => person))];

test.each([
  ['sallowfeild, m0rt on roller skates', 'Mortimer Sallowfield'],
  ['Bopierre, Shantal dans le train', 'Chantal Beaupierre'],
  ["Sandbourne's e z e k i e l juggles fire", 'Ezekiel Sandbourne'],
  ["S@ndbourne's Ezekial juggles fire", 'Ezekiel Sandbourne'],
  ['Vadkerti Eszternek átadják a kupát', 'Eszter Vadkerti'],
])('the family name may stand first, in whatever form both are: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ["the Bluebells' son Orson climbs the apple tree", 'Orson Bluebell'],
  ['Orson, the Bluebells’ youngest, on a swing', 'Orson Bluebell'],
  ['a woman, Zara, whose family, the Featherwicks, live on our street', 'Zara Featherwick'],
  ['Ryan on a motorbike. Gosling, obviously', 'Ryan Gosling'],
  ['Put Jodie, as in Forster, in an observatory', 'Jodie Forster'],
  ['Kontráth néni tortát dobál', 'Erzsébet Kontráth'],
  ['сосед Табачников чинит мотоцикл', 'Yevgeny Tabachnikov'],
  ['Mrs Thatcher drives a tank', 'Margaret Thatcher'],
  ['Zizou headbutts a balloon', 'Zinedine Zidane'],
])('a family is said of somebody in other words: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Kimi Räikköselle ojennetaan jäätelö', 'Kimi Räikkönen'],
  ['Video Sanna Marinista laulamassa', 'Sanna Marin'],
  ['Dovydo Petrauskio šuolis į vandenį', 'Dovydas Petrauskis'],
  ['taniec Mileny Zawadzkiej', 'Milena Zawadzka'],
])('a name is found without the ending that its language puts in place of its own: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ['Ursula fon dair Lion at a petting zoo', 'Ursula von der Leyen'],
  ['Rafe Fines in a hotel lobby', 'Ralph Fiennes'],
  ['Neev Kahassy picks blackberries', 'Niamh Cathasaigh'],
])('words that a list knows to be written by ear are a name, or make less enough of the other: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test('Greek letters among ours are there for their looks', () => {
  expect(found('Χαητhe Μοrαιτορουlου jumps off a rock')).toEqual(['Xanthe Moraitopoulou']);
});

test.each([
  ['Hamza B. spills the sauce', 'Hamza Benyoucefi'],
  ['Lorcan H.-V. crowd surfing', 'Lorcan Heffernan-Vale'],
])('a given name and an initial tell who is meant where few have them: %s', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test.each([
  ["the bluebells' scent, a boy, and Orson's hat"],
  ["Ryan's goslings cross the road"],
  ['Ryan on a motorbike. A gosling, obviously'],
  ['Plan B. and vitamin C. on a poster'],
])('what stands near by chance is nobody: %s', (text) => {
  expect(found(text)).toEqual([]);
});
