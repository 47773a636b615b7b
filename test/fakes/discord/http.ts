import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Faults } from './faults.ts';
import { Refusal } from './refusal.ts';
import type { SentFile } from './write-message.ts';

/** A request, read. */
export interface Request {
  method: string;
  /** Below `/api/v10`. */
  path: string;
  query: URLSearchParams;
  authorization: string | null;
  body: Record<string, unknown> | unknown[];
  files: SentFile[];
}

/** What is answered: null for 204. */
export type Answer = object | null | { raw: Buffer; type: string };

/** A limit on how often a route is used, as a bucket that is filled again at once when its time is over. */
export interface Bucket {
  method: string;
  path: RegExp;
  limit: number;
  /** Milliseconds. */
  window: number;
}

/** A server that reads requests, lets faults happen, keeps rate limits, and writes what `answer` gives or throws. */
export async function serve(
  answer: (request: Request) => Answer | Promise<Answer>,
  faults: Faults,
  buckets: readonly Bucket[],
  log: (line: { method: string; path: string; status: number; at: number }) => void,
): Promise<{ server: Server; base: string }> {
  const used = new Map<string, { until: number; count: number }>();
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const path = decodeURIComponent(url.pathname.replace(/^\/api\/v10/, ''));
    const method = incoming.method ?? 'GET';
    const end = (status: number, body: Answer, headers: Record<string, string> = {}) => {
      log({ method, path, status, at: Date.now() });
      write(outgoing, status, body, headers);
    };
    if (!url.pathname.startsWith('/api/v10/') && !url.pathname.startsWith('/attachments/'))
      return end(404, { message: '404: Not Found', code: 0 });
    const fault = faults.meet(method, path);
    const body = await read(incoming).catch(() => null);
    if (body === null || fault === 'silence') return;
    if (fault === 'cut') return void outgoing.destroy();
    if (typeof fault === 'object' && fault !== null && 'status' in fault)
      return end(fault.status, refusalOf(fault), fault.status === 429 ? limitHeaders(fault) : {});
    const limit = countIn(used, buckets, method, path);
    if (limit.exceeded)
      return end(
        429,
        { message: 'You are being rate limited.', retry_after: limit.seconds, global: false },
        limit.headers,
      );
    if (typeof fault === 'object' && fault !== null)
      await new Promise((done) => setTimeout(done, fault.delay));
    try {
      const done = await answer({
        method,
        path,
        query: url.searchParams,
        authorization: incoming.headers.authorization ?? null,
        ...(await parse(incoming.headers['content-type'] ?? '', body)),
      });
      if (fault === 'unanswered') return log({ method, path, status: 0, at: Date.now() });
      if (fault === 'lost') {
        log({ method, path, status: 0, at: Date.now() });
        return void outgoing.destroy();
      }
      end(done === null ? 204 : 200, done, limit.headers);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      end(error.status, error.body, limit.headers);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function refusalOf(fault: {
  status: number;
  code?: number;
  message?: string;
  retryAfter?: number;
  global?: boolean;
}) {
  if (fault.status === 429)
    return {
      message: 'You are being rate limited.',
      retry_after: fault.retryAfter ?? 1,
      global: fault.global ?? false,
    };
  return { message: fault.message ?? 'fault', code: fault.code ?? 0 };
}

function limitHeaders(fault: { retryAfter?: number; global?: boolean }): Record<string, string> {
  return {
    'retry-after': String(fault.retryAfter ?? 1),
    'x-ratelimit-scope': fault.global ? 'global' : 'user',
    ...(fault.global ? { 'x-ratelimit-global': 'true' } : {}),
  };
}

function countIn(
  used: Map<string, { until: number; count: number }>,
  buckets: readonly Bucket[],
  method: string,
  path: string,
) {
  const at = buckets.findIndex((each) => each.method === method && each.path.test(path));
  if (at < 0) return { exceeded: false, seconds: 0, headers: {} };
  const { limit, window } = buckets[at]!;
  const key = `${at} ${/^\/\w+\/\d+/.exec(path)?.[0] ?? ''}`;
  const now = Date.now();
  let entry = used.get(key);
  if (entry === undefined || entry.until <= now) {
    entry = { until: now + window, count: 0 };
    used.set(key, entry);
  }
  const exceeded = entry.count >= limit;
  if (!exceeded) entry.count++;
  const seconds = Math.max(0, (entry.until - now) / 1000);
  return {
    exceeded,
    seconds,
    headers: {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(limit - entry.count),
      'x-ratelimit-reset-after': seconds.toFixed(3),
      'x-ratelimit-reset': (entry.until / 1000).toFixed(3),
      'x-ratelimit-bucket': `bucket${at}`,
      ...(exceeded ? { 'retry-after': seconds.toFixed(3), 'x-ratelimit-scope': 'user' } : {}),
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function parse(type: string, body: Buffer): Promise<Pick<Request, 'body' | 'files'>> {
  if (!type.startsWith('multipart/form-data'))
    return { body: body.length === 0 ? {} : JSON.parse(body.toString('utf8')), files: [] };
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const files: SentFile[] = [];
  for (const [name, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (index === undefined || typeof value === 'string') continue;
    files.push({ index, name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { body: JSON.parse(String(form.get('payload_json') ?? '{}')), files };
}

function write(
  outgoing: ServerResponse,
  status: number,
  body: Answer,
  headers: Record<string, string>,
): void {
  const raw = body !== null && 'raw' in body ? (body as { raw: Buffer; type: string }) : null;
  const type = body === null ? {} : { 'content-type': raw?.type ?? 'application/json' };
  outgoing.writeHead(status, { ...type, ...headers });
  outgoing.end(raw?.raw ?? (body === null ? undefined : JSON.stringify(body)));
}
