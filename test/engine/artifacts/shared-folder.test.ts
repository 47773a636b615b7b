import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Remote } from '../../../engine/artifacts/remote.ts';
import { openSharedFolder } from '../../../engine/artifacts/shared-folder.ts';
import { describeArtifactStore } from '../../contracts/artifacts.ts';
import { runScript } from '../../fakes/run-script.ts';
import { machine } from '../../fakes/shared-artifacts.ts';

describeArtifactStore('a folder that machines share', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pql-shared-'));
  const store = await machine(() => openSharedFolder(root, async () => true));
  return {
    ...store,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
});

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-shared-'));
  root = join(folder, 'store');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openSharedFolder(root, async () => true);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const placeOf = (hash: string) => join(root, hash.slice(0, 2), hash.slice(2, 4), hash);
const file = async (bytes: Uint8Array) => {
  const path = join(folder, crypto.randomUUID());
  await writeFile(path, bytes);
  return path;
};
/** A folder opened once, that counts what is read from it. */
const counted = async (before: () => Promise<unknown> = async () => {}) => {
  const remote = await open();
  const reads: string[] = [];
  const spied: Remote = {
    ...remote,
    async *read(hash, from, signal) {
      reads.push(hash);
      await before();
      yield* remote.read(hash, from, signal);
    },
  };
  return { open: async () => spied, reads };
};

test('what one machine puts another reads, fetched once for all its jobs and verified', async () => {
  await using one = await machine(open);
  const { open: openCounted, reads } = await counted();
  await using two = await machine(openCounted);
  const bytes = randomBytes(2_000_000);
  const { hash } = await one.put(await file(bytes));
  expect(await two.has(hash)).toBe(true);
  const paths = await Promise.all(
    [1, 2, 3].map(async (job) => {
      const scratch = join(two.temporary, `job-${job}`);
      await mkdir(scratch);
      return two.path(hash, { scratch });
    }),
  );
  expect(new Set(paths).size).toBe(3);
  for (const path of paths) expect((await readFile(path)).equals(bytes)).toBe(true);
  await two.path(hash);
  expect(reads).toEqual([hash]);
  // What was made here is read here without being fetched.
  const own = await two.put(await file(randomBytes(1000)));
  await two.path(own.hash);
  expect(reads).toEqual([hash]);
});

test('a job that is cancelled while it waits for its input spoils nothing for the other that waits', async () => {
  await using one = await machine(open);
  const arrived = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const { open: openHeld } = await counted(() => {
    arrived.resolve();
    return goOn.promise;
  });
  await using two = await machine(openHeld);
  const { hash } = await one.put(await file(randomBytes(1000)));
  const cancelled = new AbortController();
  const [first, second] = [
    two.path(hash, { scratch: two.temporary, signal: cancelled.signal }),
    two.path(hash),
  ];
  await arrived.promise;
  cancelled.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  goOn.resolve();
  expect(await readFile(await second)).toHaveLength(1000);
});

test('fetches anew what was hurt in the cache', async () => {
  await using one = await machine(open);
  const bytes = randomBytes(1000);
  const { hash } = await one.put(await file(bytes));
  const near = await one.path(hash);
  await chmod(near, 0o644);
  await writeFile(near, randomBytes(1000));
  expect((await readFile(await one.path(hash))).equals(bytes)).toBe(true);
});

test('bytes that are not what they were are never read: they are put aside in words, and can come again', async () => {
  await using one = await machine(open);
  const bytes = randomBytes(1000);
  const { hash } = await one.put(await file(bytes));
  // What a machine that loses its power can leave where its file server answered too early.
  await chmod(placeOf(hash), 0o644);
  await writeFile(placeOf(hash), Buffer.alloc(1000));
  await using two = await machine(open);
  await expect(two.path(hash)).rejects.toMatchObject({
    kind: 'permanent',
    code: 'PQL613',
    hint: expect.stringContaining(join(root, 'damaged', hash)),
  });
  expect(await two.has(hash)).toBe(false);
  await one.put(await file(bytes));
  expect(await two.path(hash).then((path) => readFile(path))).toEqual(bytes);
});

test('a file that was cut short is healed when the same bytes come again', async () => {
  await using one = await machine(open);
  const bytes = randomBytes(1000);
  const { hash } = await one.put(await file(bytes));
  await chmod(placeOf(hash), 0o644);
  await writeFile(placeOf(hash), bytes.subarray(0, 10));
  await one.put(await file(bytes));
  expect(sha256(await readFile(placeOf(hash)))).toBe(hash);
});

test('two processes that put the same films at once leave each once, and nothing unfinished', async () => {
  const films = await Promise.all([1, 2, 3, 4].map(() => file(randomBytes(300_000))));
  const script = new URL('./put-in-shared.ts', import.meta.url);
  const both = [1, 2].map(() => runScript(script, [root, ...films]));
  for (const each of both) expect(await each.ended).toMatchObject({ status: 0 });
  await using here = await machine(open);
  expect(await Array.fromAsync(here.list())).toHaveLength(4);
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
});

test('kill -9 while a film is copied in: nothing is seen of it, and the rest goes when it is old by the clock of the folder', async () => {
  const big = join(folder, 'big');
  await writeFile(big, '');
  await truncate(big, 2 ** 33);
  await using script = runScript(new URL('./put-in-shared.ts', import.meta.url), [root, 'half', big]);
  await expect.poll(() => readdir(join(root, 'incoming')).catch(() => [])).toHaveLength(1);
  script.kill('SIGKILL');
  await script.ended;
  const remote = await open();
  expect(await Array.fromAsync(remote.list())).toEqual([]);
  const [left] = await readdir(join(root, 'incoming'));
  expect(await remote.sweep(3600)).toBe(0);
  const then = new Date((await stat(join(root, 'incoming', left!))).mtimeMs - 7200_000);
  await utimes(join(root, 'incoming', left!), then, then);
  expect(await remote.sweep(3600)).toBe(1);
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
});

test('says that the disk of this machine is full, and keeps nothing of what did not fit', async () => {
  await using one = await machine(open);
  const { hash } = await one.put(await file(randomBytes(100_000)));
  const script = new URL('./put-in-shared.ts', import.meta.url);
  // A file may grow to 64 × 512 bytes.
  const before = ['sh', '-c', 'ulimit -f 64; exec "$0" "$@"'];
  await using small = runScript(script, [root, 'fetch', hash], { before });
  expect(await small.line()).toBe('PQL620 the disk is full while fetching what is read');
  expect(await small.ended).toMatchObject({ status: 0 });
});

test('refuses a folder without results where there should be some: it is not mounted', async () => {
  const opening = openSharedFolder(root, async () => false);
  await expect(opening).rejects.toMatchObject({
    code: 'PQL615',
    message: `${folder} has no results of this database`,
    hint: expect.stringContaining(`mkdir ${root}`),
  });
  expect(await readdir(folder)).toEqual([]);
  await mkdir(root);
  await openSharedFolder(root, async () => false);
});

test('says how much is free, and leaves nothing of its trial', async () => {
  const remote = await open();
  expect((await remote.check()).free).toBeGreaterThan(0);
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
});

test('the cache of a machine holds its limit', async () => {
  await using one = await machine(open);
  await using two = await machine(open, 2500);
  for (let n = 0; n < 5; n++) await two.path((await one.put(await file(randomBytes(1000)))).hash);
  expect(await readdir(join(two.folder, 'cache'))).toHaveLength(2);
  // Larger than the cache: read all the same.
  const { hash } = await one.put(await file(randomBytes(9000)));
  expect(await readFile(await two.path(hash))).toHaveLength(9000);
});
