import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger, SocketModeReceiver } from '@slack/bolt';

import { refusalOf } from './trouble.ts';

type SocketClient = SocketModeReceiver['client'];

/** A connection that comes back whenever it is lost. */
export interface Connection {
  /** Resolves when it is open for the first time; throws where Slack refuses the token. */
  opened: Promise<void>;
  close(): Promise<void>;
}

/** Keeps a connection of Socket Mode open. The client's own way waits five seconds after each loss, and when Slack cannot be asked for an address then, it
 * ends the process by a promise that nobody hears. */
export function keepConnected(client: SocketClient, logger: Logger, patience = 20_000): Connection {
  const stop = new AbortController();
  const first = Promise.withResolvers<void>();
  let lost = Promise.withResolvers<void>();
  client.on('disconnected', () => lost.resolve());

  async function keep(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      lost = Promise.withResolvers();
      try {
        await inTime(client.start(), patience);
        failures = 0;
        first.resolve();
        await lost.promise;
      } catch (error) {
        failures++;
        if (failures === 1) logger.warn('no connection to Slack; trying again', error);
        if (refused.includes(refusalOf(error) ?? '')) first.reject(error);
        // Half open: whatever there is of it goes.
        await Promise.race([client.disconnect(), sleep(1000)]).catch(() => {});
      }
      await sleep(failures === 0 ? 50 : Math.min(15_000, 250 * 2 ** failures), undefined, stop).catch(
        () => {},
      );
    }
  }
  const ended = keep();
  return {
    opened: first.promise,
    async close() {
      stop.abort();
      first.resolve();
      const gone = Promise.race([client.disconnect(), sleep(2000, undefined, { ref: false })]);
      await gone.catch(() => {});
      lost.resolve();
      await ended;
    },
  };
}

const refused = ['invalid_auth', 'not_authed', 'account_inactive', 'not_allowed_token_type', 'missing_scope'];

async function inTime(start: Promise<unknown>, milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const late = sleep(milliseconds, undefined, timer).then(() => {
    throw new Error('Slack opened a connection and said nothing');
  });
  late.catch(() => {});
  start.catch(() => {});
  try {
    await Promise.race([start, late]);
  } finally {
    timer.abort();
  }
}
