import { type Logger, LogLevel, webApi } from '@slack/bolt';

import { PacedClient, type Pacing } from './paced-client.ts';

export type SlackClient = webApi.WebClient;

/** A client that never tries again by itself: a post whose answer was lost would stand there twice, and one answer of "too many requests" would hold up
 * unrelated calls for as long. Whoever calls decides. */
export function openClient(
  token: string,
  slackApiUrl: string,
  logger: Logger,
  pacing: Pacing | null = null,
): SlackClient {
  const options = {
    ...{ slackApiUrl, logger, retryConfig: { retries: 0 } },
    ...{ rejectRateLimitedCalls: true, timeout: 30_000 },
  };
  return pacing === null ? new webApi.WebClient(token, options) : new PacedClient(token, options, pacing);
}

/** The answer, unless the signal comes first; the call itself cannot be taken back. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
  if (signal === undefined) return call();
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([call(), promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** For clients whose troubles are told by who calls them. */
export const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
