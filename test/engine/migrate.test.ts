import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Migration, migrate, readMigrations } from '../../engine/migrate.ts';
import { openPglite } from '../../engine/store/pglite.ts';
import type { Store } from '../../engine/store/port.ts';
import { openPostgres } from '../../engine/store/postgres.ts';
import { emptyDatabase } from '../fakes/database.ts';
import { startPostgres, type TestServer } from '../fakes/postgres.ts';
import { describeSchema } from '../fakes/schema.ts';

const migration = (name: string, text: string): Migration => ({
  name,
  text,
  sha256: Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64),
});
const first = migration('0001-a.sql', 'create table a (n integer); insert into a values (1);');
const second = migration('0002-b.sql', 'create table b (n integer); insert into a values (2);');
const wrong = migration('0003-c.sql', 'create table c (n integer); insert into nowhere values (1);');

describe('migrations on a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  test('three runners that race apply each file once, in order', async () => {
    const url = await server.url();
    const stores = await Promise.all([1, 2, 3].map(() => openPostgres(url)));
    const applied = await Promise.all(stores.map((store) => migrate(store, [first, second])));
    expect(applied.flat().sort()).toEqual(['0001-a.sql', '0002-b.sql']);
    expect(await stores[0]?.query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }]);
    for (const store of stores) await store[Symbol.asyncDispose]();
  });

  test('the schema is the one that is committed beside the tests, here as well', async () => {
    const store = await openPostgres(await server.url());
    await migrate(store, await readMigrations());
    await expect(await describeSchema(store)).toMatchFileSnapshot('../schema.txt');
    await store[Symbol.asyncDispose]();
  });
});

describe('migrations on the embedded database', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openPglite({ folder: null, template: await emptyDatabase() });
  });
  afterAll(() => store?.[Symbol.asyncDispose]());

  test('the schema is the one that is committed beside the tests', async () => {
    expect(await migrate(store, await readMigrations())).not.toEqual([]);
    expect(await migrate(store, await readMigrations())).toEqual([]);
    await expect(await describeSchema(store)).toMatchFileSnapshot('../schema.txt');
    await store.script('drop schema public cascade; create schema public;');
  });

  test('applies what is new and nothing twice', async () => {
    expect(await migrate(store, [first])).toEqual(['0001-a.sql']);
    expect(await migrate(store, [first, second])).toEqual(['0002-b.sql']);
    expect(await migrate(store, [first, second])).toEqual([]);
  });

  test('applies a file as a whole or not at all', async () => {
    await expect(migrate(store, [first, second, wrong])).rejects.toThrow(/nowhere/);
    expect(await store.query("select to_regclass('c') as c")).toEqual([{ c: null }]);
    expect(await migrate(store, [first, second])).toEqual([]);
  });

  test('refuses a file that changed after it was applied, and says what to do', async () => {
    const changed = { ...second, sha256: 'f'.repeat(64) };
    await expect(migrate(store, [first, changed])).rejects.toThrow(
      /0002-b\.sql has changed.*put the file back/,
    );
  });

  test('refuses a database that a newer program has used', async () => {
    await expect(migrate(store, [first])).rejects.toThrow(/0002-b\.sql.*update WatchAI/);
  });
});

test('reads numbered files in order and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pql-migrations-'));
  for (const name of ['0002-b.sql', '0001-a.sql', 'notes.md', '0003-B.SQL', '.0004-hidden.sql'])
    await writeFile(join(folder, name), `-- ${name}`);
  const found = await readMigrations(folder);
  expect(found.map((file) => file.name)).toEqual(['0001-a.sql', '0002-b.sql']);
  expect(found[0]).toMatchObject({
    text: '-- 0001-a.sql',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  await rm(folder, { recursive: true });
});
