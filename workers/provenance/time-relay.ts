import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AskTime } from './time-stamp.ts';

/** An address of this machine at which a time stamp can be had. */
export interface TimeRelay extends AsyncDisposable {
  url: string;
  /** Whether somebody asked: the library does so last, when all else is done. */
  asked(): boolean;
  /** Why there was no answer; null where there was one, whatever it says. */
  problem(): string | null;
}

/** A query has a hundred bytes. */
const mostAsked = 4096;

/** The library would go to the network by itself, past the door that checks addresses. It is told this address instead, which nobody else
 * knows, and what it asks there goes through the door. */
export async function openTimeRelay(ask: AskTime, signal: AbortSignal): Promise<TimeRelay> {
  const path = `/${crypto.randomUUID()}`;
  let asked = false;
  let problem: string | null = null;
  const server = createServer((request, response) => {
    if (request.url !== path || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    asked = true;
    bodyOf(request)
      .then((query) => ask(query, signal))
      .then(
        (answer) => response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer),
        (error: unknown) => {
          problem = error instanceof Error ? error.message : String(error);
          response.writeHead(502).end();
        },
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    asked: () => asked,
    problem: () => problem,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > mostAsked) throw new Error('that is no query for a time stamp');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
