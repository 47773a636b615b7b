import { afterAll, beforeAll, expect, test } from 'vitest';

import { openNameIndex } from '../../../engine/consent/gate/name-index.ts';
import type { PersonNames } from '../../../engine/consent/matcher/port.ts';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import type { Queries, Store } from '../../../engine/store/port.ts';
import { publicFigure } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { askerIn } from '../../fakes/plan.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store?.[Symbol.asyncDispose]());

/** An index that says whom it was told of since the last look, and how many statements that took. */
const openIndex = () => {
  const told: string[] = [];
  let statements = 0;
  const queries: Queries = {
    script: (text) => store.script(text),
    query(text, parameters) {
      statements++;
      return store.query(text, parameters);
    },
  };
  const finder = {
    across: async () => ({ found: [], unread: false }),
    add: ({ names }: PersonNames) => void told.push(names[0]!),
    remove: () => {},
  };
  const index = openNameIndex(
    queries,
    async () => finder,
    async () => {},
  );
  return async () => {
    statements = 0;
    await index.fresh();
    return { told: told.splice(0), statements };
  };
};
const sayNo = (name: string) => optOut(store, { name, reason: null, by: askerIn('w') });

test('an index reads whoever changed since it last looked and nobody else, and asks once where nobody did', async () => {
  for (const name of ['Jane Roe', 'Ida Lang']) await sayNo(name);
  await publicFigure(store, 'Ann Public');
  const look = openIndex();
  expect((await look()).told).toEqual(['Jane Roe', 'Ida Lang', 'Ann Public']);
  expect(await look()).toEqual({ told: [], statements: 1 });
  for (const name of ['Bo Berg', 'Ann Public', 'Bo Berg']) await sayNo(name);
  expect(await look()).toEqual({ told: ['Ann Public', 'Bo Berg'], statements: 2 });
});

test('of more people than are read at once none is left out', async () => {
  const look = openIndex();
  const before = (await look()).told.length;
  await store.script(
    `update consent_head set epoch = epoch + 1;
     insert into people (names, keys, kind, source, changed)
     select array['Zoe ' || n], array['zoe ' || n], 'public figure', 'test', epoch from consent_head, generate_series(1, 10001) as n`,
  );
  expect(new Set((await look()).told).size).toBe(10_001);
  expect((await openIndex()()).told.length).toBe(before + 10_001);
});
