import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { S3Place } from '../../../engine/artifacts/place.ts';
import { openS3 } from '../../../engine/artifacts/s3.ts';
import { describeArtifactStore } from '../../contracts/artifacts.ts';
import { runScript } from '../../fakes/run-script.ts';
import { type Asked, type FakeS3, type Fault, fakeS3 } from '../../fakes/s3.ts';
import { machine } from '../../fakes/shared-artifacts.ts';

const credentials = { accessKeyId: 'me', secretAccessKey: 'hunter2' };
const placeAt = (endpoint: string): S3Place => ({
  type: 's3',
  bucket: 'films',
  prefix: 'of/ada',
  endpoint,
  region: null,
});
/** Parts of 64 KiB, pages of two, and little patience. */
const manners = { credentials, partBytes: 65_536, pageSize: 2, attempts: 3, silence: 200 };

describeArtifactStore('S3, small parts and pages', async () => {
  const fake = await fakeS3();
  const store = await machine(() => openS3(placeAt(fake.endpoint), manners));
  return {
    ...store,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
});

let folder: string;
let fake: FakeS3;
beforeAll(async () => {
  fake = await fakeS3();
});
afterAll(() => fake[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-s3-'));
  fake.objects.clear();
  fake.uploads.clear();
  fake.asked.length = 0;
  fake.fault = () => undefined;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openS3(placeAt(fake.endpoint), manners);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const file = async (bytes: Uint8Array) => {
  const path = join(folder, crypto.randomUUID());
  await writeFile(path, bytes);
  return path;
};
const stored = (hash: string) => fake.objects.get(`of/ada/${hash}`)?.body;
/** Goes wrong so many times, where asked for. */
const times = (most: number, fault: Fault, when: (asked: Asked) => boolean) => {
  let left = most;
  fake.fault = (asked) => (when(asked) && left-- > 0 ? fault : undefined);
};
const isPart = ({ query, method }: Asked) => method === 'PUT' && query.get('partNumber') === '2';
const isPut = ({ query, method }: Asked) => method === 'PUT' && !query.has('partNumber');
const isGet = ({ key, method }: Asked) => method === 'GET' && key !== '';
const isComplete = ({ query, method }: Asked) => method === 'POST' && query.has('uploadId');
const count = (when: (asked: Asked) => boolean) => fake.asked.filter(when).length;

test.each<[string, number, Fault, (asked: Asked) => boolean]>([
  ['a part that fails twice', 2, { status: 500, code: 'InternalError' }, isPart],
  ['a part that is throttled', 1, { status: 503, code: 'SlowDown' }, isPart],
  ['a part without an answer', 1, 'silence', isPart],
  ['a part whose answer is lost', 1, 'lose', isPart],
  ['a completion whose answer is lost', 1, 'lose', isComplete],
  ['a completion that fails', 1, { status: 500, code: 'InternalError' }, isComplete],
])('stores a large file in parts in spite of %s', async (_, most, fault, when) => {
  await using store = await machine(open);
  const bytes = randomBytes(300_000);
  times(most, fault, when);
  const { hash } = await store.put(await file(bytes));
  expect(stored(hash)?.equals(bytes)).toBe(true);
  expect(fake.uploads.size).toBe(0);
  expect(count(when)).toBeGreaterThan(most);
});

test.each<[string, Fault]>([
  ['whose answer is lost', 'lose'],
  ['that fails', { status: 500, code: 'InternalError' }],
  ['that loses to another one', { status: 409, code: 'ConditionalRequestConflict' }],
  ['that the server cannot make conditional', { status: 501, code: 'NotImplemented' }],
])('stores a small file in spite of a request %s', async (_, fault) => {
  await using store = await machine(open);
  const bytes = randomBytes(1000);
  times(1, fault, isPut);
  const { hash } = await store.put(await file(bytes));
  expect(stored(hash)?.equals(bytes)).toBe(true);
});

test('sends what is there already to nobody, and overwrites nothing that somebody faster put', async () => {
  await using store = await machine(open);
  const bytes = randomBytes(300_000);
  const { hash } = await store.put(await file(bytes));
  await store.put(await file(bytes));
  expect(count(isComplete)).toBe(1);
  // Between the look and the request.
  const late = randomBytes(1000);
  const theirs = { body: Buffer.from(late), at: 0 };
  fake.fault = (asked) => {
    if (isPut(asked)) fake.objects.set(`of/ada/${sha256(late)}`, theirs);
    return undefined;
  };
  await store.put(await file(late));
  expect(fake.objects.get(`of/ada/${sha256(late)}`)).toBe(theirs);
  expect(stored(hash)).toHaveLength(300_000);
});

test('bytes that are hurt on their way up are refused by the server, and nothing is kept', async () => {
  await using store = await machine(open);
  for (const [bytes, when] of [
    [randomBytes(1000), isPut],
    [randomBytes(300_000), isPart],
  ] as const) {
    times(1, 'hurt', when);
    await expect(store.put(await file(bytes))).rejects.toMatchObject({ kind: 'transient' });
    expect([fake.objects.size, fake.uploads.size]).toEqual([0, 0]);
  }
});

test('stops an upload with its signal, and aborts it', async () => {
  await using store = await machine(open);
  const stop = new AbortController();
  fake.fault = (asked) => {
    if (isPart(asked)) stop.abort();
    return undefined;
  };
  await expect(store.put(await file(randomBytes(300_000)), stop.signal)).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect([fake.objects.size, fake.uploads.size]).toEqual([0, 0]);
});

test('goes on where a connection broke off, and reads each byte once', async () => {
  await using one = await machine(open);
  await using two = await machine(open);
  const bytes = randomBytes(300_000);
  const { hash } = await one.put(await file(bytes));
  times(3, 'cut', isGet);
  expect(await readFile(await two.path(hash))).toEqual(bytes);
  const ranges = fake.asked.filter(isGet).flatMap(({ headers }) => headers.range ?? 'all');
  expect(ranges).toEqual(['all', 'bytes=150000-', 'bytes=225000-', 'bytes=262500-']);
});

test('fetches anew what was hurt on its way, and says what is wrong there in words', async () => {
  await using one = await machine(open);
  await using two = await machine(open);
  const bytes = randomBytes(1000);
  const { hash } = await one.put(await file(bytes));
  times(1, 'flip', isGet);
  expect(await readFile(await two.path(hash))).toEqual(bytes);
  await using three = await machine(open);
  fake.fault = (asked) => (isGet(asked) ? 'flip' : undefined);
  await expect(three.path(hash)).rejects.toMatchObject({
    code: 'PQL613',
    kind: 'permanent',
    hint: expect.stringContaining(hash),
  });
  // Made anew, it is put over what is wrong.
  fake.fault = () => undefined;
  await three.put(await file(bytes));
  expect(count(isPut)).toBe(2);
  expect(await readFile(await three.path(hash))).toEqual(bytes);
});

test.each<[string, Fault, object]>([
  ['fails', { status: 500, code: 'InternalError' }, { kind: 'transient', code: 'PQL616' }],
  ['is silent', 'silence', { kind: 'transient', code: 'PQL616' }],
  ['lets us not in', { status: 403, code: 'AccessDenied' }, { kind: 'permanent', code: 'PQL615' }],
  ['is full', { status: 507, code: 'XMinioStorageFull' }, { kind: 'permanent', code: 'PQL620' }],
])('says in bounded time and in words that a store %s', async (_, fault, words) => {
  await using store = await machine(() =>
    openS3(placeAt(fake.endpoint), { ...manners, attempts: 2, silence: 100 }),
  );
  fake.fault = () => fault;
  const film = await file(randomBytes(10));
  for (const ask of [
    () => store.put(film),
    () => store.path('0'.repeat(64)),
    () => store.has('0'.repeat(64)),
  ])
    await expect(ask()).rejects.toMatchObject({
      ...words,
      message: expect.stringContaining('s3://films/of/ada'),
    });
});

test('says that a bucket is missing, that nobody answers and that there are no credentials', async () => {
  await using without = await machine(() => openS3({ ...placeAt(fake.endpoint), bucket: 'none' }, manners));
  await expect(without.put(await file(randomBytes(10)))).rejects.toMatchObject({
    code: 'PQL615',
    message: expect.stringContaining('no bucket of s3://none'),
  });
  await expect(without.path('0'.repeat(64))).rejects.toMatchObject({ code: 'PQL615' });
  await using nowhere = await machine(() => openS3(placeAt('http://127.0.0.1:1'), manners));
  await expect(nowhere.has('0'.repeat(64))).rejects.toMatchObject({
    code: 'PQL616',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  const nobody = async () => {
    throw Object.assign(new Error('none'), { name: 'CredentialsProviderError' });
  };
  await using unknown = await machine(() =>
    openS3(placeAt(fake.endpoint), { ...manners, credentials: nobody }),
  );
  await expect(unknown.has('0'.repeat(64))).rejects.toMatchObject({
    code: 'PQL615',
    hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
  });
});

test('lists page by page, and nothing that is not an artifact', async () => {
  await using store = await machine(open);
  const put = [];
  for (let n = 0; n < 5; n++) put.push((await store.put(await file(randomBytes(10 + n)))).hash);
  fake.objects.set('of/ada/readme', { body: Buffer.from('hello'), at: 0 });
  fake.objects.set(`of/bob/${'0'.repeat(64)}`, { body: Buffer.from('hello'), at: 0 });
  const old = fake.objects.get(`of/ada/${put[0]}`);
  if (old) old.at -= 7_200_000;
  const listed = await Array.fromAsync(store.list());
  expect(listed.map(({ hash }) => hash)).toEqual(put.sort());
  expect(listed.filter(({ age = 0 }) => age > 7000)).toHaveLength(1);
  expect(count(({ query }) => query.has('list-type'))).toBe(3);
});

test('kill -9 during an upload: nothing is seen of it, and a sweep aborts it once it is old', async () => {
  const film = await file(randomBytes(300_000));
  const arrived = Promise.withResolvers<void>();
  fake.fault = (asked) => {
    if (!isPart(asked)) return undefined;
    arrived.resolve();
    return 'silence';
  };
  const script = new URL('./put-in-s3.ts', import.meta.url);
  await using uploading = runScript(script, [fake.endpoint, film]);
  await arrived.promise;
  uploading.kill('SIGKILL');
  await uploading.ended;
  await using store = await machine(open);
  expect(await Array.fromAsync(store.list())).toEqual([]);
  expect(fake.uploads.size).toBe(1);
  // Whoever writes next tidies up, but leaves alone what may still be going on.
  await store.put(await file(randomBytes(10)));
  expect(fake.uploads.size).toBe(1);
  for (const upload of fake.uploads.values()) upload.at -= 25 * 3600 * 1000;
  await using later = await machine(open);
  await later.put(await file(randomBytes(10)));
  expect(fake.uploads.size).toBe(0);
});

test('tries every right that is needed, and leaves nothing', async () => {
  const remote = await open();
  expect(await remote.check()).toEqual({ free: null, notes: [] });
  expect([fake.objects.size, fake.uploads.size]).toEqual([0, 0]);
  fake.fault = ({ query }) => (query.has('list-type') ? { status: 403, code: 'AccessDenied' } : undefined);
  await expect(remote.check()).rejects.toMatchObject({
    code: 'PQL615',
    hint: expect.stringContaining('list'),
  });
});
