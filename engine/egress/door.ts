import { lookup as lookupName } from 'node:dns/promises';
import type { Readable } from 'node:stream';
import { buildConnector, Client } from 'undici';
import { Failure } from '../failure.ts';
import { type AllowList, isAllowed } from './allow.ts';
import { guardedConnector, type Lookup } from './connector.ts';
import { refusedRequest, requestFailure } from './failure.ts';
import { checkUrl, type RefusedUrl } from './url.ts';

export interface EgressRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Opened anew for each hop. `bytes` is sent as the content length. */
  body: { bytes: number; open: () => Readable | Uint8Array } | null;
  /** How many redirects are followed, each checked like the first address: 307 and 308, which keep method and body, and of a GET or HEAD every
   * other. Another origin than the first is not told `authorization`. */
  redirects: number;
  /** Longest time for everything together, in milliseconds. */
  totalTimeout: number;
  /** Longest time until an answer begins once all is sent, and between pieces; 30 s unless told, in milliseconds. */
  silence?: number;
  /** The answer's body is cut here. */
  maxResponseBytes: number;
  /** Is handed the body of a 2xx piece by piece instead of having it collected: what it throws ends the request. */
  receive?: (piece: Buffer, headers: Readonly<Record<string, string>>) => Promise<void> | void;
}

export interface EgressResponse {
  status: number;
  /** Names in lower case; repeated ones are joined by a comma. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Where it was answered, after redirects. */
  url: string;
}

/** The one door for every outgoing request. */
export interface Egress {
  /** Throws Failure PQL510 to PQL512 for what policy refuses, PQL66x for what went wrong on the way, AbortError for `signal`.
   * Any status is an answer and no failure. */
  request(request: EgressRequest, signal?: AbortSignal): Promise<EgressResponse>;
  /** What the address alone tells: null when it may be tried. For diagnostics before anything runs. */
  check(url: string): Promise<RefusedUrl | null>;
}

export interface EgressTools {
  /** The hosts that the setting `egress.allow` names at this moment. */
  allow: () => Promise<AllowList>;
  /** The machine's resolver when absent. */
  lookup?: Lookup;
}

/** Builds the door. Each hop gets a connection of its own, which is closed afterwards: a connection that outlives its check would
 * be used without one. */
export function createEgress(tools: EgressTools): Egress {
  const lookup: Lookup =
    tools.lookup ?? ((hostname) => lookupName(hostname, { all: true, order: 'verbatim' }));
  return {
    async request(request, signal) {
      const timeout = AbortSignal.timeout(Math.min(Math.ceil(request.totalTimeout), longestTimer));
      const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      const allow = await tools.allow();
      let to = request.url;
      for (let hop = 0; ; hop++) {
        const url = admit(to, allow);
        const answer = await send(url, told(request, url), isAllowed(allow, url), lookup, either).catch(
          (error) => {
            signal?.throwIfAborted();
            const cause = timeout.aborted
              ? Object.assign(new Error('timeout', { cause: error }), { code: 'ETIMEDOUT' })
              : error;
            throw requestFailure(cause, url.hostname, url.port);
          },
        );
        if (!redirects(answer.status, request.method)) return answer;
        if (hop >= request.redirects) throw tooManyRedirects(url);
        to = redirection(answer, url);
      }
    },
    async check(url) {
      const checked = checkUrl(url, await tools.allow());
      return 'refused' in checked ? checked.refused : null;
    },
  };
}

const connectTimeout = 10_000;
const usualSilence = 30_000;
/** Timers that are set for longer go off at once. */
const longestTimer = 2 ** 31 - 1;

function admit(text: string, allow: AllowList): URL {
  const checked = checkUrl(text, allow);
  if ('url' in checked) return checked.url;
  const host = URL.canParse(text) ? new URL(text).hostname : '';
  throw refusedRequest(host === '' ? 'this address' : host, checked.refused);
}

async function send(
  url: URL,
  request: EgressRequest,
  allowed: boolean,
  lookup: Lookup,
  signal: AbortSignal,
): Promise<EgressResponse> {
  const silence = request.silence ?? usualSilence;
  const client = new Client(url.origin, {
    connect: allowed
      ? buildConnector({ timeout: connectTimeout, allowH2: false })
      : guardedConnector(lookup, connectTimeout),
    headersTimeout: silence,
    bodyTimeout: silence,
  });
  const body = request.body?.open() ?? null;
  try {
    const response = await client.request({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: {
        'user-agent': 'watchai',
        ...request.headers,
        ...(request.body === null ? {} : { 'content-length': String(request.body.bytes) }),
      },
      body,
      signal,
    });
    const pieces: Buffer[] = [];
    let bytes = 0;
    const headers = joined(response.headers);
    const receive = response.statusCode >= 200 && response.statusCode < 300 ? request.receive : undefined;
    for await (const piece of response.body) {
      bytes += piece.length;
      if (receive === undefined) pieces.push(piece);
      else await receive(piece, headers);
      if (bytes >= request.maxResponseBytes) break;
    }
    return {
      status: response.statusCode,
      headers,
      body: Buffer.concat(pieces).subarray(0, request.maxResponseBytes),
      url: url.href,
    };
  } finally {
    if (body !== null && 'destroy' in body) body.destroy();
    await client.destroy();
  }
}

function redirects(status: number, method: EgressRequest['method']): boolean {
  if (status === 307 || status === 308) return true;
  return (method === 'GET' || method === 'HEAD') && [301, 302, 303].includes(status);
}

/** A key for one place is no other's to see. */
function told(request: EgressRequest, url: URL): EgressRequest {
  if (url.origin === new URL(request.url).origin) return request;
  const headers = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...request, headers: Object.fromEntries(headers) };
}

/** A redirect that cannot be read goes nowhere. */
function redirection(answer: EgressResponse, from: URL): string {
  const { location } = answer.headers;
  if (location !== undefined && URL.canParse(location, from.href)) return new URL(location, from).href;
  throw new Failure('permanent', 'PQL512', `${from.hostname} redirects without saying where to`);
}

function tooManyRedirects(url: URL): Failure {
  return new Failure('permanent', 'PQL512', `${url.hostname} redirects once too often`, {
    hint: 'give the address that it leads to',
  });
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
