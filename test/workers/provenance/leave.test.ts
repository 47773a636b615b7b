import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { complete } from '../../../engine/jobs/complete.ts';
import { endTogether } from '../../../engine/jobs/end-together.ts';
import { openLog } from '../../../engine/log.ts';
import { createLeave, type Leave } from '../../../engine/provenance/leave.ts';
import { formerSigners } from '../../../engine/provenance/signers.ts';
import type { Store } from '../../../engine/store/port.ts';
import type { Handler } from '../../../workers/handler.ts';
import { lastWords } from '../../../workers/last-words.ts';
import { readCredentials } from '../../../workers/provenance/credentials.ts';
import { knownHere } from '../../../workers/provenance/known.ts';
import { readTold } from '../../../workers/provenance/read.ts';
import { createSigning } from '../../../workers/provenance/signing.ts';
import { runJob } from '../../../workers/run-job.ts';
import { createVerify } from '../../../workers/verify.ts';
import { chainOf, keyPem, pemOf } from '../../fakes/certificates.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { fakeFilm } from '../../fakes/desk.ts';
import { type Gated, openGated } from '../../fakes/gated.ts';
import { nobody } from '../../fakes/nobody.ts';

const media = (name: string) => fileURLToPath(new URL(`../../media/${name}`, import.meta.url));

