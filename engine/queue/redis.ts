import { Redis } from 'ioredis';
import { Failure } from '../failure.ts';
import { evictionProblem, readServerInfo, type ServerInfo } from './server-info.ts';

/** How long a connection may take, milliseconds. */
export interface ConnectionTimes {
  /** Without an answer from the server that owes one, after which its connection is given up: a half-open one is silent for ever. */
  socket: number;
  /** For the first connection. */
  connect: number;
  /** Between tries to connect again, at most. */
  again: number;
}

/** Given up after 8 s, a half-open connection works again after at most 13 (measured 4 to 9). */
export const usualConnection: ConnectionTimes = { socket: 8000, connect: 2000, again: 2000 };

/** A connection to a Redis or Valkey server that mends itself. While it is away, a command `fails` at once or `waits`. */
export function connectTo(url: string, times: ConnectionTimes, meanwhile: 'fails' | 'waits'): Redis {
  const client = new Redis(url, {
    socketTimeout: times.socket,
    connectTimeout: times.connect,
    // Kept by the library even when there is nothing to wait for: the process would end no sooner.
    disconnectTimeout: 100,
    retryStrategy: (time) => Math.min(times.again, 100 * time),
    ...(meanwhile === 'fails'
      ? { enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 }
      : { maxRetriesPerRequest: null }),
  });
  // Whoever needs to know learns it from a command that fails; without a listener a lost connection would end the process.
  client.on('error', () => {});
  return client;
}

/** Asks a server whether it will do: null when it does, else why it cannot be reached now. Throws a Failure PQL605 when it can be and never
 * will do. */
export async function lookOver(client: Redis, times: ConnectionTimes): Promise<Error | null> {
  const place = placeOf(client);
  const away = await reached(client, times.connect);
  if (away !== null && isLocked(away))
    throw new Failure('user', 'PQL605', `the queue server ${place} does not let us in: ${away.message}`, {
      hint: 'mend the user and the password in REDIS_URL',
      cause: away,
    });
  if (away !== null) return away;
  const problem = await evictionOf(client);
  if (problem === null) return null;
  throw new Failure('user', 'PQL605', `the queue server ${place} ${problem.message}`, { hint: problem.hint });
}

/** What would throw rings away, in words; null when nothing does or the server does not say. */
export async function evictionOf(client: Redis): Promise<{ message: string; hint: string } | null> {
  const info = await infoOf(client).catch(() => null);
  return info === null ? null : evictionProblem(info);
}

/** What a server says of itself, for `pql doctor`. Rejects when it does not answer in time. */
export async function lookAtServer(url: string): Promise<ServerInfo> {
  const client = connectTo(url, usualConnection, 'fails');
  try {
    const away = await reached(client, usualConnection.connect);
    if (away !== null) throw away;
    return await infoOf(client);
  } finally {
    client.disconnect();
  }
}

/** Host and port; the URL may hold a password. */
export function placeOf(client: Redis): string {
  return `${client.options.host}:${client.options.port}`;
}

async function infoOf(client: Redis): Promise<ServerInfo> {
  return readServerInfo(await client.info());
}

/** Waiting does not mend a password. */
function isLocked({ message }: Error): boolean {
  return /^(?:NOAUTH|WRONGPASS|NOPERM)|without any password|invalid password/i.test(message);
}

/** Why the server is not reached in time, null when it is. */
async function reached(client: Redis, milliseconds: number): Promise<Error | null> {
  if (client.status === 'ready') return null;
  const { promise, resolve } = Promise.withResolvers<Error | null>();
  let last = new Error(`no answer within ${milliseconds} ms`);
  let refusals = 0;
  const note = (error: Error) => {
    last = error;
    // A server that just starts refuses once or twice; every command would wait for one that is not there.
    if (isLocked(error) || ++refusals === 3) resolve(error);
  };
  const there = () => resolve(null);
  client.on('error', note);
  client.once('ready', there);
  const timer = setTimeout(() => resolve(last), milliseconds);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    client.off('error', note);
    client.off('ready', there);
  }
}
