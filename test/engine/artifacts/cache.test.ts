import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Cache, openCache } from '../../../engine/artifacts/cache.ts';

let folder: string;
/** Seconds; the test's own. */
let clock: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-cache-'));
  clock = 1_000_000;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (limit: number) => openCache(join(folder, 'cache'), limit, () => clock * 1000);
const kept = () => readdir(join(folder, 'cache'));

async function keep(cache: Cache, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const file = join(folder, crypto.randomUUID());
  await writeFile(file, bytes);
  const room = await cache.reserve(bytes.length);
  await cache.keep(hash, file);
  room[Symbol.dispose]();
  clock += 1;
  return hash;
}

async function scratch(): Promise<string> {
  const made = join(folder, crypto.randomUUID());
  await mkdir(made);
  return made;
}

test('lets go of what was not used for longest, and holds its limit', async () => {
  const cache = await open(3000);
  const [a, b, c] = [
    await keep(cache, randomBytes(1000)),
    await keep(cache, randomBytes(1000)),
    await keep(cache, randomBytes(1000)),
  ];
  expect(await cache.lend(a, null)).not.toBeNull();
  clock += 1;
  const d = await keep(cache, randomBytes(1000));
  expect((await kept()).sort()).toEqual([a, c, d].sort());
  expect(await cache.lend(b, null)).toBeNull();
  const e = await keep(cache, randomBytes(2000));
  expect((await kept()).sort()).toEqual([d, e].sort());
});

test('never lets go of what somebody reads, until they have read it', async () => {
  const cache = await open(1000);
  const bytes = randomBytes(1000);
  const a = await keep(cache, bytes);
  const reader = await scratch();
  const path = (await cache.lend(a, reader)) as string;
  const b = await keep(cache, randomBytes(1000));
  expect((await kept()).sort()).toEqual([a, b].sort());
  expect((await readFile(path)).equals(bytes)).toBe(true);
  await rm(reader, { recursive: true });
  const c = await keep(cache, randomBytes(1000));
  expect(await kept()).toEqual([c]);
});

test('counts the readers of another process that shares the folder', async () => {
  const [here, there] = [await open(1000), await open(1000)];
  const a = await keep(here, randomBytes(1000));
  await there.lend(a, await scratch());
  await keep(here, randomBytes(1000));
  expect(await kept()).toContain(a);
});

test('forgets what is not what it was, whoever hurt it', async () => {
  const cache = await open(1e6);
  const bytes = randomBytes(1000);
  const a = await keep(cache, bytes);
  const place = (await cache.lend(a, null)) as string;
  // A bit flips: the size stays, and a process that did not write it sees that at once, the other by its time.
  await chmod(place, 0o644);
  await writeFile(place, Buffer.from(bytes).fill(0, 10, 11));
  expect(await (await open(1e6)).lend(a, null)).toBeNull();
  expect(await cache.lend(a, null)).toBeNull();
  expect(await kept()).toEqual([]);
});

test('hashes once what it did not write, then believes it', async () => {
  const a = await keep(await open(1e6), randomBytes(1000));
  const later = await open(1e6);
  expect(await later.lend(a, null)).not.toBeNull();
  const place = join(folder, 'cache', a);
  const { mtime, atimeMs } = await stat(place);
  expect(atimeMs).toBe(clock * 1000);
  // With its time put back, as no program does by mistake: nobody looks again.
  await chmod(place, 0o644);
  await writeFile(place, randomBytes(1000));
  await utimes(place, mtime, mtime);
  expect(await later.lend(a, null)).not.toBeNull();
});

test('says nothing of a file that it never had', async () => {
  expect(await (await open(1e6)).lend('0'.repeat(64), await scratch())).toBeNull();
});
