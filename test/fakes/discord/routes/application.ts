import type { Request } from '../http.ts';
import { type CommandBody, checkCommands } from '../limits/commands.ts';
import { Refusal } from '../refusal.ts';
import { everything, type State } from '../state.ts';
import { userOnWire } from '../wire.ts';

/** What a bot asks about itself, its commands and the gateway. */
export function applicationRoutes(
  state: State,
  gateway: { url: () => string; shards: () => number; startsLeft: () => number },
) {
  const own = (application: string) => {
    if (application !== state.application)
      throw new Refusal(403, 20012, 'You are not authorized to perform this action on this application');
  };
  return {
    gateway: () => ({
      url: gateway.url(),
      shards: gateway.shards(),
      session_start_limit: {
        total: 1000,
        remaining: gateway.startsLeft(),
        reset_after: 14_400_000,
        max_concurrency: 1,
      },
    }),

    me: () => userOnWire(state.bot),

    application: () => ({
      id: state.application,
      name: state.bot.name,
      description: '',
      // No privileged intent.
      flags: 0,
      bot_public: true,
      bot_require_code_grant: false,
      bot: userOnWire(state.bot),
    }),

    roles(guild: string) {
      if (!state.guilds.has(guild)) throw new Refusal(404, 10004, 'Unknown Guild');
      return [{ id: guild, name: '@everyone', permissions: String(everything) }];
    },

    member(guild: string, user: string) {
      const there = state.users.get(user);
      if (!state.guilds.has(guild) || there === undefined) throw new Refusal(404, 10007, 'Unknown Member');
      return { user: userOnWire(there), roles: there.roles };
    },

    direct(request: Request) {
      const user = state.users.get(String((request.body as { recipient_id?: string }).recipient_id));
      if (user === undefined) throw new Refusal(404, 10013, 'Unknown User');
      const there = [...state.channels.values()].find((each) => each.with === user.id);
      const id = there?.id ?? state.snowflake();
      state.channels.set(id, {
        id,
        type: 1,
        guild: null,
        name: user.name,
        with: user.id,
        permissions: ~0n,
      });
      return { id, type: 1, recipients: [userOnWire(user)] };
    },

    commands(application: string) {
      own(application);
      return state.commands;
    },

    overwrite(application: string, request: Request) {
      own(application);
      const commands = request.body as CommandBody[];
      if (!Array.isArray(commands)) throw new Refusal(400, 50035, 'Invalid Form Body');
      checkCommands(commands);
      state.commandWrites++;
      state.commands = commands.map((command) => {
        const there = state.commands.find(
          (each) => each.name === command.name && (each.type ?? 1) === (command.type ?? 1),
        );
        return {
          ...command,
          id: there?.id ?? state.snowflake(),
          application_id: state.application,
          version: state.snowflake(),
          type: command.type ?? 1,
          description: command.description ?? '',
          default_member_permissions: command.default_member_permissions ?? null,
          nsfw: false,
        };
      });
      return state.commands;
    },
  };
}
