import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWeb, type Web } from '../../../bots/web/web.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import type { ArtifactStore } from '../../../engine/artifacts/port.ts';
import { openConsent } from '../../../engine/consent/open.ts';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { makeLink } from '../../../engine/delivery/links.ts';
import { Failure } from '../../../engine/failure.ts';
import { openLog } from '../../../engine/log.ts';
import { lockWorkspace, publishMedia, recordArtifact } from '../../../engine/media.ts';
import { createLeave } from '../../../engine/provenance/leave.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { fakeFilm } from '../../fakes/desk.ts';
import { exactNames } from '../../fakes/exact-names.ts';
import { putFilm } from '../../fakes/finished-card.ts';

const film = randomBytes(300_000);
const name = 'g7-“harbour” <1>.mp4';
const recipe = 'GENERATE "a <script>alert(1)</script> & more" SEED 7';

describe('links to films', () => {
  let folder: string;
  let store: Store;
  let artifacts: Awaited<ReturnType<typeof openDiskArtifacts>>;
  let web: Web;
  let hash: string;
  const lines: string[] = [];
  const log = openLog({ level: 'debug', sink: (line) => void lines.push(line), now: Date.now });
  let clock = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pql-web-'));
    store = await openMemoryStore();
    artifacts = await openDiskArtifacts(join(folder, 'artifacts'));
    const file = join(folder, 'film.mp4');
    await writeFile(file, film);
    ({ hash } = await artifacts.put(file));
    await publish('w');
    web = await openWeb({ store, artifacts, log, address: { host: '127.0.0.1', port: 0 }, now: () => clock });
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await artifacts?.[Symbol.asyncDispose]();
    await store?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const publish = (workspace: string) =>
    store.transaction(async (queries) => {
      await lockWorkspace(queries, workspace);
      const { facts } = fakeFilm('', '', film.length);
      await recordArtifact(queries, { hash, kind: 'video', facts, bytes: film.length });
      await publishMedia(queries, {
        ...{ workspace, hash, kind: 'video', job: null, recipe, prompt: null, source: 'x.mp4', work: null },
      });
    });
  const at = (path: string, headers: Record<string, string> = {}, method = 'GET', base: Web = web) => {
    // Each as a visitor of its own: what they may do is counted in one test alone.
    const visitor = { 'x-forwarded-for': `203.0.113.${Math.floor(Math.random() * 250)}` };
    const { host, port } = base.address;
    return fetch(`http://${host}:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...visitor, ...headers },
    });
  };
  const page = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const link = async (workspace = 'w', days?: number) =>
    (await makeLink(store, { workspace, hash, name }, days)) ?? 'none';
  const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

  test('give the film byte for byte, as what it is, to be kept by nobody and run by nothing', async () => {
    const answer = await at(`/films/${await link()}`);
    expect(answer.status).toBe(200);
    expect((await bytesOf(answer)).equals(film)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-disposition': `inline; filename="g7-_harbour_ _1_.mp4"; filename*=UTF-8''g7-%E2%80%9Charbour%E2%80%9D%20%3C1%3E.mp4`,
      'content-length': '300000',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'video/mp4',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    });
  });

  test.each([
    ['bytes=0-0', 206, 'bytes 0-0/300000', 1],
    ['bytes=100-199', 206, 'bytes 100-199/300000', 100],
    ['bytes=299990-', 206, 'bytes 299990-299999/300000', 10],
    ['bytes=-10', 206, 'bytes 299990-299999/300000', 10],
    ['bytes=-999999', 206, 'bytes 0-299999/300000', 300_000],
    ['bytes=0-999999', 206, 'bytes 0-299999/300000', 300_000],
    ['bytes=300000-', 416, 'bytes */300000', 0],
    ['bytes=-0', 416, 'bytes */300000', 0],
    ['bytes=5-4', 200, null, 300_000],
    ['bytes=0-1,5-6', 200, null, 300_000],
    ['frames=0-1', 200, null, 300_000],
    ['bytes=-', 200, null, 300_000],
  ])('answer Range: %s as RFC 9110 has it', async (range, status, told, length) => {
    const token = await link();
    const answer = await at(`/films/${token}`, { range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, told]);
    const body = await bytesOf(answer);
    const from = Number(/bytes (\d+)/.exec(told ?? 'bytes 0')?.[1] ?? 0);
    expect(body.equals(film.subarray(from, from + length))).toBe(true);
    const head = await at(`/films/${token}`, { range }, 'HEAD');
    expect([head.status, head.headers.get('content-range')]).toEqual([status, told]);
    if (status !== 416) expect(head.headers.get('content-length')).toBe(String(length));
    expect((await bytesOf(head)).length).toBe(0);
  });

  test('go on with a range only of the same bytes', async () => {
    const token = await link();
    const etag = (await at(`/films/${token}`, {}, 'HEAD')).headers.get('etag')!;
    const range = 'bytes=1-2';
    expect((await at(`/films/${token}`, { range, 'if-range': etag })).status).toBe(206);
    expect((await at(`/films/${token}`, { range, 'if-range': '"other"' })).status).toBe(200);
  });

  test('show a browser a page with the film, its PQL as text, and a download', async () => {
    const token = await link();
    const answer = await at(`/films/${token}`, page);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    const text = await answer.text();
    expect(text).toContain(`<video controls playsinline preload="metadata" src="/films/${token}?play">`);
    expect(text).toContain('GENERATE &quot;a &lt;script&gt;alert(1)&lt;/script&gt; &amp; more&quot; SEED 7');
    expect(text).not.toContain('<script');
    expect(text).toMatch(/1280x720, 24 fps, 4s, .* · v1/);
    const play = await at(`/films/${token}?play`, page);
    expect(play.headers.get('content-disposition')).toMatch(/^inline/);
    expect((await bytesOf(play)).equals(film)).toBe(true);
    const save = await at(`/films/${token}?save`, page);
    expect(save.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await bytesOf(save)).equals(film)).toBe(true);
    expect((await at('/style.css')).headers.get('content-type')).toMatch(/^text\/css/);
  });

  test('that are wrong, over, or whose film was removed are answered alike', async () => {
    await publish('gone');
    const removed = await link('gone');
    expect((await at(`/films/${removed}`)).status).toBe(200);
    await store.query(`delete from media where workspace = 'gone'`);
    expect(await makeLink(store, { workspace: 'gone', hash, name })).toBeNull();
    // The same bytes made again are no reason for an old link to come alive.
    await publish('gone');
    const tokens = [removed, await link('w', -1), randomBytes(32).toString('base64url'), 'short', "x'--"];
    const answers = [];
    for (const token of tokens) {
      const plain = await at(`/films/${encodeURIComponent(token)}`);
      const told = Object.fromEntries([...plain.headers].filter(([key]) => key !== 'date'));
      answers.push([plain.status, told, await plain.text()]);
      const shown = await at(`/films/${encodeURIComponent(token)}`, page);
      expect([shown.status, await shown.text()]).toEqual([
        404,
        expect.stringContaining('There is nothing here'),
      ]);
    }
    expect(answers[0]![0]).toBe(404);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('are kept as hashes, and no token is written into the log', async () => {
    const token = await link();
    expect(JSON.stringify(await store.query('select * from links'))).not.toContain(token);
    const broken: ArtifactStore = {
      ...artifacts,
      path: async () => {
        throw new Error('the disk is broken');
      },
    };
    const other = await openWeb({ store, artifacts: broken, log, address: { host: '127.0.0.1', port: 0 } });
    expect((await at(`/films/${token}`, {}, 'GET', other)).status).toBe(500);
    await other[Symbol.asyncDispose]();
    expect(lines.join('')).toContain('a page could not be made');
    expect(lines.join('')).not.toContain(token.slice(0, 12));
  });

  test('lead to the store itself where it gives addresses, for minutes', async () => {
    const far: ArtifactStore = {
      ...artifacts,
      address: async (of, seconds, as) =>
        `https://films.example/${of}?for=${seconds}&as=${encodeURIComponent(as)}`,
    };
    const other = await openWeb({ store, artifacts: far, log, address: { host: '127.0.0.1', port: 0 } });
    const token = await link();
    const answer = await at(`/films/${token}`, {}, 'GET', other);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/films\.example\/[0-9a-f]{64}\?for=300/);
    const shown = await at(`/films/${token}`, page, 'GET', other);
    expect(shown.headers.get('content-security-policy')).toContain("media-src 'self' https://films.example;");
    await other[Symbol.asyncDispose]();
  });

  test('lead nowhere from the moment on that somebody in the film says no', async () => {
    const consent = openConsent(store, { catalogue, createFinder: exactNames });
    const leave = createLeave(
      { store, artifacts, consent },
      {
        signer: () => Promise.reject(new Failure('permanent', 'PQL626', 'no certificate')),
        sign: async () => [],
      },
    );
    // Nothing is to be signed here: what came from a file leaves as it is.
    const other = await openWeb({ store, artifacts, log, leave, address: { host: '127.0.0.1', port: 0 } });
    const token = await link();
    const answers = async () => [
      (await at(`/films/${token}`, {}, 'GET', other)).status,
      (await at(`/films/${token}?save`, {}, 'HEAD', other)).status,
      (await at(`/films/${token}`, { range: 'bytes=0-9' }, 'GET', other)).status,
      (await at(`/films/${token}`, page, 'GET', other)).status,
    ];
    expect(await answers()).toEqual([200, 200, 206, 200]);
    await store.query(`update media set source = 'a walk with Jane Roe.mp4' where hash = $1`, [hash]);
    await optOut(store, { name: 'Jane Roe', reason: null, by: { workspace: 'elsewhere', user: 'jane' } });
    expect(await answers()).toEqual([404, 404, 404, 404]);
    await store.query(`update media set source = 'x.mp4' where hash = $1`, [hash]);
    await other[Symbol.asyncDispose]();
  });

  test('say that their film is kept while nothing can be signed, and lead to it again afterwards', async () => {
    let ended = true;
    const leave = async () => {
      if (ended) throw new Failure('permanent', 'PQL626', 'the certificate ended', { hint: 'renew it' });
      return { hash, bytes: 4, signed: true };
    };
    lines.length = 0;
    const other = await openWeb({ store, artifacts, log, leave, address: { host: '127.0.0.1', port: 0 } });
    const token = await link();
    const played = await at(`/films/${token}?play`, {}, 'GET', other);
    const shown = await at(`/films/${token}`, page, 'GET', other);
    expect([played.status, shown.status, played.headers.get('retry-after')]).toEqual([503, 503, '3600']);
    expect(await shown.text()).toContain('This film is kept, and cannot be given out at the moment');
    // Whoever runs it reads why, and no key to a film.
    expect(lines.join('')).toContain('the certificate ended');
    expect(lines.join('')).not.toContain(token.slice(0, 12));
    ended = false;
    expect((await at(`/films/${token}`, page, 'GET', other)).status).toBe(200);
    await other[Symbol.asyncDispose]();
  });

  test('cannot be guessed for long, and too many requests are turned away for a while', async () => {
    const guesser = { 'x-forwarded-for': '198.51.100.7' };
    const guess = () => at(`/films/${randomBytes(32).toString('base64url')}`, guesser);
    const statuses = [];
    for (let n = 0; n < 31; n++) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array(30).fill(404), 429]);
    expect((await guess()).headers.get('retry-after')).toBe('2');
    // A film is shown nevertheless, and others are not held up.
    expect((await at(`/films/${await link()}`, guesser)).status).toBe(200);
    expect((await at(`/films/${'x'.repeat(43)}`, { 'x-forwarded-for': '198.51.100.8' })).status).toBe(404);
    clock += 60_000;
    expect((await guess()).status).toBe(404);
    const small = await openWeb({
      ...{ store, artifacts, log, address: { host: '127.0.0.1', port: 0 }, now: () => 0 },
      perMinute: { requests: 2, guesses: 30 },
    });
    const all = [];
    for (let n = 0; n < 3; n++) all.push((await at('/style.css', guesser, 'GET', small)).status);
    expect(all).toEqual([200, 200, 429]);
    expect((await at('/healthz', guesser, 'GET', small)).status).toBe(200);
    await small[Symbol.asyncDispose]();
  });

  test('leave no file open when whoever watches goes away in the middle', async () => {
    const { hash: large } = await putFilm(store, artifacts, folder, randomBytes(8_000_000));
    const token = await makeLink(store, { workspace: 'w', hash: large, name });
    const open = async () => {
      const links = await Promise.all(
        (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
      );
      return links.filter((path) => path.includes(large)).length;
    };
    const stops = Array.from({ length: 5 }, () => new AbortController());
    const { host, port } = web.address;
    for (const { signal } of stops) {
      const answer = await fetch(`http://${host}:${port}/films/${token}`, { signal });
      await answer.body!.getReader().read();
    }
    expect(await open()).toBeGreaterThan(0);
    for (const stop of stops) stop.abort();
    await expect.poll(open, { timeout: 30_000 }).toBe(0);
    await at(`/films/${token}`, {}, 'HEAD');
    expect(await open()).toBe(0);
  });

  test('let a film on its way end when the server closes, and take nothing new', async () => {
    const other = await openWeb({ store, artifacts, log, address: { host: '127.0.0.1', port: 0 } });
    const answer = await at(`/films/${await link()}`, {}, 'GET', other);
    const closing = other[Symbol.asyncDispose]();
    expect((await bytesOf(answer)).equals(film)).toBe(true);
    await closing;
    await expect(at('/healthz', {}, 'GET', other)).rejects.toThrow();
  });
});
