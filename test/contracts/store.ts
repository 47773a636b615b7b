import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Store, sqlState } from '../../engine/store/port.ts';

/** What every store keeps to; `open` gives one with the schema in place. */
export function describeStore(adapter: string, open: () => Promise<Store>): void {
  describe(`a store (${adapter})`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
      await store.script(
        'create table things (id bigint primary key, what jsonb, at timestamptz, words text[]); create table more (id integer);',
      );
    });
    afterAll(() => store?.[Symbol.asyncDispose]());

    test('gives bigint as a number, timestamptz as a Date, jsonb parsed, arrays as arrays', async () => {
      const at = new Date('2026-02-03T04:05:06.789Z');
      const [row] = await store.query(
        'insert into things values ($1, $2, $3, $4) returning id, what, at, words, $1::bigint + 1 as next',
        [1, JSON.stringify([1, { a: 'ü "quoted"' }]), at, ['one', 'two, "three"']],
      );
      expect(row).toEqual({
        id: 1,
        what: [1, { a: 'ü "quoted"' }],
        at,
        words: ['one', 'two, "three"'],
        next: 2,
      });
    });

    test('takes lists of numbers and null', async () => {
      const rows = await store.query<{ n: number }>(
        'select n from unnest($1::bigint[]) as list(n) where $2::text is null order by n',
        [[3, 1, 2], null],
      );
      expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    });

    test('goes on with a statement after it has failed', async () => {
      const insert = 'insert into things (id) values ($1) returning id';
      expect(await store.query(insert, [100])).toEqual([{ id: 100 }]);
      for (let time = 0; time < 3; time++) await expect(store.query(insert, [100])).rejects.toThrow(/unique/);
      await expect(
        store.transaction(async (queries) => {
          await queries.query(insert, [101]);
          await queries.query(insert, [100]);
        }),
      ).rejects.toThrow(/unique/);
      await expect(store.query('select nothing from nowhere')).rejects.toThrow(/nowhere/);
      expect(await store.query(insert, [101])).toEqual([{ id: 101 }]);
    });

    test('answers more different statements than it remembers, and the first of them again', async () => {
      const answer = async (n: number) => (await store.query<{ n: number }>(`select ${n} as n`))[0]?.n;
      for (let n = 0; n < 520; n++) expect(await answer(n)).toBe(n);
      for (const n of [0, 519, 1]) expect(await answer(n)).toBe(n);
      const long = `cardinality(array[${Array.from({ length: 5000 }, (_, n) => n).join(', ')}])`;
      for (let time = 0; time < 2; time++)
        expect(await store.query(`select ${long} as n`)).toEqual([{ n: 5000 }]);
      await expect(store.query(`select ${long} as n from nowhere`)).rejects.toThrow(/nowhere/);
      await expect(store.query('select 521 as n from nowhere')).rejects.toThrow(/nowhere/);
      expect(await answer(521)).toBe(521);
    });

    test('keeps many at the same time apart', async () => {
      const numbers = Array.from({ length: 50 }, (_, index) => index);
      const told = await Promise.all(
        numbers.map((number) =>
          number % 2 === 0
            ? store.query<{ n: number }>('select $1::integer as n', [number])
            : store.transaction((queries) =>
                queries.query<{ n: number }>('select $1::integer as n', [number]),
              ),
        ),
      );
      expect(told.map(([row]) => row?.n)).toEqual(numbers);
    });

    test('never reads a parameter as SQL', async () => {
      const hostile = `'); drop table things; --`;
      const [row] = await store.query<{ text: string }>('select $1::text as text', [hostile]);
      expect(row?.text).toBe(hostile);
      expect(await store.query('select 1 as one from things limit 0')).toEqual([]);
    });

    test('commits a transaction as a whole', async () => {
      const answer = await store.transaction(async (queries) => {
        await queries.query('insert into more values (1)');
        await queries.query('insert into more values (2)');
        return 'both';
      });
      expect(answer).toBe('both');
      expect(await store.query('select id from more order by id')).toEqual([{ id: 1 }, { id: 2 }]);
    });

    test('undoes a transaction that throws, and goes on', async () => {
      const wrong = store.transaction(async (queries) => {
        await queries.query('insert into more values (3)');
        throw new Error('changed my mind');
      });
      await expect(wrong).rejects.toThrow('changed my mind');
      expect(await store.query('select id from more where id = 3')).toEqual([]);
    });

    test('goes on after a statement failed inside a transaction', async () => {
      const wrong = store.transaction(async (queries) => {
        await queries.query('insert into more values (4)');
        await queries.query('select * from nowhere');
      });
      await expect(wrong).rejects.toSatisfy((error) => sqlState(error) === '42P01');
      expect(await store.query('select id from more where id = 4')).toEqual([]);
    });

    test('names a broken unique constraint by its SQLSTATE', async () => {
      await store.query('insert into things (id) values (77)');
      const again = store.query('insert into things (id) values (77)');
      await expect(again).rejects.toSatisfy((error) => sqlState(error) === '23505');
      expect(sqlState(new Error('no database error'))).toBeNull();
    });

    test('keeps transactions that run at the same time apart', async () => {
      await store.query('create table counter (n integer)');
      await store.query('insert into counter values (0)');
      await Promise.all(
        Array.from({ length: 8 }, () =>
          store.transaction(async (queries) => {
            const [row] = await queries.query<{ n: number }>('select n from counter for update');
            await queries.query('update counter set n = $1', [(row as { n: number }).n + 1]);
          }),
        ),
      );
      expect(await store.query('select n from counter')).toEqual([{ n: 8 }]);
    });

    test('breaks a deadlock by running one of the two again', async () => {
      await store.query('create table pair (id integer primary key, n integer)');
      await store.query('insert into pair values (1, 0), (2, 0)');
      const touch = (first: number, second: number) =>
        store.transaction(async (queries) => {
          await queries.query('update pair set n = n + 1 where id = $1', [first]);
          await queries.query('select pg_sleep(0.05)');
          await queries.query('update pair set n = n + 1 where id = $1', [second]);
        });
      await Promise.all([touch(1, 2), touch(2, 1)]);
      expect(await store.query('select n from pair')).toEqual([{ n: 2 }, { n: 2 }]);
    });
  });
}
