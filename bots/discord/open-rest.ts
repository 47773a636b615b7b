import { REST } from 'discord.js';

/** Discord's REST interface. A bucket that is empty is waited for by discord.js, but not longer than `patience`: behind one who waits, everybody
 * waits, and what is kept in rows can come again. */
export function openRest(api: string, token: string): REST {
  return new REST({
    api,
    retries: 1,
    // Every request has its own end; this one is only above all of them.
    timeout: 900_000,
    rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > patience,
  }).setToken(token);
}

/** Milliseconds. */
const patience = 6000;

/** Milliseconds after which a request without a file is given up. */
const ordinary = 15_000;

/** The end of a request: the caller's, or the time that it may take. `bytes` that go with it, at 50 kB a second at least. */
export function within(signal: AbortSignal | undefined, bytes = 0): AbortSignal {
  const limit = AbortSignal.timeout(ordinary + Math.ceil(bytes / 50));
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}
