import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from 'undici';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseAllowList } from '../../../engine/egress/allow.ts';
import { guardedConnector, type Lookup, refusedPeer } from '../../../engine/egress/connector.ts';
import { createEgress, type EgressRequest } from '../../../engine/egress/door.ts';
import { untrusted } from '../../fakes/certificate.ts';

/** A server on loopback that counts what reaches it: connections and requests. */
let server: Server;
let port: number;
let connections: number;
let requests: IncomingMessage[];
let answer: RequestListener;

beforeEach(async () => {
  connections = 0;
  requests = [];
  answer = (_request, response) => response.end('hello');
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const door = (allow: string, lookup?: Lookup) =>
  createEgress({ allow: async () => parseAllowList(allow).allow, ...(lookup && { lookup }) });

const get = (url: string, more: Partial<EgressRequest> = {}): EgressRequest => ({
  method: 'GET',
  url,
  headers: {},
  body: null,
  redirects: 3,
  totalTimeout: 20_000,
  maxResponseBytes: 1000,
  ...more,
});

/** Every disguise of loopback that is known, with the server's own port. */
const disguises = (at: number) =>
  [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7F.0x0.0x0.0x1',
    '017700000001',
    '0177.0.0.01',
    '127.0.0.1.',
    '127。0。0。1',
    '①②⑦.0.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::FFFF:0:127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::1]',
    'localhost',
    'localhost.',
    'LOCALHOST',
    'LocalHost..',
    'a.b.localhost',
    'localhost.localdomain',
    'me@127.0.0.1',
    'example.com@127.0.0.1',
    'example.com\\@127.0.0.1',
  ].flatMap((host) => [`http://${host}:${at}/`, `https://${host}:${at}/`, `HTTP://${host}:${at}/`]);

test('never reaches a server on loopback, however its address is disguised', async () => {
  for (const url of disguises(port))
    await expect([
      url,
      await door('')
        .request(get(url))
        .catch(({ code }) => code),
    ]).toEqual([url, 'PQL510']);
  expect(connections).toBe(0);
});

test('never reaches loopback through a redirect of an allowed host', async () => {
  const inner = createServer((_request, response) => response.end('secret'));
  let hits = 0;
  inner.on('connection', () => {
    hits += 1;
  });
  await new Promise<void>((resolve) => inner.listen(0, resolve));
  const innerPort = (inner.address() as AddressInfo).port;
  try {
    for (const status of [307, 308]) {
      for (const location of [
        ...disguises(innerPort),
        `//127.0.0.1:${innerPort}/`,
        `http:127.0.0.1:${innerPort}`,
      ]) {
        answer = (_request, response) => response.writeHead(status, { location: encodeURI(location) }).end();
        const outcome = await door(`127.0.0.1:${port}`)
          .request(get(`http://127.0.0.1:${port}/`, { redirects: 1 }))
          .catch(({ code }) => code);
        expect([location, ['PQL510', 'PQL512'].includes(outcome)]).toEqual([location, true]);
      }
    }
    expect(hits).toBe(0);
  } finally {
    await new Promise((resolve) => inner.close(resolve));
  }
});

const fixed =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** Below the rules for URLs, so that nothing but the connector stands between a name and the server. */
async function through(lookup: Lookup, host = 'films.example'): Promise<unknown> {
  const client = new Client(`http://${host}:${port}`, { connect: guardedConnector(lookup, 2000) });
  try {
    return (await client.request({ method: 'GET', path: '/' })).statusCode;
  } catch (error) {
    return (error as Error).name;
  } finally {
    await client.destroy();
  }
}

test.each([
  [['127.0.0.1']],
  [['::1']],
  [['::ffff:127.0.0.1']],
  [['::127.0.0.1']],
  [['1.1.1.1', '127.0.0.1']],
  [['10.0.0.1', '1.1.1.1']],
  [['169.254.169.254']],
])('refuses a name that resolves to %j', async (addresses) => {
  expect(await through(fixed(...addresses))).toBe('RefusedConnection');
  expect(connections).toBe(0);
});

test.each([
  '127.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '2130706433',
])('refuses the literal %s when connecting too, without asking the resolver', async (host) => {
  const lookup = vi.fn(fixed('1.1.1.1'));
  expect(await through(lookup, host)).toBe('RefusedConnection');
  expect(lookup).not.toHaveBeenCalled();
  expect(connections).toBe(0);
});

test('uses the address that it checked, so that rebinding between look and connection finds nothing to change', async () => {
  // Answers public at first and loopback ever after, and changes its first answer behind our back as well.
  let asked = 0;
  const rebinding: Lookup = async () => {
    asked += 1;
    if (asked > 1) return [{ address: '127.0.0.1', family: 4 }];
    const answered = [{ address: '1.1.1.1', family: 4 }];
    queueMicrotask(() => queueMicrotask(() => answered.splice(0, 1, { address: '127.0.0.1', family: 4 })));
    return answered;
  };
  const dialled: unknown[] = [];
  vi.spyOn(net, 'connect').mockImplementation(((options: net.TcpNetConnectOpts) => {
    options.lookup?.(options.host as string, { all: true }, (_error, addresses) => dialled.push(addresses));
    const socket = new net.Socket();
    queueMicrotask(() => socket.destroy(Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' })));
    return socket;
  }) as typeof net.connect);
  await through(rebinding);
  expect(dialled).toEqual([[{ address: '1.1.1.1', family: 4 }]]);
  // The next connection asks again and is refused for the new answer.
  expect(await through(rebinding)).toBe('RefusedConnection');
  expect(connections).toBe(0);
});

test('says nothing on a connection that turns out to lead to loopback', async () => {
  const connect = net.connect;
  // A network that sends a public address somewhere else.
  vi.spyOn(net, 'connect').mockImplementation(((options: net.TcpNetConnectOpts) =>
    connect({ ...options, host: '127.0.0.1', lookup: undefined })) as typeof net.connect);
  expect(await through(fixed('1.1.1.1'))).toBe('RefusedConnection');
  expect(requests).toHaveLength(0);
});

test('looks at the address of the socket', () => {
  expect(refusedPeer('1.1.1.1')).toBeNull();
  expect(refusedPeer('::ffff:127.0.0.1')?.why).toBe('in a reserved range');
  expect(refusedPeer(undefined)?.why).toBe('nowhere');
});

test('answers from a host that the setting allows', async () => {
  const response = await door(`localhost:${port}`).request(get(`http://localhost:${port}/x?y=1`));
  expect(response).toMatchObject({ status: 200, url: `http://localhost:${port}/x?y=1` });
  expect(response.body.toString()).toBe('hello');
  expect(requests[0]?.url).toBe('/x?y=1');
});

test('follows a redirect that keeps the method, sending the body anew', async () => {
  answer = async (request, response) => {
    if (request.url === '/old') return response.writeHead(308, { location: '/new' }).end();
    return response.end(`${request.method} ${request.url} ${await text(request)}`);
  };
  const response = await door(`localhost:${port}`).request(
    get(`http://localhost:${port}/old`, {
      method: 'PUT',
      body: { bytes: 4, open: () => Buffer.from('film') },
    }),
  );
  expect(response.body.toString()).toBe('PUT /new film');
});

test('gives up on a host that redirects in circles', async () => {
  answer = (_request, response) => response.writeHead(307, { location: '/again' }).end();
  await expect(door(`localhost:${port}`).request(get(`http://localhost:${port}/`))).rejects.toMatchObject({
    code: 'PQL512',
    kind: 'permanent',
  });
  expect(requests).toHaveLength(4);
});

test('gives a redirect that changes the method back as the answer', async () => {
  answer = (_request, response) => response.writeHead(303, { location: 'http://127.0.0.1/' }).end();
  const post = get(`http://localhost:${port}/`, { method: 'POST' });
  expect(await door(`localhost:${port}`).request(post)).toMatchObject({ status: 303 });
});

test('follows every redirect of a GET, each checked like the first address', async () => {
  answer = (request, response) => {
    if (request.url === '/new') return response.end('hello');
    return response.writeHead(302, { location: request.url === '/in' ? 'http://127.0.0.1/' : '/new' }).end();
  };
  const allowed = door(`localhost:${port}`);
  const found = await allowed.request(get(`http://localhost:${port}/old`));
  expect([found.body.toString(), found.url]).toEqual(['hello', `http://localhost:${port}/new`]);
  await expect(allowed.request(get(`http://localhost:${port}/in`))).rejects.toMatchObject({ code: 'PQL510' });
});

test('hands on an answer piece by piece where somebody receives it, but not the words of a failure', async () => {
  const pieces: string[] = [];
  const receive = (piece: Buffer, headers: Readonly<Record<string, string>>) => {
    pieces.push(`${headers['x-kind']} ${piece}`);
  };
  answer = (request, response) =>
    response.writeHead(request.url === '/no' ? 404 : 200, { 'x-kind': 'film' }).end('bytes');
  const found = await door(`localhost:${port}`).request(get(`http://localhost:${port}/`, { receive }));
  expect([found.body.length, pieces]).toEqual([0, ['film bytes']]);
  const missing = await door(`localhost:${port}`).request(get(`http://localhost:${port}/no`, { receive }));
  expect([missing.status, missing.body.toString(), pieces.length]).toEqual([404, 'bytes', 1]);
});

test('cuts an answer that does not end', async () => {
  answer = (_request, response) => {
    const more = () => response.writable && response.write('x'.repeat(10_000), more);
    more();
  };
  const response = await door(`localhost:${port}`).request(get(`http://localhost:${port}/`));
  expect(response.body).toHaveLength(1000);
});

test('gives up on a host that stays silent, in words', async () => {
  answer = () => {};
  await expect(
    door(`localhost:${port}`).request(get(`http://localhost:${port}/`, { totalTimeout: 200 })),
  ).rejects.toMatchObject({
    code: 'PQL663',
    kind: 'transient',
    message: 'localhost takes too long to answer',
  });
});

test('gives up on a host that never takes the body', async () => {
  answer = (request) => request.pause();
  await expect(
    door(`localhost:${port}`).request(
      get(`http://localhost:${port}/`, {
        method: 'PUT',
        body: { bytes: 100_000_000, open: () => Buffer.alloc(100_000_000) },
        totalTimeout: 500,
      }),
    ),
  ).rejects.toMatchObject({ code: 'PQL663' });
});

test('stops at once when its signal aborts', async () => {
  const stop = new AbortController();
  answer = () => stop.abort();
  await expect(
    door(`localhost:${port}`).request(get(`http://localhost:${port}/`), stop.signal),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

test('says that nobody listens, without telling addresses', async () => {
  const lookup: Lookup = async () => {
    throw Object.assign(new Error('queryA ENOTFOUND films.example 10.0.0.53'), { code: 'ENOTFOUND' });
  };
  const failure = await door('', lookup)
    .request(get('https://films.example/'))
    .catch((error) => error);
  expect(failure).toMatchObject({
    code: 'PQL661',
    kind: 'transient',
    message: 'films.example cannot be found (the name does not resolve)',
  });
  const refused = await door('', fixed('10.9.8.7'))
    .request(get('https://films.example/'))
    .catch((error) => error);
  expect(refused).toMatchObject({ code: 'PQL510' });
  expect(`${refused.message} ${refused.hint}`).not.toContain('10.9.8.7');
});

test('refuses an answer that is not HTTP, or whose headers do not end', async () => {
  const odd = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      if (String(data).includes('/flood')) socket.write(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`);
      else socket.write('220 mail.example ESMTP\r\n');
    });
  });
  await new Promise<void>((resolve) => odd.listen(0, resolve));
  const at = (odd.address() as AddressInfo).port;
  try {
    for (const path of ['', 'flood'])
      await expect(
        door(`localhost:${at}`).request(get(`http://localhost:${at}/${path}`)),
      ).rejects.toMatchObject({
        code: 'PQL664',
      });
  } finally {
    await new Promise((resolve) => odd.close(resolve));
  }
});

test('sends nothing to a host that cannot prove who it is', async () => {
  let asked = 0;
  const impostor = createSecureServer(untrusted, (_request, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => impostor.listen(0, resolve));
  const at = (impostor.address() as AddressInfo).port;
  try {
    await expect(door(`localhost:${at}`).request(get(`https://localhost:${at}/`))).rejects.toMatchObject({
      code: 'PQL662',
      kind: 'permanent',
    });
    expect(asked).toBe(0);
  } finally {
    await new Promise((resolve) => impostor.close(resolve));
  }
});
