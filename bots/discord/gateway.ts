import { type SessionInfo, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { type APIInteraction, type APIUser, GatewayDispatchEvents, type REST } from 'discord.js';

export interface GatewayOptions {
  rest: REST;
  token: string;
  /** Which of how many shards this process serves; null for all that Discord recommends. */
  shards: { ids: readonly number[]; count: number } | null;
  /** Told in words what is wrong that is tried again. */
  trouble(words: string): void;
  ready(user: APIUser, guilds: number): void;
  heard(interaction: APIInteraction): void;
  /** Milliseconds that the gateway may take to answer. */
  patience?: number;
}

/** What Discord says of a token or a setting that no waiting mends. */
export class GatewayRefusal extends Error {
  override name = 'GatewayRefusal';
}

/** Listens to Discord until the signal, without any privileged intent: interactions come without one.
 *
 * connecting → ready → away → connecting …: discord.js goes on by itself after a cut, but where nothing answers it tries twice a second for
 * ever, or waits for ever, and says neither. So whoever is not ready within `patience` is thrown away and made anew, after a pause that doubles
 * up to a minute. Sessions are kept outside, so that the next one still resumes. Throws GatewayRefusal where Discord says no for good. */
export async function listen(options: GatewayOptions, signal: AbortSignal): Promise<void> {
  const sessions = new Map<number, SessionInfo>();
  for (let failures = 0; !signal.aborted; ) {
    const ended = await connection(options, sessions, signal);
    if (signal.aborted) return;
    failures = ended.wasReady ? 1 : failures + 1;
    const pause = Math.min(60_000, 1000 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
    options.trouble(`Discord's gateway ${ended.why}; trying again in ${Math.ceil(pause / 1000)} s`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, pause);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done);
    });
  }
}

/** One manager, from its first attempt until it is given up. */
async function connection(
  { rest, token, shards, patience = 30_000, ...hear }: GatewayOptions,
  sessions: Map<number, SessionInfo>,
  signal: AbortSignal,
): Promise<{ why: string; wasReady: boolean }> {
  const manager = new WebSocketManager({
    rest,
    token,
    intents: 0,
    shardCount: shards?.count ?? null,
    shardIds: shards === null ? null : [...shards.ids],
    handshakeTimeout: patience,
    helloTimeout: patience,
    readyTimeout: patience,
    retrieveSessionInfo: (shard) => sessions.get(shard) ?? null,
    updateSessionInfo: (shard, session) => {
      if (session === null) sessions.delete(shard);
      else sessions.set(shard, session);
    },
  });
  const over = Promise.withResolvers<string>();
  const away = new Map<number, NodeJS.Timeout>();
  let wasReady = false;
  const back = (shard: number) => {
    clearTimeout(away.get(shard));
    away.delete(shard);
  };
  const lost = (shard: number) => {
    if (!away.has(shard))
      away.set(
        shard,
        setTimeout(() => over.resolve('went away and does not answer'), patience),
      );
  };
  const first = setTimeout(() => over.resolve('does not answer'), patience);
  manager.on(WebSocketShardEvents.Ready, ({ data, shardId }) => {
    wasReady = true;
    back(shardId);
    hear.ready(data.user, data.guilds.length);
  });
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => {
    wasReady = true;
    back(shardId);
  });
  manager.on(WebSocketShardEvents.Closed, ({ shardId }) => lost(shardId));
  manager.on(WebSocketShardEvents.Error, ({ error }) => {
    const words = forGood(error);
    if (words === null) over.resolve(`answered: ${error.message}`);
    else over.reject(new GatewayRefusal(words, { cause: error }));
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => {
    if (data.t === GatewayDispatchEvents.InteractionCreate) hear.heard(data.d);
  });
  const stop = () => over.resolve('');
  signal.addEventListener('abort', stop);
  try {
    manager.connect().then(
      () => clearTimeout(first),
      (error: Error) => {
        const words = forGood(error);
        if (words === null) over.resolve(`could not be asked for: ${error.message}`);
        else over.reject(new GatewayRefusal(words, { cause: error }));
      },
    );
    return { why: await over.promise, wasReady };
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(first);
    for (const timer of away.values()) clearTimeout(timer);
    // Sessions outlive a manager that is given up, but not a bot that ends.
    const kept = new Map(sessions);
    await manager.destroy({ code: signal.aborted ? 1000 : 4200 });
    if (!signal.aborted) for (const [shard, session] of kept) sessions.set(shard, session);
  }
}

/** In words what has to be changed, where trying again changes nothing; null elsewhere. */
function forGood(error: Error & { status?: number }): string | null {
  if (error.status === 401 || /authentication failed/i.test(error.message))
    return 'Discord does not know this token: set DISCORD_TOKEN to the one of the Bot page of your application';
  if (/intents/i.test(error.message)) return 'Discord refuses the intents, of which we ask for none';
  if (/invalid shard/i.test(error.message))
    return 'Discord knows no such shard: --shard 0/2 is the first of two';
  if (/sharding is required/i.test(error.message))
    return 'the bot is in so many servers that it needs more shards';
  return null;
}
