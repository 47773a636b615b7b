import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DiskArtifacts, openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import { checkArtifacts } from '../../../engine/artifacts/orphans.ts';

let folder: string;
let store: DiskArtifacts;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-orphans-'));
  store = await openDiskArtifacts(join(folder, 'store'));
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const put = async (bytes: number) => {
  const file = join(store.temporary, crypto.randomUUID());
  await writeFile(file, randomBytes(bytes));
  return store.put(file);
};

const spoil = async (hash: string, bytes: number) => {
  const path = await store.path(hash);
  await chmod(path, 0o644);
  await writeFile(path, randomBytes(bytes));
};

test('finds nothing wrong with a store that agrees with its rows', async () => {
  const rows = [await put(10), await put(20)];
  const check = await checkArtifacts(store, () => rows, { rehash: true });
  expect(check).toEqual({ sound: { count: 2, bytes: 30 }, orphans: [], lost: [], corrupt: [] });
});

test('finds files without rows and rows without files', async () => {
  const orphan = await put(10);
  const lost = await put(20);
  await unlink(await store.path(lost.hash));
  const check = await checkArtifacts(store, () => [lost]);
  expect(check).toMatchObject({ orphans: [orphan], lost: [lost], corrupt: [] });
});

test('finds a file of the wrong size without hashing, and flipped bits only with it', async () => {
  const cut = await put(100);
  const flipped = await put(100);
  await spoil(cut.hash, 50);
  await spoil(flipped.hash, 100);
  const rows = () => [cut, flipped];
  const quick = await checkArtifacts(store, rows);
  expect(quick.corrupt).toEqual([{ hash: cut.hash, bytes: 50 }]);
  const thorough = await checkArtifacts(store, rows, { rehash: true });
  expect(thorough.corrupt).toEqual([{ hash: cut.hash, bytes: 50 }, flipped]);
});

test('does not call lost what is made while it looks', async () => {
  const late = async function* () {
    yield await put(30);
  };
  const check = await checkArtifacts(store, late);
  expect(check).toMatchObject({ orphans: [], lost: [] });
});

test('leaves alone what another machine has just written and will write the row of', async () => {
  const old = await put(10);
  const young = await put(20);
  const shared = {
    ...store,
    async *list() {
      yield { ...old, age: 7200 };
      yield { ...young, age: 2 };
    },
  };
  expect(await checkArtifacts(shared, () => [])).toMatchObject({ orphans: [old], lost: [] });
  expect(await checkArtifacts(shared, () => [young])).toMatchObject({ sound: { count: 1 }, orphans: [old] });
});
