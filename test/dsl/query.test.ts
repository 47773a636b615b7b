import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectionOf, collections } from '../../dsl/query/collections.ts';
import { folded } from '../../dsl/query/folded.ts';
import { mostDepth, mostTerms, tooMuch } from '../../dsl/query/limits.ts';
import { compareBy, matches, type Row } from '../../dsl/query/matches.ts';
import type { Condition, Literal } from '../../dsl/query/query.ts';
import { simplify } from '../../dsl/query/simplify.ts';
import { conditionsOn } from '../fakes/conditions.ts';

const is = (field: string, value: Literal): Condition => ({ type: 'compare', field, op: '=', value });
const not = (of: Condition): Condition => ({ type: 'not', of });
const row: Row = {
  id: 'v12',
  name: 'Häfen',
  duration: 4,
  sound: true,
  created: '2026-01-02T03:04:05.678Z',
  seed: null,
};

test.each<[string, Condition, boolean]>([
  ['texts without regard to case', is('name', 'HÄFEN'), true],
  ['ids without regard to case', is('id', 'V12'), true],
  ['ids by their numbers', { type: 'compare', field: 'id', op: '>', value: 'v9' }, true],
  ['ids by their letters first', { type: 'compare', field: 'id', op: '>', value: 't99' }, true],
  ['times as moments', is('created', '2026-01-02T03:04:05.678000Z'), true],
  ['a day as its beginning', { type: 'compare', field: 'created', op: '>', value: '2026-01-02' }, true],
  ['both ends of BETWEEN', { type: 'between', field: 'duration', from: 4, to: 4 }, true],
  ['a part of a text', { type: 'contains', field: 'name', text: 'ÄFE' }, true],
  ['a per cent sign as itself', { type: 'contains', field: 'name', text: '%' }, false],
  ['nothing unknown', is('seed', 7), false],
  ['nothing unknown under NOT', not(is('seed', 7)), false],
  ['nothing unknown under NOT IN', not({ type: 'in', field: 'seed', values: [] }), false],
  ['a field that is not there as unknown', not({ type: 'known', field: 'codec' }), true],
  ['one true of an OR with something unknown', { type: 'or', of: [is('seed', 7), is('sound', true)] }, true],
  [
    'one false of an AND with something unknown, under NOT',
    not({ type: 'and', of: [is('seed', 7), is('sound', false)] }),
    true,
  ],
  ['no number with a text', { type: 'compare', field: 'duration', op: '!=', value: 'long' }, false],
])('meets %s', (_, condition, expected) => {
  expect(matches(condition, row)).toBe(expected);
});

test('orders what is not known last, whichever way', () => {
  const rows = [
    { n: null, s: 'b' },
    { n: 2, s: 'B' },
    { n: 10, s: 'a' },
  ];
  const by = (field: string, descending: boolean) =>
    rows.toSorted(compareBy([{ field, descending }])).map(({ n }) => n);
  expect(by('n', false)).toEqual([2, 10, null]);
  expect(by('n', true)).toEqual([10, 2, null]);
  expect(by('s', false)).toEqual([10, null, 2]);
});

test('simplifies a condition without changing what meets it', () => {
  const videos = collectionOf('videos')!;
  const fields = ['id', 'name', 'duration', 'sound', 'created', 'seed'];
  const condition = conditionsOn(videos, fields, (field) => [row[field] ?? 7] as Literal[]);
  fc.assert(
    fc.property(
      condition,
      fc.record({ duration: fc.constantFrom(4, null), sound: fc.constantFrom(true, null) }),
      (where, other) => {
        expect(matches(simplify(where), { ...row, ...other })).toBe(matches(where, { ...row, ...other }));
      },
    ),
  );
});

test('makes one list of many equalities, however they were put in parentheses', () => {
  const ors = Array.from({ length: mostTerms }, (_, n) => is('seed', n)).reduce(
    (left, right): Condition => ({ type: 'or', of: [left, right] }),
  );
  expect(simplify(not(not(ors)))).toEqual({
    type: 'in',
    field: 'seed',
    values: Array.from({ length: mostTerms }, (_, n) => n),
  });
});

test('bears any depth, and says in words what is too much', () => {
  const chain = (length: number, type: 'and' | 'or') =>
    Array.from({ length }, (_, n) => is('seed', n)).reduce(
      (left, right): Condition => ({ type, of: [left, right] }),
    );
  expect(tooMuch(chain(mostTerms, 'and'))).toBeNull();
  expect(tooMuch(chain(mostTerms + 1, 'or'))).toBe('the condition has more than 10,000 comparisons');
  expect(
    tooMuch({ type: 'in', field: 'seed', values: Array.from({ length: mostTerms + 1 }, (_, n) => n) }),
  ).toMatch(/10,000/);
  let deep = is('seed', 1);
  for (let depth = 1; depth < mostDepth; depth++) deep = not(deep);
  expect(tooMuch(deep)).toBeNull();
  for (let depth = 0; depth < 100_000; depth++) deep = not(deep);
  expect(tooMuch(deep)).toBe('the condition is nested more than 100 deep');
});

test('folds characters one by one, so that a text keeps its length', () => {
  expect(folded('ÄÖÜ ΑΣ İ ẞ')).toBe('äöü ας i ß'.replace('ς', 'σ'));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => [...folded(text)].length === [...text].length),
  );
});

test.each(
  collections,
)('the collection $name shows and orders by fields that it has, each named once', (collection) => {
  const names = collection.fields.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...collection.shown, collection.order.field]));
  const all = collection.fields.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(all).toEqual([...new Set(all)]);
  expect(all.filter((name) => !/^[a-z][a-z_]*$/.test(name))).toEqual([]);
});
