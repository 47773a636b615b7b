import { REST, type RESTOptions } from 'discord.js';

/** Discord's REST interface. A bucket that is empty is waited for by discord.js, but not longer than `patience`: behind one who waits, everybody
 * waits, and what is kept in rows can come again. */
export function openRest(api: string, token: string): REST {
  return new REST({
    api,
    retries: 1,
    makeRequest,
    // Every request has its own end; this one is only above all of them.
    timeout: 900_000,
    rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > patience,
  }).setToken(token);
}

/** Sends with Node's own client. That of discord.js is handed the connections of whichever copy of undici the process loaded first, and another copy than its own takes no form
 * with files. What cut a connection is told as it is, since discord.js tries again by its code. */
const makeRequest: RESTOptions['makeRequest'] = async (url, { method, headers, body, signal }) => {
  try {
    return await fetch(url, { method, headers, body, signal, redirect: 'manual' } as RequestInit);
  } catch (error) {
    throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
  }
};

/** Milliseconds. */
const patience = 6000;

/** Milliseconds after which a request without a file is given up. */
const ordinary = 15_000;

/** The end of a request: the caller's, or the time that it may take. `bytes` that go with it, at 50 kB a second at least. */
export function within(signal: AbortSignal | undefined, bytes = 0): AbortSignal {
  const limit = AbortSignal.timeout(ordinary + Math.ceil(bytes / 50));
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}
