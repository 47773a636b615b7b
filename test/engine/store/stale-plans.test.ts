import { expect, test } from 'vitest';
import { openPglite } from '../../../engine/store/pglite.ts';
import { stalePlans } from '../../../engine/store/stale-plans.ts';
import { emptyDatabase } from '../../fakes/database.ts';

test('plans are forgotten each time twice as many statements have run', () => {
  const stale = stalePlans();
  const forgotten = Array.from({ length: 2000 }, (_, n) => (stale(1) ? [n + 1] : [])).flat();
  expect(forgotten).toEqual([200, 400, 800, 1600]);
});

test('plans are forgotten soon after a statement that took long, and no more often where all do', () => {
  const stale = stalePlans();
  for (let n = 0; n < 1000; n++) stale(1);
  expect(stale(100)).toBe(false);
  expect(Array.from({ length: 60 }, (_, n) => (stale(1) ? [n + 1] : [])).flat()).toEqual([50]);
  const always = stalePlans();
  const times = Array.from({ length: 1000 }, () => always(100)).filter(Boolean).length;
  expect(times).toBeLessThanOrEqual(20);
});

test('a plan that was made for a table of one row is not kept when it has many', async () => {
  const store = await openPglite({ folder: null, template: await emptyDatabase() });
  try {
    await store.script(
      `create table things (n integer, name text); create index on things (name);
       insert into things values (0, 'thing 0'); analyze things`,
    );
    const find = () => store.query<{ n: number }>('select n from things where name = $1', ['thing 7']);
    const rowsRead = async () => {
      const [row] = await store.query<{ rows: number }>(
        `select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables
         where relid = 'things'::regclass`,
      );
      return Number(row?.rows);
    };
    for (let n = 0; n < 20; n++) expect(await find()).toEqual([]);
    await store.query(`insert into things select n, 'thing ' || n from generate_series(1, 20000) as n`);
    for (let n = 0; n < 250; n++) await find();
    // One that is kept reads all of them each time.
    const before = await rowsRead();
    expect(await find()).toEqual([{ n: 7 }]);
    expect((await rowsRead()) - before).toBeLessThan(100);
  } finally {
    await store[Symbol.asyncDispose]();
  }
});
