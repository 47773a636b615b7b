import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../failure.ts';
import { within } from './sampled.ts';

/** What stands at a path. */
export interface Page {
  status: number;
  type: string;
  body: string;
}

export type Pages = Readonly<Record<string, () => Promise<Page>>>;

export interface Endpoint extends AsyncDisposable {
  /** Where it listens; the port was chosen by the system when 0 was asked for. */
  address: { host: string; port: number };
}

/** Serves pages to whoever asks by GET or HEAD. Everything has an end: connections, requests, answers; bodies are not read. Throws a
 * Failure PQL609 when the address cannot be had. */
export async function openEndpoint(
  address: { host: string; port: number },
  pages: Pages,
  patience = 5000,
): Promise<Endpoint> {
  const server = createServer(
    {
      maxHeaderSize: 8192,
      headersTimeout: 5000,
      requestTimeout: 5000,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 5000,
    },
    async (request, response) => {
      // What came with a request is never read: the connection ends with the answer.
      if (
        request.headers['content-length'] !== undefined ||
        request.headers['transfer-encoding'] !== undefined
      )
        response.shouldKeepAlive = false;
      const path = request.url?.split('?', 1)[0] ?? '';
      const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
      if (page === undefined) return answer(response, plain(404, `try ${Object.keys(pages).join(', ')}`));
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        return answer(response, plain(405, 'only GET and HEAD'));
      }
      const made = page().catch(() => plain(500, 'it failed; the log says more'));
      answer(response, await within(made, patience, plain(503, `not ready within ${patience / 1000} s`)));
    },
  );
  server.maxConnections = 64;
  server.maxRequestsPerSocket = 1000;
  server.setTimeout(15_000, (socket) => socket.destroy());
  // Of a request that cannot be read there is nothing to say.
  server.on('clientError', (_, socket) => socket.destroy());
  await listen(server, address);
  const { port } = server.address() as AddressInfo;
  return {
    address: { host: address.host, port },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(
  server: ReturnType<typeof createServer>,
  { host, port }: { host: string; port: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another process has it' : (error.code ?? error.message);
      reject(
        new Failure('user', 'PQL609', `metrics cannot be shown at ${host}:${port}: ${why}`, {
          hint: 'choose another host:port in PQL_METRICS, or unset it',
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

function plain(status: number, words: string): Page {
  return { status, type: 'text/plain; charset=utf-8', body: `${words}\n` };
}

/** Node leaves the body out where HEAD asked. */
function answer(response: ServerResponse, { status, type, body }: Page): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
