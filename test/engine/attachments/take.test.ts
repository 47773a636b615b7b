import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTake, type Linked, type Take } from '../../../engine/attachments/take.ts';
import { holdMedia } from '../../../engine/consent/revocation/hold.ts';
import { recordPreview } from '../../../engine/delivery/previews.ts';
import { parseAllowList } from '../../../engine/egress/allow.ts';
import { createEgress } from '../../../engine/egress/door.ts';
import { recordSignedCopy } from '../../../engine/provenance/signed-copies.ts';
import type { Store } from '../../../engine/store/port.ts';
import { findTools, toolsOf } from '../../../workers/ffmpeg/find.ts';
import { createProber } from '../../../workers/ffmpeg/prober.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn } from '../../fakes/plan.ts';

const media = (name: string) => readFile(fileURLToPath(new URL(`../../media/${name}`, import.meta.url)));

describe('an attachment', () => {
  let store: Store;
  let server: Server;
  let base: string;
  let scratch: string;
  let take: Take;
  /** With little time. */
  let hasty: Take;
  let answer: RequestListener;
  let asked: { url: string; authorization: string | undefined }[];
  let film: Buffer;
  beforeAll(async () => {
    store = await openMemoryStore();
    film = await media('sintel-96x54.mp4');
    scratch = await mkdtemp(join(tmpdir(), 'pql-take-'));
    server = createServer((request, response) => {
      asked.push({ url: request.url!, authorization: request.headers.authorization });
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}`;
    const { allow } = parseAllowList(`127.0.0.1:${port} localhost:${port}`);
    const tools = {
      ...{ store, artifacts: memoryArtifacts(), scratch },
      egress: createEgress({ allow: async () => allow }),
      prober: createProber(toolsOf(await findTools({}))),
    };
    take = createTake({ ...tools, limits: { bytes: 100_000, milliseconds: 20_000, pause: 10 } });
    hasty = createTake({ ...tools, limits: { bytes: 100_000, milliseconds: 300, pause: 10 } });
  });
  afterAll(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await store?.[Symbol.asyncDispose]();
    await rm(scratch, { recursive: true, force: true });
  });
  beforeEach(() => {
    asked = [];
    answer = (_request, response) => response.end(film);
  });

  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  /** Notes that media left as these bytes. */
  const left = async (
    table: 'signed_copies' | 'previews',
    { workspace, of, bytes }: { workspace: string; of: string; bytes: Uint8Array },
  ) => {
    const hash = sha256(bytes);
    await store.query(
      `insert into artifacts (hash, kind, facts, bytes) values ($1, 'video', '{}', $2) on conflict do nothing`,
      [hash, bytes.length],
    );
    if (table === 'previews') await recordPreview(store, { workspace, of, fits: 9, hash, says: 'a preview' });
    else await recordSignedCopy(store, { workspace, of, signer: 'ab'.repeat(32), hash });
  };

  let workspaces = 0;
  const asker = () => askerIn(`w${++workspaces}`);
  const linked = (path: string, more: Partial<Linked> = {}): Linked => ({
    ...{ url: `${base}${path}`, name: 'clip.mp4', bytes: null },
    ...more,
  });

  test('gets an id in the workspace of whoever asked, by what its bytes are and not by what it is called', async () => {
    const who = asker();
    answer = (_request, response) => response.setHeader('content-type', 'text/plain').end(film);
    expect(await take(linked('/a', { name: '../../evil\u202e\u0007.txt' }), 'i1', who)).toEqual({ id: 'v1' });
    const [row] = await store.query('select source, width, height, job_id from media where workspace = $1', [
      who.workspace,
    ]);
    expect(row).toEqual({ source: 'evil.txt', width: 96, height: 54, job_id: null });
    answer = async (_request, response) => response.end(await media('speech.wav'));
    expect(await take(linked('/b', { name: 'speech' }), 'i1', who)).toEqual({ id: 'a1' });
    expect(await readdir(scratch)).toEqual([]);
  });

  test('is fetched once for each interaction, and never kept by its link', async () => {
    const who = asker();
    const secret = linked('/a?signature=opensesame', { authorization: 'Bearer xoxb-secret' });
    expect(await take(secret, 'i1', who)).toEqual({ id: 'v1' });
    expect(await take(secret, 'i1', who)).toEqual({ id: 'v1' });
    expect(asked).toEqual([{ url: '/a?signature=opensesame', authorization: 'Bearer xoxb-secret' }]);
    expect(await take(secret, 'i2', who)).toEqual({ id: 'v1' });
    expect(asked).toHaveLength(2);
    const kept = JSON.stringify(await store.query('select * from fetched'));
    expect(kept).not.toMatch(/opensesame|xoxb/);
    // Elsewhere the same interaction is another.
    expect(await take(secret, 'i1', asker())).toEqual({ id: 'v1' });
    expect(asked).toHaveLength(3);
  });

  test('that left the workspace as a signed copy or a preview comes back as what it was, there and nowhere else', async () => {
    const who = asker();
    const { workspace } = who;
    expect(await take(linked('/a'), 'i1', who)).toEqual({ id: 'v1' });
    const speech = await media('speech.wav');
    const hash = sha256(film);
    const [signed, preview, small] = ['signed film', 'preview', 'signed preview'].map((words) =>
      Buffer.from(words),
    );
    await left('signed_copies', { workspace, of: hash, bytes: signed! });
    await left('previews', { workspace, of: hash, bytes: preview! });
    await left('signed_copies', { workspace, of: sha256(preview!), bytes: small! });
    for (const bytes of [signed!, preview!, small!]) {
      answer = (_request, response) => response.end(bytes);
      expect(await take(linked(`/${sha256(bytes)}`), 'i2', who)).toEqual({ id: 'v1' });
    }
    // The same bytes mean nothing to others: here they are not even a film.
    expect(await take(linked('/b'), 'i3', asker())).toMatchObject({ code: expect.stringMatching(/^PQL4/) });
    expect(await store.query('select from media where workspace = $1', [workspace])).toHaveLength(1);
    answer = (_request, response) => response.end(speech);
    expect(await take(linked('/c'), 'i4', who)).toEqual({ id: 'a1' });
  });

  test('that is held comes back in no form', async () => {
    const who = asker();
    const { workspace } = who;
    await take(linked('/a'), 'i1', who);
    const signed = Buffer.from('signed before it was held');
    await left('signed_copies', { workspace, of: sha256(film), bytes: signed });
    await store.transaction(async (queries) => {
      const [{ id: person } = { id: 0 }] = await queries.query<{ id: number }>(
        `insert into people (names, keys, kind, source, changed) values ('{Jane Roe}', '{jane roe}', 'private', 'test', 1) returning id`,
      );
      const rows = await queries.query<{ id: number }>('select id from media where workspace = $1', [
        workspace,
      ]);
      const held = { person, because: 'grant revoked' } as const;
      await holdMedia(
        queries,
        workspace,
        { media: rows.map(({ id }) => id), hashes: [sha256(film)] },
        held,
        who,
      );
    });
    for (const bytes of [film, signed]) {
      answer = (_request, response) => response.end(bytes);
      expect(await take(linked(`/${bytes.length}`), 'i2', who)).toMatchObject({
        code: 'PQL546',
        message: 'this is held: somebody in it took their consent back',
      });
    }
    expect(await store.query('select from media where workspace = $1', [workspace])).toEqual([]);
    expect(await readdir(scratch)).toEqual([]);
  });

  test('is followed where it was moved to, but its key is not shown to another place', async () => {
    answer = (request, response) => {
      if (request.url === '/here') response.writeHead(302, { location: '/there' }).end();
      else if (request.url === '/there')
        response.writeHead(301, { location: `${base.replace('127.0.0.1', 'localhost')}/away` }).end();
      else response.end(film);
    };
    expect(await take(linked('/here', { authorization: 'Bearer key' }), 'i1', asker())).toEqual({ id: 'v1' });
    expect(asked).toEqual([
      { url: '/here', authorization: 'Bearer key' },
      { url: '/there', authorization: 'Bearer key' },
      { url: '/away', authorization: undefined },
    ]);
  });

  test('is not fetched from where nobody may look, however it is led there', async () => {
    expect(await take(linked('', { url: 'http://169.254.169.254/latest' }), 'i1', asker())).toMatchObject({
      code: 'PQL510',
      message: expect.stringMatching(/^nothing is fetched from 169\.254\.169\.254: /),
    });
    answer = (_request, response) => response.writeHead(302, { location: 'http://10.0.0.1/film.mp4' }).end();
    expect(await take(linked('/a'), 'i1', asker())).toMatchObject({ code: 'PQL510' });
    expect(await take(linked('', { url: 'file:///etc/passwd' }), 'i1', asker())).toMatchObject({
      code: 'PQL510',
    });
  });

  test.each([
    ['says so before it is fetched', linked('/a', { bytes: 100_001 }), 0],
    ['says so in its answer', linked('/long'), 1],
    ['says nothing and goes on for ever', linked('/endless'), 1],
  ])('that is too large is refused where it %s', async (_, file, requests) => {
    answer = (request, response) => {
      if (request.url === '/long') response.setHeader('content-length', 200_000).write(Buffer.alloc(1000));
      else {
        const piece = Buffer.alloc(10_000);
        const more = () => {
          while (!response.destroyed && response.write(piece));
          response.once('drain', more);
        };
        more();
      }
    };
    const where = { ...file, url: file.url.replace(/^undefined/, base) };
    expect(await take(where, 'i1', asker())).toEqual({
      code: 'PQL442',
      message: 'the file is larger than 100 kB',
      hint: 'cut it or make it smaller, then send it again',
    });
    expect(asked).toHaveLength(requests);
    expect(await readdir(scratch)).toEqual([]);
  });

  test.each([
    [404, 'PQL443', /^the link leads to no file: 127\.0\.0\.1 answers 404$/],
    [403, 'PQL443', /does not let the file be fetched \(403\)$/],
    [503, 'PQL443', /does not give the file at the moment \(503\)$/],
  ])('behind a link that answers %i says why it did not come', async (status, code, message) => {
    answer = (_request, response) => response.writeHead(status).end('<html>');
    expect(await take(linked('/a'), 'i1', asker())).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    // Only what may pass by itself is asked for again.
    expect(asked).toHaveLength(status === 503 ? 3 : 1);
  });

  test.each([
    [
      'a page, as where one has to sign in',
      'page',
      Buffer.from('<!doctype html><title>Sign in</title>'),
      'PQL444',
    ],
    [
      'a page that is called a film',
      'clip.mp4',
      Buffer.from('<!doctype html><title>Sign in</title>'),
      'PQL433',
    ],
    [
      'a playlist that points to other files',
      'up.mp4',
      Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'),
      'PQL432',
    ],
    [
      'a drawing that can point to other files',
      'x.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'PQL436',
    ],
    ['nothing', 'clip.mp4', Buffer.alloc(0), /^PQL4/],
  ])('that is %s is refused in words', async (_, name, bytes, code) => {
    answer = (_request, response) => response.setHeader('content-type', 'video/mp4').end(bytes);
    const who = asker();
    const taken = await take(linked('/a', { name }), 'i1', who);
    expect(taken).toMatchObject({ code: expect.stringMatching(code), message: expect.any(String) });
    expect(await store.query('select from media where workspace = $1', [who.workspace])).toEqual([]);
    expect(await readdir(scratch)).toEqual([]);
  });

  test('that stalls is given up, and whoever stops waiting is obeyed', async () => {
    answer = (_request, response) => void response.write(film.subarray(0, 1000));
    const slow = await hasty(linked('/a'), 'i1', asker());
    expect(slow).toMatchObject({ code: 'PQL663', message: '127.0.0.1 takes too long to answer' });
    const stop = new AbortController();
    const waiting = take(linked('/a'), 'i2', asker(), stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(scratch)).toEqual([]);
  });
});
