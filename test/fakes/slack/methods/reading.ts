import { type Json, textOf } from '../json.ts';
import { type Method, tier } from '../method.ts';
import { Refusal } from '../refusal.ts';
import { type Channel, directChannel, type Team } from '../team.ts';
import { shown } from './chat.ts';

export const reading: Record<string, Method> = {
  'auth.test': {
    scopes: [],
    token: 'bot',
    perMinute: tier[4],
    required: [],
    run: ({ team }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.domain,
      user: 'watchai',
      team_id: team.id,
      user_id: team.bot.user,
      bot_id: team.bot.id,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    scopes: ['connections:write'],
    token: 'app',
    perMinute: tier[1] * 60,
    required: [],
    run: ({ team, url }) => ({ url: `${url().replace(/^http/, 'ws')}/link/?ticket=${team.id_('X')}` }),
  },
  'users.info': {
    scopes: ['users:read'],
    token: 'bot',
    perMinute: tier[4],
    required: ['user'],
    run({ team }, args) {
      const person = team.people.get(textOf(args.user));
      if (person === undefined) throw new Refusal('user_not_found');
      const { id, name, admin } = person;
      const roles = { is_admin: admin, is_owner: false, is_primary_owner: false, is_bot: false };
      return {
        user: { id, team_id: team.id, name, real_name: name, ...roles, profile: { display_name: name } },
      };
    },
  },
  'usergroups.users.list': {
    scopes: ['usergroups:read'],
    token: 'bot',
    perMinute: tier[2],
    required: ['usergroup'],
    run({ team }, args) {
      const group = team.groups.get(textOf(args.usergroup));
      if (group === undefined) throw new Refusal('no_such_subteam');
      return { users: [...group.members] };
    },
  },
  'conversations.info': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    token: 'bot',
    perMinute: tier[3],
    required: ['channel'],
    run({ team }, args) {
      const channel = visible(team, textOf(args.channel));
      return { channel: channelOf(team, channel) };
    },
  },
  'conversations.join': {
    scopes: ['channels:join'],
    token: 'bot',
    perMinute: tier[3],
    required: ['channel'],
    run({ team }, args) {
      const channel = visible(team, textOf(args.channel));
      if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
      if (channel.archived) throw new Refusal('is_archived');
      channel.members.add(team.bot.user);
      return { channel: channelOf(team, channel) };
    },
  },
  'conversations.open': {
    scopes: ['im:write', 'mpim:write', 'groups:write', 'channels:manage'],
    token: 'bot',
    perMinute: tier[3],
    required: ['users'],
    run({ team }, args) {
      if (!team.people.has(textOf(args.users))) throw new Refusal('user_not_found');
      return { channel: { id: directChannel(team, textOf(args.users)).id } };
    },
  },
  'conversations.history': history(false),
  'conversations.replies': history(true),
};

function history(thread: boolean): Method {
  return {
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    token: 'bot',
    perMinute: tier[3],
    required: thread ? ['channel', 'ts'] : ['channel'],
    run({ team }, args) {
      const channel = visible(team, textOf(args.channel));
      if (!channel.members.has(team.bot.user)) throw new Refusal('not_in_channel');
      const needed = { public: 'channels', private: 'groups', im: 'im' }[channel.kind];
      if (!team.scopes.has(`${needed}:history`))
        throw new Refusal('missing_scope', { needed: `${needed}:history` });
      const limit = Number(args.limit ?? 100);
      if (!(limit >= 1 && limit <= 999)) throw new Refusal('invalid_limit');
      const [oldest, latest] = [Number(args.oldest ?? 0), Number(args.latest ?? Number.POSITIVE_INFINITY)];
      const inclusive = String(args.inclusive) === 'true';
      const all = team.messages.filter(
        (message) =>
          message.channel === channel.id &&
          message.onlyFor === null &&
          (thread ? message.thread === args.ts || message.ts === args.ts : message.thread === null) &&
          (within(message.ts, oldest, latest) ||
            (inclusive && [args.oldest, args.latest].includes(message.ts))),
      );
      // A history begins with the newest, a thread with the oldest.
      const ordered = thread ? all : all.reverse();
      const from = Number(textOf(args.cursor) || 0);
      const page = ordered.slice(from, from + limit);
      const more = from + limit < ordered.length;
      const metadata = args.include_all_metadata === true || args.include_all_metadata === 'true';
      return {
        messages: page.map((message) => shown(team, message, metadata)),
        has_more: more,
        response_metadata: { next_cursor: more ? String(from + limit) : '' },
      };
    },
  };
}

const within = (ts: string, oldest: number, latest: number) => Number(ts) > oldest && Number(ts) < latest;

/** A channel that the app can see: private ones only as a member. */
function visible(team: Team, id: string): Channel {
  const channel = team.channels.get(id);
  if (channel === undefined || (channel.kind !== 'public' && !channel.members.has(team.bot.user)))
    throw new Refusal('channel_not_found');
  return channel;
}

function channelOf(team: Team, channel: Channel): Json {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_im: channel.kind === 'im',
    is_private: channel.kind !== 'public',
    is_member: channel.members.has(team.bot.user),
    is_archived: channel.archived,
  };
}
