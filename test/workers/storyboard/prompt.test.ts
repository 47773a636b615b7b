import { describe, expect, test } from 'vitest';
import { readPrompt } from '../../../workers/storyboard/prompt/read.ts';
import { singular } from '../../../workers/storyboard/prompt/tokens.ts';

const none = { backdrop: null, weather: null, time: null };
const read = (prompt: string, clauses = {}) => readPrompt(prompt, { ...none, ...clauses }, 1);
const counted = (prompt: string) =>
  Object.fromEntries(read(prompt).subjects.map(({ kind, count }) => [kind, count]));

describe('where, when and which weather', () => {
  test.each([
    ['a lighthouse by the sea at dusk', 'sea', 'dusk', 'clear'],
    ['a fishing harbour at dawn in fog', 'harbour', 'dawn', 'fog'],
    ['a harbor at sunrise, misty', 'harbour', 'dawn', 'fog'],
    ['rainy city street at night', 'city', 'night', 'rain'],
    ['snow over the mountains at noon', 'mountains', 'day', 'snow'],
    ['an overcast afternoon in the woods', 'forest', 'day', 'cloudy'],
    ['thunderstorm on the ocean at midnight', 'sea', 'night', 'storm'],
    ['sunset on the prairie', 'plain', 'dusk', 'clear'],
    ['a village in winter by moonlight', 'village', 'night', 'snow'],
    ['a lake in the mountains in the evening', 'lake', 'dusk', 'clear'],
    ['dunes under the midday sun', 'desert', 'day', 'clear'],
    ['palm trees on a beach at sunset', 'beach', 'dusk', 'clear'],
  ])('%s', (prompt, setting, time, weather) => {
    expect(read(prompt)).toMatchObject({ setting, time, weather });
  });

  test('the clauses override the words of the prompt', () => {
    const brief = read('a sunny day in the city', { backdrop: 'harbour', weather: 'fog', time: 'night' });
    expect(brief).toMatchObject({ setting: 'harbour', weather: 'fog', time: 'night' });
  });

  test('things are put where they are at home when no place is named', () => {
    expect(read('three boats').setting).toBe('sea');
    expect(read('a taxi and a bus').setting).toBe('city');
    expect(read('a flock of sheep').setting).toBe('plain');
  });

  test('what nobody said the seed chooses, and chooses alike every time', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const brief = readPrompt('something nice', none, seed);
      expect(readPrompt('something nice', none, seed)).toEqual(brief);
      seen.add(`${brief.setting} ${brief.time}`);
    }
    expect(seen.size).toBeGreaterThan(4);
  });
});

describe('subjects', () => {
  test.each([
    ['three boats and a lighthouse', { boat: 3, lighthouse: 1 }],
    ['3 sailing boats, 12 gulls', { sailboat: 3, bird: 12 }],
    ['two red cars on a bridge', { car: 2, bridge: 1 }],
    ['a couple walking a dog', { person: 2, dog: 1 }],
    ['people in the street', { person: 3 }],
    ['a dozen sheep and a windmill', { sheep: 12, windmill: 1 }],
    ['no cars, one street lamp', { lamp: 1 }],
    ['houses and cottages under the full moon', { house: 3, moon: 1 }],
    ['a house without trees', { house: 1 }],
    ['9999 boats', { boat: 40 }],
    ['a hot-air balloon over pine trees', { balloon: 1, pine: 6 }],
    ['a steam train', { train: 1 }],
  ])('%s', (prompt, expected) => {
    expect(counted(prompt)).toEqual(expected);
  });

  test('colours, sides, distance and what people do are kept with their thing', () => {
    const { subjects } = read(
      'A red boat on the left, a blue car, an old man walking with an umbrella, a ship in the distance',
    );
    expect(subjects.map(({ kind, color, side, distance }) => [kind, color, side, distance])).toEqual([
      ['boat', '#c0332b', -1, null],
      ['car', '#2c64a8', null, null],
      ['person', null, null, null],
      ['ship', null, null, 'far'],
    ]);
    expect(subjects[2]!.traits).toEqual(['walking', 'umbrella']);
  });
});

describe('nouns that cannot be drawn', () => {
  test.each([
    ['An elephant playing a violin in the fog', ['elephant', 'violin']],
    ['a lighthouse and a dragon', ['dragon']],
    ['Two robots dance with a penguin on the beach', ['robots', 'penguin']],
    ['a lighthouse at dusk, three sailing boats and seven gulls over calm water', []],
    ['A quiet village in winter, snow falling, smoke rising from the chimneys', []],
    ['red house, green field, blue sky', []],
    ['A woman in a yellow coat waits on the pier at dawn', []],
  ])('%s', (prompt, expected) => {
    expect(read(prompt).undrawn).toEqual(expected);
  });
});

test.each([
  ['boats', 'boat'],
  ['cities', 'city'],
  ['people', 'person'],
  ['churches', 'church'],
  ['bus', 'bus'],
  ['grass', 'grass'],
  ['houses', 'house'],
])('%s in the singular is %s', (plural, expected) => {
  expect(singular(plural)).toBe(expected);
});

test.each([
  ['', ''],
  ['nothing at all', ''],
  ['\u0000\ud800 ☃ 🚤 {}[]', ''],
  ['constructor __proto__ toString', ''],
  ['boat '.repeat(5000), ''],
])('reads hostile text without harm', (prompt) => {
  const brief = read(prompt);
  expect(brief.setting).toBeTypeOf('string');
  expect(brief.subjects.every(({ count }) => count >= 1 && count <= 40)).toBe(true);
});
