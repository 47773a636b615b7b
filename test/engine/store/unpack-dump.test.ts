import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHome } from '../../../engine/home.ts';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import { freshDatabase } from '../../../engine/store/fresh-database.ts';
import { unpackDump } from '../../../engine/store/unpack-dump.ts';
import * as theirs from '../../fakes/database.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-dump-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('makes a hurt dump anew, keeps it, and starts a home from it with the newest schema', async () => {
  const migrations = await readMigrations();
  const cache = join(folder, 'cache');
  const template = () => freshDatabase(cache, migrations);
  await theirs.freshDatabase();
  await mkdir(cache);
  // One of them is of this version.
  const hurt = new Map<string, Buffer>();
  for (const name of (await readdir(theirs.dumps)).filter((name) => name.endsWith('.zst'))) {
    const bytes = await readFile(join(theirs.dumps, name));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    hurt.set(name, bytes);
    await writeFile(join(cache, name), bytes);
  }
  const made = await template();
  expect((await readdir(cache)).sort()).toEqual([...hurt.keys()].sort());
  const mended = [];
  for (const [name, bytes] of hurt)
    if (Buffer.compare(await readFile(join(cache, name)), bytes) !== 0) mended.push(name);
  expect(mended).toEqual([expect.stringMatching(/^database-[0-9a-f]{16}\.tar\.zst$/)]);
  expect(Buffer.compare(await template(), made)).toBe(0);

  const home = await openHome(join(folder, 'home'), { template });
  const store = await home.openStore();
  expect(await migrate(store, migrations)).toEqual([]);
  expect(await store.query('select count(*) as jobs from jobs')).toEqual([{ jobs: 0 }]);
  expect(await store.query('select datname from pg_database')).toEqual([{ datname: 'postgres' }]);
  await store[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

test('makes a home without a dump where none can be had', async () => {
  const home = await openHome(join(folder, 'home'), { template: () => Promise.reject(new Error('no room')) });
  const store = await home.openStore();
  expect(await store.query('select 1 as one')).toEqual([{ one: 1 }]);
  await store[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

test.each([
  ['../out', '0', 0],
  ['link', '2', 0],
  ['cut', '0', 4000],
])('refuses a dump with the entry %s', async (name, kind, size) => {
  const tar = Buffer.alloc(1024);
  tar.write(name, 0, 'latin1');
  tar.write(size.toString(8), 124, 'latin1');
  tar.write(kind, 156, 'latin1');
  await expect(unpackDump(tar, join(folder, 'out'))).rejects.toThrow(/no tar that can be read/);
  expect(await readdir(folder)).toEqual([]);
});
