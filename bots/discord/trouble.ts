import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

import { SurfaceError, type Trouble } from '../presenter/surface.ts';

/** Codes of Discord's that we act on: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export const code = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMessage: 10008,
  unknownWebhook: 10015,
  unknownInteraction: 10062,
  tooLarge: 40005,
  acknowledged: 40060,
  noAccess: 50001,
  noDirect: 50007,
  noPermission: 50013,
  badToken: 50027,
  archived: 50083,
} as const;

const gone: readonly unknown[] = [code.unknownChannel, code.unknownGuild, code.unknownMessage];

/** Whether Discord refused with one of these codes. */
export function isCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}

/** What Discord, or the way to it, answered, as every chat says it. Aborted by who asked stays aborted, and a fault of ours stays what it is.
 * `may`: what would have to be allowed. */
export function troubled(error: unknown, may: string, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof SurfaceError) return error;
  const trouble = troubleOf(error, may);
  return trouble === null ? error : new SurfaceError(trouble, error);
}

function troubleOf(error: unknown, may: string): Trouble | null {
  if (error instanceof RateLimitError) return { kind: 'later', after: Math.max(0, error.retryAfter / 1000) };
  if (error instanceof HTTPError || isOfNetwork(error)) return { kind: 'later', after: null };
  if (!(error instanceof DiscordAPIError)) return null;
  if (isCode(error, code.tooLarge) || error.status === 413) return { kind: 'too large' };
  if (gone.includes(error.code)) return { kind: 'gone' };
  if (isCode(error, code.noAccess)) return { kind: 'forbidden', words: 'see this channel' };
  if (isCode(error, code.archived))
    return { kind: 'forbidden', words: 'write in this thread, which is archived' };
  if (isCode(error, code.noDirect)) return { kind: 'forbidden', words: 'write to this person' };
  if (error.status === 403) return { kind: 'forbidden', words: may };
  // The token of the bot itself was changed: whoever runs it has to act, and what waits is still wanted.
  if (error.status === 401) return { kind: 'later', after: 60 };
  return { kind: 'refused', words: error.message };
}

/** No connection, one that was cut, or one that took too long. */
function isOfNetwork(error: unknown): boolean {
  const { name, code: word } = error as { name?: string; code?: unknown };
  return name === 'AbortError' || name === 'TimeoutError' || /^(?:E(?!RR_)[A-Z]|UND_ERR_)/.test(String(word));
}