let store: Store;
let gated: Gated;
let home: string;
let leave: Leave;
beforeAll(async () => {
  store = await openMemoryStore();
  gated = await openGated(store);
  home = await mkdtemp(join(tmpdir(), 'pql-signing-'));
  leave = createLeave(gated.parts, createSigning(home, null));
});
afterAll(async () => {
  await gated?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

/** Claims every job of a statement in turn, each of which makes a film of its own; gives the last one's hash. */
async function made(source: string, films: readonly string[]): Promise<string> {
  const { run } = await gated.start(source);
  for (const film of films) {
    const job = await gated.take();
    // Bytes behind the film, where a free box may stand, so that each is another.
    const free = Buffer.from(
      `0000001c66726565${Buffer.from(String(job.id).padEnd(20)).toString('hex')}`,
      'hex',
    );
    await gated.make(job, Buffer.concat([await readFile(media(film)), free]));
  }
  const [row] = await store.query<{ hash: string }>(
    'select result as hash from jobs where run_id = $1 and not effect order by id desc limit 1',
    [run],
  );
  return row!.hash;
}

async function leaving(hash: string) {
  await mkdir(join(home, 'scratch'), { recursive: true });
  const { facts } = fakeFilm('', '', 4);
  const left = await leave(gated.asker.workspace, { hash, facts }, { scratch: join(home, 'scratch') });
  return { ...left, path: await gated.parts.artifacts.path(left.hash) };
}

const told = async (path: string, id = home) => readTold(path, 'video/mp4', await knownHere(id, null));

test('a film that leaves says what it is, by which statement, and that a machine made it', async () => {
  const left = await leaving(await made('GENERATE "fog over a lake"', ['run.mp4']));
  expect(left.signed).toBe(true);
  expect(await told(left.path)).toMatchObject({
    state: 'valid',
    failures: [],
    signer: { name: 'WatchAI test certificate', who: 'ours' },
    manifest: {
      generator: expect.stringMatching(/^WatchAI /),
      actions: [{ action: 'c2pa.created', sourceType: 'algorithmicMedia' }],
      pql: expect.stringContaining('GENERATE "fog over a lake"'),
      ingredients: [],
    },
  });
});

test('the same film leaves as the same bytes, also when two ask at the same time', async () => {
  const hash = await made('GENERATE "two at once"', ['run.mp4']);
  const left = await Promise.all([leaving(hash), leaving(hash)]);
  expect(new Set([...left, await leaving(hash)].map((each) => each.hash)).size).toBe(1);
});

test('what stands where TO wrote the signed copy is known for the film', async () => {
  const hash = await made('GENERATE "asked twice" TO asked.mp4', ['run.mp4']);
  const left = await leaving(hash);
  const { path } = left;
  const job = await gated.take();
  await copyFile(path, join(gated.folder, 'asked.mp4'));
  await complete(gated.parts, job, {
    ...{ type: 'effected', path: join(gated.folder, 'asked.mp4'), url: null, notes: [] },
  });
  expect(await gated.codes('GENERATE "asked twice" TO asked.mp4')).toEqual([]);
  await writeFile(join(gated.folder, 'asked.mp4'), 'something else');
  expect(await gated.codes('GENERATE "asked twice" TO asked.mp4')).toEqual(['PQL434']);
});

test('what somebody objects to leaves no more, from the moment on that they said so', async () => {
  const name = `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  const hash = await made(`GENERATE "${name} on a bench"`, ['run.mp4']);
  expect((await leaving(hash)).signed).toBe(true);
  await optOut(store, { name, reason: null, by: gated.asker });
  await expect(leaving(hash)).rejects.toMatchObject({
    code: 'PQL546',
    kind: 'user',
    message: `${name} asked not to be shown`,
  });
});

test('a byte that is changed after signing is found', async () => {
  const { path } = await leaving(await made('GENERATE "something else"', ['run.mp4']));
  const bytes = await readFile(path);
  bytes[bytes.length - 4000]! ^= 1;
  const changed = join(home, 'changed.mp4');
  await writeFile(changed, bytes);
  expect(await told(changed)).toMatchObject({ state: 'altered', failures: ['assertion.bmffHash.mismatch'] });
});

test('what a stitched film is made from stays with it, with credentials of its own where it has them', async () => {
  const { path } = await leaving(await made('GENERATE "a beginning"', ['run.mp4']));
  await copyFile(path, join(gated.folder, 'signed.mp4'));
  await copyFile(media('bird.mp4'), join(gated.folder, 'found.mp4'));
  const hash = await made('STITCH "signed.mp4" + "found.mp4"', ['run.mp4']);
  const found = await told((await leaving(hash)).path);
  expect(found.state).toBe('valid');
  expect(found.manifest?.actions.map(({ action }) => action)).toEqual([
    'c2pa.created',
    'c2pa.placed',
    'c2pa.placed',
    'c2pa.edited',
  ]);
  const ingredients = found.manifest?.ingredients.toSorted((a, b) => (a.title < b.title ? -1 : 1));
  expect(ingredients).toMatchObject([
    { title: 'found.mp4', relationship: 'componentOf', manifest: null },
    {
      title: 'signed.mp4',
      relationship: 'componentOf',
      manifest: { pql: expect.stringContaining('a beginning') },
    },
  ]);
});

test('one clip that was only cut is told as that clip, opened and trimmed', async () => {
  await copyFile(media('trailer.mp4'), join(gated.folder, 'whole.mp4'));
  const hash = await made('TRIM "whole.mp4"[1s..2s]', ['run.mp4']);
  const { manifest } = await told((await leaving(hash)).path);
  expect(manifest?.actions.map(({ action }) => action)).toEqual(['c2pa.opened', 'c2pa.trimmed']);
  expect(manifest?.ingredients).toMatchObject([{ title: 'whole.mp4', relationship: 'parentOf' }]);
});

test('a preview of a file from outside says that it was made smaller, not that it was generated', async () => {
  await copyFile(media('sintel-96x54.mp4'), join(gated.folder, 'sintel.mp4'));
  const preview = await made('TRIM "sintel.mp4"[0s..1s]', ['run.mp4']);
  const [row] = await store.query<{ hash: string }>(
    "select hash from media where workspace = $1 and source = 'sintel.mp4'",
    [gated.asker.workspace],
  );
  const { facts } = fakeFilm('', '', 4);
  const scratch = join(home, 'scratch');
  const left = await leave(gated.asker.workspace, { hash: preview, facts, of: row!.hash }, { scratch });
  const { manifest } = await told(await gated.parts.artifacts.path(left.hash));
  expect(manifest).toMatchObject({
    actions: [{ action: 'c2pa.opened', sourceType: null }, { action: 'c2pa.transcoded' }],
    ingredients: [{ title: 'sintel.mp4', relationship: 'parentOf' }],
  });
});

test('a certificate of another installation is known for a test certificate, and not for ours', async () => {
  const { path } = await leaving(await made('GENERATE "from elsewhere"', ['run.mp4']));
  const elsewhere = await mkdtemp(join(tmpdir(), 'pql-elsewhere-'));
  expect(await told(path, elsewhere)).toMatchObject({ state: 'valid', signer: { who: 'test certificate' } });
  await rm(elsewhere, { recursive: true });
});

test('VERIFY says who signed it as things are now, however often it was asked before', async () => {
  const { path } = await leaving(await made('GENERATE "asked again"', ['run.mp4']));
  await copyFile(path, join(gated.folder, 'again.mp4'));
  const answered = async (id: string) => {
    const { run } = await gated.start('VERIFY "again.mp4"');
    const { signal } = new AbortController();
    const ours = await knownHere(id, null);
    const verify = createVerify({
      readTold: (file, type) => readTold(file, type, ours),
      readMarks: async () => null,
    }) as Handler;
    const ended = await runJob(
      gated.parts,
      await gated.take(),
      signal,
      {
        ...{ handlers: { verify }, scratch: join(home, 'jobs'), consent: gated.consent },
        end: endTogether(gated.parts),
        log: openLog({ level: 'silent', sink: () => {}, now: Date.now }),
      },
      lastWords([], () => 0),
    );
    const [row] = await store.query<{ words: string[] }>(
      `select details->'words' as words from jobs where run_id = $1`,
      [run],
    );
    return [ended.how, row?.words.find((line) => line.startsWith('signed by'))];
  };
  expect(await answered(home)).toEqual(['done', expect.stringMatching(/: this installation$/)]);
  const changed = join(home, 'changed');
  expect(await answered(changed)).toEqual(['done', expect.stringMatching(/: a test certificate, /)]);
});

/** A home with a certificate of its own that can be replaced and taken away. */
async function withOwn() {
  const at = await mkdtemp(join(tmpdir(), 'pql-own-'));
  const own = { certificate: join(at, 'chain.pem'), key: join(at, 'key.pem') };
  const use = async (chain: ReturnType<typeof chainOf>) => {
    await writeFile(own.certificate, pemOf(chain));
    await writeFile(own.key, keyPem(chain[0]));
  };
  await use(chainOf('es256'));
  const leaves = createLeave(gated.parts, createSigning(at, own));
  const scratch = join(at, 'scratch');
  await mkdir(scratch);
  const { facts } = fakeFilm('', '', 4);
  return {
    ...{ at, own, use, scratch },
    leave: (hash: string, of = facts) => leaves(gated.asker.workspace, { hash, facts: of }, { scratch }),
    [Symbol.asyncDispose]: () => rm(at, { recursive: true }),
  };
}

test('a certificate that signs is kept, so that what it signed is known for ours once it was replaced', async () => {
  await using home = await withOwn();
  const left = await home.leave(await made('GENERATE "an old hand"', ['run.mp4']));
  await home.use(chainOf('es384'));
  const path = await gated.parts.artifacts.path(left.hash);
  const before = await formerSigners(store);
  const known = await knownHere(home.at, home.own, { before });
  expect((await readTold(path, 'video/mp4', known)).signer?.who).toBe('ours before');
});

test('while nothing can be signed, what left before leaves as it did, and what is from outside as it came', async () => {
  await using home = await withOwn();
  const hash = await made('GENERATE "already out"', ['run.mp4']);
  const before = await home.leave(hash);
  const free = Buffer.from('0000000c6672656561626364', 'hex');
  await writeFile(
    join(gated.folder, 'foreign.mp4'),
    Buffer.concat([await readFile(media('bird.mp4')), free]),
  );
  await made('TRIM "foreign.mp4"[0s..1s]', ['run.mp4']);
  const [foreign] = await store.query<{ hash: string }>(
    "select hash from media where workspace = $1 and source = 'foreign.mp4'",
    [gated.asker.workspace],
  );
  await home.use(chainOf('es256', { from: new Date('2020-01-01'), to: new Date('2021-01-01') }));
  expect(await home.leave(hash)).toEqual({ ...before, notes: undefined });
  expect(await home.leave(foreign!.hash)).toMatchObject({ hash: foreign!.hash, signed: false });
  await rm(home.own.key);
  expect(await home.leave(hash)).toMatchObject({ hash: before.hash, signed: true });
});

test('while nothing can be signed, what never left stays, with words for whoever mends it', async () => {
  await using home = await withOwn();
  const hash = await made('GENERATE "not out yet"', ['run.mp4']);
  await home.use(chainOf('es256', { from: new Date('2020-01-01'), to: new Date('2021-01-01') }));
  await expect(home.leave(hash)).rejects.toMatchObject({
    ...{ code: 'PQL626', message: expect.stringMatching(/: the certificate ended on 2021-01-01$/) },
    hint: 'let PQL_C2PA_CERT and PQL_C2PA_KEY name a new one and its key; the film is kept, and RETRY brings it then (in a chat, Re-run)',
  });
  await home.use(chainOf('es256'));
  expect((await home.leave(hash)).signed).toBe(true);
});

test('the key is for the eyes of its owner', async () => {
  await readCredentials(home, null);
  expect((await stat(join(home, 'credentials.pem'))).mode & 0o777).toBe(0o600);
});

test('of a kind of file that has no place for credentials it is said that none are read', async () => {
  expect(await readTold(media('run.mp4'), 'video/x-matroska', nobody)).toMatchObject({
    ...{ state: 'none', failures: ['no credentials are read in video/x-matroska'] },
  });
});

test('a film that was never signed has none', async () => {
  expect(await told(media('run.mp4'))).toMatchObject({ state: 'none' });
});

test('whatever a file holds, something is said about it', async () => {
  const { path } = await leaving(await made('GENERATE "to be broken"', ['run.mp4']));
  const whole = await readFile(path);
  const states = [];
  for (const [at, size] of [
    [40, 400],
    [700, 200],
    [0, 64],
  ] as const) {
    const bytes = Buffer.from(whole);
    bytes.fill(0xff, at, at + size);
    const file = join(home, `broken-${at}.mp4`);
    await writeFile(file, bytes);
    states.push((await told(file)).state);
  }
  const short = join(home, 'short.mp4');
  await writeFile(short, whole.subarray(0, 5000));
  states.push((await told(short)).state);
  expect(states).not.toContain('valid');
});

test('signing that is stopped leaves nothing half', async () => {
  const hash = await made('GENERATE "killed"', ['run.mp4']);
  const stop = new AbortController();
  const { facts } = fakeFilm('', '', 4);
  const scratch = join(home, 'scratch');
  const signing = leave(gated.asker.workspace, { hash, facts }, { scratch, signal: stop.signal });
  setTimeout(() => stop.abort(), 20);
  await expect(signing).rejects.toThrow();
  const rows = await store.query('select from signed_copies where of = $1', [hash]);
  expect(rows).toEqual([]);
  expect((await leaving(hash)).signed).toBe(true);
});
