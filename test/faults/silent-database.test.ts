import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isAway, type Store } from '../../engine/store/port.ts';
import { openPostgres } from '../../engine/store/postgres.ts';
import { startPostgres, type TestServer } from '../fakes/postgres.ts';
import { startProxy } from '../fakes/tcp-proxy.ts';

let server: TestServer;
let way: Awaited<ReturnType<typeof startProxy>>;
let store: Store;
let address: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  address = await server.url();
  const url = new URL(address);
  way = await startProxy(join(decodeURIComponent(url.hostname), '.s.PGSQL.5432'));
  url.hostname = '127.0.0.1';
  url.port = String(way.port);
  store = await openPostgres(url.href, { patience: 400 });
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await way[Symbol.asyncDispose]();
});

/** As many connections as are asked for at once. */
const connect = (count: number) =>
  Promise.all(Array.from({ length: count }, () => store.query('select pg_sleep(0.05)')));
const one = () => store.query<{ one: number }>('select 1 as one');
const whyNot = (work: Promise<unknown>) => work.then(() => null, isAway);

test('connections that fell silent are given up together: what was asked failed as by a server that is away, then all is well', async () => {
  await connect(5);
  way.silence();
  expect(await whyNot(one())).toBe(true);
  // Each of the other four would have been tried first.
  expect(await one()).toEqual([{ one: 1 }]);
});

test('a connection that falls silent while it is made is given up', async () => {
  for (const words of ['idle_in_transaction_session_timeout', 'client_connection_check_interval']) {
    way.silenceAt(words);
    expect(await whyNot(one())).toBe(true);
    way.silenceAt(null);
    expect(await one()).toEqual([{ one: 1 }]);
    way.silence();
    expect(await whyNot(one())).toBe(true);
  }
});

test('a connection that falls silent at the undoing of what went wrong is given up', async () => {
  way.silenceAt('rollback');
  await expect(store.transaction((queries) => queries.query('select 1 / 0'))).rejects.toThrow('division');
  way.silenceAt(null);
  expect(await one()).toEqual([{ one: 1 }]);
});

test('a transaction whose connection falls silent is given up, and the next one works', async () => {
  const inside = Promise.withResolvers<void>();
  const broken = store.transaction(async (queries) => {
    await queries.query('select 1');
    way.silence();
    inside.resolve();
    await queries.query('select 2');
  });
  await inside.promise;
  expect(await whyNot(broken)).toBe(true);
  expect(await store.transaction((queries) => queries.query('select 3 as three'))).toEqual([{ three: 3 }]);
});

test('the locks of somebody who fell silent in the middle of a transaction are let go of by the server', async () => {
  const other = await openPostgres(address, { patience: 20_000 });
  await other.script('create table rows (id integer); insert into rows values (1)');
  const locked = store.transaction(async (queries) => {
    await queries.query('update rows set id = 2');
    way.silence();
    await queries.query('select 1');
  });
  expect(await whyNot(locked)).toBe(true);
  await other.query('update rows set id = 3');
  expect(await other.query('select id from rows')).toEqual([{ id: 3 }]);
  await other[Symbol.asyncDispose]();
});

test('what says that it takes long is waited for', async () => {
  const slow = 'select pg_sleep(0.6), 1 as one';
  expect(await whyNot(store.query(slow))).toBe(true);
  const patient = store.transaction((queries) => queries.query<{ one: number }>(slow), { patience: 60_000 });
  expect(await patient).toMatchObject([{ one: 1 }]);
  const script = store.transaction((queries) => queries.script('select pg_sleep(0.6)'));
  expect(await whyNot(script)).toBe(null);
});

test('closing does not wait for a connection that is silent', async () => {
  await connect(2);
  way.silence();
  await store[Symbol.asyncDispose]();
  store = await openPostgres(await server.url());
});
