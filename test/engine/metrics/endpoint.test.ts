import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, openEndpoint } from '../../../engine/metrics/endpoint.ts';

let endpoint: Endpoint;
let seen = 0;
beforeAll(async () => {
  endpoint = await openEndpoint(
    { host: '127.0.0.1', port: 0 },
    {
      '/metrics': async () => ({ status: 200, type: 'text/plain; version=0.0.4', body: `seen ${++seen}\n` }),
      '/broken': async () => {
        throw new Error('the password is hunter2');
      },
      '/slow': () => new Promise(() => {}),
    },
    50,
  );
});
afterAll(() => endpoint?.[Symbol.asyncDispose]());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${endpoint.address.port}${path}`, init);

/** What comes back for bytes that a client of no good will sends, until the connection ends. */
const send = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(endpoint.address.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });

test('shows a page to GET, whatever is asked behind it, and its size to HEAD', async () => {
  const got = await ask('/metrics?x=1');
  expect([got.status, got.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4']);
  expect(await got.text()).toMatch(/^seen \d+\n$/);
  const head = await ask('/metrics', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(5);
});

test.each([
  '/',
  '/metrics/',
  '/../etc/passwd',
  '/__proto__',
  '/constructor',
  '/toString',
])('%s is not there', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is not for this place', async (method) => {
  const answer = await ask('/metrics', { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('says nothing of why a page broke, and does not wait for one that never comes', async () => {
  const broken = await ask('/broken');
  expect([broken.status, await broken.text()]).toEqual([500, 'it failed; the log says more\n']);
  expect((await ask('/slow')).status).toBe(503);
});

test('does not read what comes with a request', async () => {
  const answer = await send('GET /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\nabc');
  expect(answer).toContain('HTTP/1.1 200');
  expect(answer.toLowerCase()).toContain('connection: close');
});

test('hangs up on what is no request, and on headers without end', async () => {
  expect(await send('\u{16}\u{3}\u{1} not http\r\n\r\n')).toBe('');
  expect(await send(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toBe('');
});

test('says in words that its address is taken', async () => {
  await expect(openEndpoint(endpoint.address, {})).rejects.toMatchObject({
    code: 'PQL609',
    message: `metrics cannot be shown at 127.0.0.1:${endpoint.address.port}: another process has it`,
  });
});
