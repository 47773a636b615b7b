import { expect, test } from 'vitest';

import { readPeople } from '../../engine/consent/import/people.ts';
import { knownPeople } from '../../engine/consent/people/known.ts';

/** The text in pieces of some letters, so that nothing rests on where a chunk ends. */
async function* chunks(text: string, size = 7) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, format: 'csv' | 'json' = 'csv', size?: number) {
  const people = [];
  for await (const person of readPeople(chunks(text, size), format)) people.push(person);
  return people;
}

test('reads CSV with quotation marks, comments, several names and any size of chunk', async () => {
  const text =
    '\ufeff# a list\r\nname,aliases,context,kind,id\r\n"Roe, Jane",J. Roe|ジェーン,"potter|said ""hi""",private,r1\r\n\r\nJohn Doe\r\n';
  const expected = [
    {
      id: 'r1',
      names: ['Roe, Jane', 'J. Roe', 'ジェーン'],
      kind: 'private',
      context: ['potter', 'said "hi"'],
    },
    { id: 'John Doe', names: ['John Doe'], kind: 'public figure', context: [] },
  ];
  for (const size of [1, 3, 1000]) expect(await read(text, 'csv', size)).toEqual(expected);
});

test.each([
  ['name,age\nJane,3', 'line 1: there is no column “age”; there are name, aliases, context, kind, id'],
  ['id\nr1', 'line 1: has no column “name”; write name,aliases,context first'],
  ['name\nJane,3', 'line 2: has 2 fields and the head 1; put " around a field with commas'],
  ['name,kind\nJane Roe,\nJohn Doe,king', 'line 3: is of the kind “king”; write private or public figure'],
  ['name\nJane\n"Roe', 'line 3: a " is opened and never closed'],
  ['name\n"Jane" Roe', 'line 2: “R” stands behind a closed "; write " twice within a field'],
  ['name,id\n,r1', 'line 2: says no name; give each person one'],
  ['name\n"a\nb"\n123', 'line 4: has a name without a letter'],
  [`name\n${'x'.repeat(300)}`, 'line 2: has a name of more than 200 characters'],
  [`name\n"${'x\n'.repeat(40_000)}`, 'line 2: is longer than 65536 characters; is a " not closed?'],
])('says what is wrong with %j', async (text, message) => {
  await expect(read(text, 'csv', 4096)).rejects.toThrow(message);
});

test('reads JSON as a list and as lines', async () => {
  const one = { id: 'r1', name: 'Jane "J" Roe {', aliases: ['Jay'], context: ['potter'], kind: 'private' };
  const expected = [
    { id: 'r1', names: ['Jane "J" Roe {', 'Jay'], kind: 'private', context: ['potter'] },
    { id: 'John Doe', names: ['John Doe'], kind: 'public figure', context: [] },
  ];
  expect(await read(JSON.stringify([one, { name: 'John Doe' }], null, 2), 'json')).toEqual(expected);
  expect(await read(`${JSON.stringify(one)}\n{"name": "John Doe"}\n`, 'json', 1)).toEqual(expected);
});

test.each([
  ['[\n{"name": "Jane Roe"},\n{"name": 3}]', 'line 3: says no name'],
  ['[\n{"name": "Jane Roe", }]', 'line 2: is not JSON'],
  ['[{"name": "Jane Roe"', 'line 1: begins an object that never ends'],
  ['name\nJane', 'line 1: “n” is not expected here; write a list of objects: [{"name": "Jane Roe"}]'],
  ['[{"name": "Jane Roe", "aliases": "J"}]', 'line 1: its aliases are no list of texts'],
])('says what is wrong with the JSON %j', async (text, message) => {
  await expect(read(text, 'json')).rejects.toThrow(message);
});

const entity = {
  id: 'Q1',
  labels: { fr: { language: 'fr', value: 'Jeanne Roe' }, en: { language: 'en', value: 'Jane Roe' } },
  aliases: { en: [{ language: 'en', value: 'J. Roe' }] },
  descriptions: { en: { language: 'en', value: 'American actress and singer (born 1962)' } },
  claims: { P31: [{ mainsnak: { datavalue: { value: { id: 'Q5' } } } }] },
};
const jane = {
  id: 'Q1',
  names: ['Jane Roe', 'J. Roe', 'Jeanne Roe'],
  kind: 'public figure',
  context: ['American actress', 'singer'],
};

test('reads what Wikidata gives: a dump, entities, and the answer of a query', async () => {
  const ship = { ...entity, claims: { P31: [{ mainsnak: { datavalue: { value: { id: 'Q11446' } } } }] } };
  expect(await read(`[\n${JSON.stringify(entity)},\n${JSON.stringify(ship)}\n]\n`, 'json')).toEqual([jane]);
  expect(await read(JSON.stringify({ entities: { Q1: entity, Q2: ship } }), 'json')).toEqual([jane]);
  const row = {
    item: { type: 'uri', value: 'http://www.wikidata.org/entity/Q1' },
    itemLabel: { value: 'Jane Roe' },
    itemAltLabel: { value: 'J. Roe, Jeanne Roe' },
    itemDescription: { value: 'American actress and singer' },
  };
  expect(await read(JSON.stringify({ head: {}, results: { bindings: [row] } }), 'json')).toEqual([jane]);
});

test('stops when it is told to', async () => {
  const aborted = AbortSignal.abort(new Error('enough'));
  await expect(readPeople(chunks('name\nJane Roe'), 'csv', aborted).next()).rejects.toThrow('enough');
});

test('the people that come with the program are some hundred, each once, with something they are known for', async () => {
  const people = [];
  for await (const person of knownPeople()) people.push(person);
  expect(people.length).toBeGreaterThan(400);
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
  expect(people.filter(({ context }) => context?.length === 0)).toEqual([]);
});
