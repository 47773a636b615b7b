import {
  type SessionInfo,
  SimpleShardingStrategy,
  WebSocketManager,
  WebSocketShardEvents,
} from '@discordjs/ws';
import { type APIInteraction, type APIUser, GatewayDispatchEvents, REST } from 'discord.js';

import { pause, pauseAfter } from './pause.ts';

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

/** Listens to Discord until the signal, without any intent: interactions come without one. Throws GatewayRefusal where Discord says no for
 * good.
 *
 * A shard is away → connecting → greeted → ready → away. discord.js goes round by itself and resumes, but where nobody answers it comes twice
 * a second for ever, or waits for ever, and says neither. So every step has an end, and the one thing that it asks us before it
 * connects (which session to resume) is answered after a pause that doubles up to a minute. */
export async function listen(options: GatewayOptions, signal: AbortSignal): Promise<void> {
  const { trouble, patience = 10_000 } = options;
  const shards = createShards((failures, why) => {
    const milliseconds = pauseAfter(failures);
    trouble(`Discord's gateway ${why}; trying again in ${Math.ceil(milliseconds / 1000)} s`);
    return pause(milliseconds, signal);
  }, signal);
  let strategy: SimpleShardingStrategy | null = null;
  // discord.js asks where the gateway is without an end of its own.
  const rest = new REST({ ...options.rest.options, timeout: patience }).setToken(options.token);
  const manager = new WebSocketManager({
    rest,
    token: options.token,
    intents: 0,
    shardCount: options.shards?.count ?? null,
    shardIds: options.shards === null ? null : [...options.shards.ids],
    buildStrategy: (built) => {
      strategy = new SimpleShardingStrategy(built);
      return strategy;
    },
    handshakeTimeout: patience,
    // After the handshake's end: a connection that is given up while it is being made ends the process with its error.
    helloTimeout: 2 * patience,
    readyTimeout: 2 * patience,
    retrieveSessionInfo: shards.session,
    updateSessionInfo: shards.keep,
  });
  const over = Promise.withResolvers<void>();
  const refuse = (error: Error) => {
    const words = forGood(error);
    if (words !== null) over.reject(new GatewayRefusal(words, { cause: error }));
    return words !== null;
  };
  manager.on(WebSocketShardEvents.Hello, ({ shardId }) => shards.greeted(shardId));
  manager.on(WebSocketShardEvents.Ready, ({ data, shardId }) => {
    shards.ready(shardId);
    options.ready(data.user, data.guilds.length);
  });
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => shards.ready(shardId));
  manager.on(WebSocketShardEvents.Closed, ({ shardId }) => shards.away(shardId));
  manager.on(WebSocketShardEvents.Error, ({ error, shardId }) => {
    if (!refuse(error)) shards.blame(shardId, error);
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => {
    if (data.t === GatewayDispatchEvents.InteractionCreate) options.heard(data.d);
  });
  signal.addEventListener('abort', () => over.resolve(), { once: true });
  if (signal.aborted) return;
  void connect(manager, options, signal).catch((error: Error) => refuse(error));
  try {
    await over.promise;
  } finally {
    await end(manager, strategy);
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** Asks where the gateway is for as long as it takes; what happens after that, discord.js tries again itself. */
async function connect(
  manager: WebSocketManager,
  { trouble }: GatewayOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 1; ; failures++) {
    try {
      // Asked anew each time: how many starts are left may have changed.
      const { session_start_limit: starts } = await manager.fetchGatewayInformation(true);
      if (starts.remaining >= (await manager.getShardIds()).length) break;
      throw new Error(`it lets the bot start no more for ${Math.ceil(starts.reset_after / 60_000)} minutes`);
    } catch (error) {
      if (forGood(error as Error) !== null) throw error;
      const milliseconds = pauseAfter(failures);
      trouble(
        `Discord could not be asked for its gateway (${(error as Error).message}); trying again in ${Math.ceil(milliseconds / 1000)} s`,
      );
      await pause(milliseconds, signal);
      if (signal.aborted) return;
    }
  }
  await manager.connect();
}

/** How far each shard is, and the session that it may go on with. */
function createShards(wait: (failures: number, why: string) => Promise<void>, signal: AbortSignal) {
  const sessions = new Map<number, SessionInfo>();
  const greeted = new Set<number>();
  const failures = new Map<number, number>();
  const reasons = new Map<number, string>();
  return {
    /** Asked before a connection is made, and with every beat and event. */
    async session(shard: number): Promise<SessionInfo | null> {
      if (!greeted.has(shard)) {
        const before = failures.get(shard) ?? 0;
        failures.set(shard, before + 1);
        if (before > 0) await wait(before, reasons.get(shard) ?? 'does not answer');
        // Who has ended connects no more.
        if (signal.aborted) await new Promise<never>(() => {});
      }
      return sessions.get(shard) ?? null;
    },
    keep(shard: number, session: SessionInfo | null): void {
      if (session !== null) sessions.set(shard, session);
      // Given up where nobody answered, it is good still; where it is not, Discord says so after its greeting.
      else if (greeted.has(shard)) sessions.delete(shard);
    },
    greeted: (shard: number) => void greeted.add(shard),
    ready(shard: number): void {
      failures.delete(shard);
      reasons.delete(shard);
    },
    away: (shard: number) => void greeted.delete(shard),
    blame: (shard: number, error: Error) => void reasons.set(shard, `does not answer (${error.message})`),
  };
}

/** Ends all shards. discord.js lets go of a connection that is still being made without ending it: it would stay open, and its error
 * would end the process. */
async function end(manager: WebSocketManager, strategy: SimpleShardingStrategy | null): Promise<void> {
  const { shards } = (strategy ?? { shards: new Map() }) as unknown as {
    shards: Map<
      number,
      { connection: { on(event: 'error', hear: () => void): void; terminate(): void } | null }
    >;
  };
  const connections = [...shards.values()].flatMap(({ connection }) => connection ?? []);
  for (const connection of connections) connection.on('error', () => {});
  await manager.destroy({ code: 1000 });
  for (const connection of connections) connection.terminate();
}

/** In words what has to be changed, where trying again changes nothing; null elsewhere. */
function forGood(error: Error & { status?: number }): string | null {
  if (error.status === 401 || /authentication failed/i.test(error.message)) return unknownToken;
  if (/intents/i.test(error.message)) return 'Discord refuses the intents, of which we ask for none';
  if (/invalid shard/i.test(error.message))
    return 'Discord knows no such shard: --shard 0/2 is the first of two';
  if (/sharding is required/i.test(error.message))
    return 'the bot is in so many servers that it needs more shards';
  return null;
}

export const unknownToken =
  'Discord does not know this token: set DISCORD_TOKEN to the one on the Bot page of your application';
