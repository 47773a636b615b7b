import { setTimeout as wait } from 'node:timers/promises';
import type { Egress, EgressRequest, EgressResponse } from '../engine/egress/door.ts';
import { Failure } from '../engine/failure.ts';

/** What the handlers that send something need. */
export interface SendingTools {
  egress: Egress;
  /** Milliseconds. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, exclusive. */
  random?: () => number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** Tries within one attempt of the job; the engine makes three attempts, so nine in all over about a minute. */
const tries = 3;

/** A server that wants us to wait longer is waited for this long; milliseconds. */
const longestWait = 60_000;

/** Sends until it is taken: 408, 425, 429, 5xx and a broken way are tried again, with back-off and as `Retry-After` says (RFC 9110 §10.2.3);
 * anything else that is no 2xx is final. `request` is built anew for each try. `what` completes "did not take …". */
export async function sendUntilTaken(
  tools: SendingTools,
  what: string,
  request: () => EgressRequest,
  signal: AbortSignal,
  note: (text: string) => void,
): Promise<EgressResponse> {
  const { sleep = defaultSleep, random = Math.random, now = Date.now } = tools;
  for (let attempt = 1; ; attempt++) {
    const outcome = await tools.egress.request(request(), signal).catch((error: unknown) => {
      if (error instanceof Failure && error.kind === 'transient') return error;
      throw error;
    });
    if (!(outcome instanceof Failure) && outcome.status >= 200 && outcome.status < 300) return outcome;
    const failure = outcome instanceof Failure ? outcome : notTaken(outcome, what);
    if (failure.kind !== 'transient' || attempt === tries) throw failure;
    const asked = outcome instanceof Failure ? null : retryAfter(outcome.headers['retry-after'], now());
    // Half of it at random, so that many who were turned away together do not come back together.
    const own = 1000 * 2 ** (attempt - 1) * (0.5 + random() / 2);
    const milliseconds = Math.min(Math.max(asked ?? 0, own), longestWait);
    note(`${failure.message}; trying again in ${Math.ceil(milliseconds / 1000)} s`);
    await sleep(milliseconds, signal);
  }
}

/** Milliseconds from now that `Retry-After` asks for, in seconds or as a date; null when it is absent or unreadable. */
export function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  // Date.parse alone takes "-5" for a year.
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

async function defaultSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal });
}

/** An answer that is no success, in words: never with the answer's text, which may be anything and from anywhere. */
function notTaken({ status, url }: EgressResponse, what: string): Failure {
  const host = new URL(url).hostname;
  const said = `${host} did not take ${what}: it answered ${status}`;
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return new Failure('transient', 'PQL670', said, {
      hint: 'it is tried again by itself a few times; later: RETRY',
    });
  const [code, hint] =
    status >= 300 && status < 400
      ? ['PQL672', 'it redirects in a way that drops what is sent; give the address that it leads to']
      : status === 401 || status === 403
        ? ['PQL671', 'the address lacks the right to write, or that right has run out; get a new address']
        : status === 404 || status === 405 || status === 410
          ? ['PQL671', 'check the address: nothing can be sent there']
          : status === 413
            ? ['PQL671', 'it is too large for that server']
            : ['PQL671', 'trying again would not help; ask who runs that server'];
  return new Failure('permanent', code, said, { hint });
}
