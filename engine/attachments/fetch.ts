import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { showBytes } from '../../dsl/amounts.ts';
import { diskFailure } from '../artifacts/disk-failure.ts';
import { writeFully } from '../artifacts/stream.ts';
import type { Egress } from '../egress/door.ts';
import { Failure } from '../failure.ts';

/** Limits of a fetch: bytes, milliseconds in all, and milliseconds before a server that stumbled is asked again, twice as long the next time. */
export interface FetchLimits {
  bytes: number;
  milliseconds: number;
  pause: number;
}

/** For what people attach and link. */
export const fetchLimits: FetchLimits = Object.freeze({ bytes: 100e6, milliseconds: 60_000, pause: 500 });

/** What is fetched, and with which key to its own place. */
export interface Fetched {
  url: string;
  authorization?: string | undefined;
}

/** Fetches a link into a new file, by the egress rules and within limits. Throws Failure PQL442 to PQL444 in words for what came instead, PQL510 for
 * what policy refuses, PQL66x for what broke on the way. */
export async function fetchFile(
  egress: Egress,
  { url, authorization }: Fetched,
  file: string,
  limits: FetchLimits = fetchLimits,
  signal?: AbortSignal,
): Promise<void> {
  const until = performance.now() + limits.milliseconds;
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOnce(
        egress,
        { url, authorization },
        file,
        { ...limits, milliseconds: until - performance.now() },
        signal,
      );
    } catch (error) {
      // A server that stumbles once is asked again; one that is slow has had its time.
      const again = error instanceof Failure && error.kind === 'transient' && attempt < 3;
      if (!again || until - performance.now() < 4 * limits.pause) throw error;
      await sleep(limits.pause * attempt, undefined, { signal });
    }
  }
}

async function fetchOnce(
  egress: Egress,
  { url, authorization }: Fetched,
  file: string,
  { bytes: most, milliseconds }: FetchLimits,
  signal?: AbortSignal,
): Promise<void> {
  const handle = await open(file, 'w');
  try {
    let bytes = 0;
    const answer = await egress.request(
      {
        method: 'GET',
        url,
        headers: {
          accept: '*/*',
          'accept-encoding': 'identity',
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: null,
        redirects: 5,
        totalTimeout: milliseconds,
        silence: 20_000,
        maxResponseBytes: most + 1,
        async receive(piece, headers) {
          if (bytes + piece.length > most || Number(headers['content-length'] ?? 0) > most)
            throw tooLarge(most);
          await writeFully(handle, piece, bytes).catch((error) => {
            throw diskFailure(error, 'fetching a file');
          });
          bytes += piece.length;
        },
      },
      signal,
    );
    if (answer.status < 200 || answer.status >= 300)
      throw notThere(answer.status, new URL(answer.url).hostname);
    const promised = answer.headers['content-length'];
    if (promised !== undefined && Number(promised) !== bytes)
      throw new Failure(
        'transient',
        'PQL666',
        `${new URL(answer.url).hostname} breaks the connection off in the middle`,
      );
  } finally {
    await handle.close();
  }
}

/** The same words for a file that says so before it is fetched. */
export function tooLarge(most: number): Failure {
  return new Failure('user', 'PQL442', `the file is larger than ${showBytes(most)}`, {
    hint: 'cut it or make it smaller, then send it again',
  });
}

function notThere(status: number, host: string): Failure {
  if (status === 429 || status >= 500)
    return new Failure('transient', 'PQL443', `${host} does not give the file at the moment (${status})`, {
      hint: 'try again in a minute',
    });
  if (status === 401 || status === 403)
    return new Failure('user', 'PQL443', `${host} does not let the file be fetched (${status})`, {
      hint: 'the link may be over, or want a sign-in: attach the file itself',
    });
  return new Failure('user', 'PQL443', `the link leads to no file: ${host} answers ${status}`, {
    hint: 'check the link, or attach the file itself',
  });
}
