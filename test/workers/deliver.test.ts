import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseAllowList } from '../../engine/egress/allow.ts';
import { createEgress } from '../../engine/egress/door.ts';
import { createDeliver } from '../../workers/deliver.ts';
import { fakeDesk, fakeFilm } from '../fakes/desk.ts';

interface Taken {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let folder: string;
let film: Buffer;
let hash: string;
let server: Server;
let origin: string;
let taken: Taken[];
let answer: RequestListener;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-deliver-'));
  film = randomBytes(700_000);
  hash = createHash('sha256').update(film).digest('hex');
  await writeFile(join(folder, 'artifact'), film);
  taken = [];
  answer = (_request, response) => response.writeHead(201).end();
  server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    taken.push({ method: request.method, url: request.url, headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const deliver = (allow = '127.0.0.1') =>
  createDeliver({
    egress: createEgress({ allow: async () => parseAllowList(allow).allow }),
    sleep: async () => {},
    random: () => 0,
  });

const desk = (more = {}) =>
  fakeDesk({ inputs: [fakeFilm(join(folder, 'artifact'), hash, film.length)], ...more });

test('puts the film with its type, length, checksum and idempotency key', async () => {
  const { desk: own, progress } = desk();
  const done = await deliver()({ url: `${origin}/films/a.mp4?sig=x` }, own);
  expect(done).toEqual({ url: `${origin}/films/a.mp4?sig=x`, notes: [] });
  expect(taken).toHaveLength(1);
  const [put] = taken as [Taken];
  expect(put).toMatchObject({ method: 'PUT', url: '/films/a.mp4?sig=x' });
  expect(put.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '700000',
    'content-digest': `sha-256=:${createHash('sha256').update(film).digest('base64')}:`,
  });
  expect(put.headers['transfer-encoding']).toBeUndefined();
  expect(put.body.equals(film)).toBe(true);
  expect(progress.at(-1)).toEqual({ fraction: 1 });
});

test('sends under one key for every try and every worker, and under another for another job or address', async () => {
  answer = (_request, response) => response.writeHead(taken.length === 1 ? 503 : 200).end();
  await deliver()({ url: `${origin}/a` }, desk().desk);
  await deliver()({ url: `${origin}/a` }, desk({ attempt: 2 }).desk);
  await deliver()({ url: `${origin}/a` }, desk({ job: 'j41' }).desk);
  await deliver()({ url: `${origin}/b` }, desk().desk);
  const keys = taken.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(5);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(new Set(keys).size).toBe(3);
  for (const { body } of taken) expect(body.equals(film)).toBe(true);
});

test('sends the film again where a 307 or 308 leads, and says so', async () => {
  answer = (request, response) => {
    if (request.url === '/old') response.writeHead(307, { location: '/new' }).end();
    else response.end();
  };
  expect(await deliver()({ url: `${origin}/old` }, desk().desk)).toMatchObject({
    notes: ['it was redirected to 127.0.0.1'],
  });
  expect(taken.map(({ url, body }) => [url, body.length])).toEqual([
    ['/old', 700_000],
    ['/new', 700_000],
  ]);
});

test('refuses where a redirect leads when that is not allowed', async () => {
  answer = (_request, response) => response.writeHead(308, { location: 'http://[::1]:9/x' }).end();
  await expect(deliver()({ url: `${origin}/a` }, desk().desk)).rejects.toMatchObject({ code: 'PQL510' });
});

test('sends nothing to this machine unless a setting allows it', async () => {
  await expect(deliver('')({ url: `${origin}/a` }, desk().desk)).rejects.toMatchObject({
    code: 'PQL510',
    kind: 'user',
  });
  expect(taken).toEqual([]);
});

test('gives up at once on a server that says no before all is sent', async () => {
  server.removeAllListeners('request');
  let asked = 0;
  server.on('request', (request, response) => {
    asked += 1;
    response.writeHead(413).end();
    request.resume();
  });
  await expect(deliver()({ url: `${origin}/a` }, desk().desk)).rejects.toMatchObject({
    code: 'PQL671',
    kind: 'permanent',
  });
  expect(asked).toBe(1);
});

test('says that a server hangs up in the middle, after trying again', async () => {
  server.removeAllListeners('request');
  let asked = 0;
  server.on('request', (request) => {
    asked += 1;
    request.socket.resetAndDestroy();
  });
  await expect(deliver()({ url: `${origin}/a` }, desk().desk)).rejects.toMatchObject({
    code: 'PQL666',
    kind: 'transient',
    message: '127.0.0.1 breaks the connection off in the middle',
  });
  expect(asked).toBe(3);
});

test('does not deliver an artifact that was cut short', async () => {
  await writeFile(join(folder, 'artifact'), film.subarray(0, 1000));
  await expect(deliver()({ url: `${origin}/a` }, desk().desk)).rejects.toMatchObject({ code: 'PQL610' });
  expect(taken).toEqual([]);
});

test('stops when it is told to, in the middle of sending', async () => {
  server.removeAllListeners('request');
  const { desk: own, stop } = desk();
  server.on('request', () => stop());
  await expect(deliver()({ url: `${origin}/a` }, own)).rejects.toMatchObject({ name: 'AbortError' });
});
