import { faults as createFaults, type Faults } from './faults.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { type Bucket, serve } from './http.ts';
import { openPerson, type Person } from './person.ts';
import { createRoutes } from './routes/routes.ts';
import { type Channel, emptyState, everything, type Guild, type State } from './state.ts';

/** Discord on loopback: REST v10, the gateway, and people. */
export interface FakeDiscord extends AsyncDisposable {
  /** For the client's `rest.api`, without the version. */
  api: string;
  token: string;
  application: string;
  state: State;
  faults: Faults;
  gateway: Gateway;
  /** Every request, in order; status 0 for one whose answer was lost. */
  requests: { method: string; path: string; status: number; at: number }[];
  /** Rate limits to keep; none without. */
  buckets: Bucket[];
  guild(name: string, options?: { uploadLimit?: number }): Guild;
  channel(
    guild: Guild,
    name: string,
    options?: { permissions?: bigint; type?: 0 | 11; private?: boolean },
  ): Channel;
  /** Takes a channel away with everything in it. */
  removeChannel(channel: Channel): void;
  /** The direct messages of the bot with somebody, once there are any. */
  directWith(person: Person): Channel | null;
  person(name: string, options?: { permissions?: bigint; roles?: string[]; takesDirect?: boolean }): Person;
  /** Moves the clock on, milliseconds. */
  later(milliseconds: number): void;
  /** Resolves once something is so, looked at whenever anything happens; throws with what everybody sees after `limit` milliseconds. */
  until<T>(found: () => T | null | undefined | false, limit?: number): Promise<T>;
}

export async function fakeDiscord(): Promise<FakeDiscord> {
  let shift = 0;
  const state = emptyState(() => Date.now() + shift);
  const gateway = openGateway(state);
  const faults = createFaults();
  const buckets: Bucket[] = [];
  const requests: FakeDiscord['requests'] = [];
  let base = '';
  const routes = createRoutes(state, () => base, {
    url: () => gateway.url(),
    shards: () => gateway.shards,
    startsLeft: () => gateway.startsLeft,
  });
  const http = await serve(routes, faults, buckets, (line) => {
    requests.push(line);
    setImmediate(() => state.news.emit('change'));
  });
  base = http.base;
  gateway.attach(http.server, base);
  return {
    api: `${base}/api`,
    token: state.token,
    application: state.application,
    state,
    faults,
    gateway,
    requests,
    buckets,
    guild(name, { uploadLimit = 10 * 2 ** 20 } = {}) {
      const guild = { id: state.snowflake(), name, uploadLimit };
      state.guilds.set(guild.id, guild);
      return guild;
    },
    channel(guild, name, { permissions = everything, type = 0, private: closed = false } = {}) {
      const channel: Channel = {
        id: state.snowflake(),
        type,
        guild: guild.id,
        name,
        with: null,
        permissions,
        private: closed,
      };
      state.channels.set(channel.id, channel);
      return channel;
    },
    removeChannel(channel) {
      state.channels.delete(channel.id);
      for (const message of state.messages.values())
        if (message.channel === channel.id) state.messages.delete(message.id);
      state.news.emit('change');
    },
    directWith: (person) => [...state.channels.values()].find((each) => each.with === person.id) ?? null,
    person(name, { permissions = 0n, roles = [], takesDirect = true } = {}) {
      const user = { id: state.snowflake(), name, bot: false, permissions, roles, takesDirect };
      state.users.set(user.id, user);
      return openPerson(state, user, gateway, () => base);
    },
    later(milliseconds) {
      shift += milliseconds;
    },
    until: (found, limit = 30_000) => until(state, found, limit),
    async [Symbol.asyncDispose]() {
      gateway.end();
      http.server.closeAllConnections();
      await new Promise((resolve) => http.server.close(resolve));
    },
  };
}

async function until<T>(state: State, found: () => T | null | undefined | false, limit: number): Promise<T> {
  const { shown } = await import('./shown.ts');
  return new Promise<T>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      clearInterval(glances);
      state.news.off('change', look);
    };
    const look = () => {
      try {
        const value = found();
        if (!value) return;
        end();
        resolve(value);
      } catch (error) {
        end();
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      end();
      reject(
        new Error(
          `it never came to that; there stands:\n${[...state.messages.values()].map(shown).join('\n\n')}`,
        ),
      );
    }, limit);
    state.news.on('change', look);
    // What the bot does with an answer happens out of our sight.
    const glances = setInterval(look, 10);
    look();
  });
}
