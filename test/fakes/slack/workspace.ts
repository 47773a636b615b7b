import { createHuman, type Human } from './person.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import type { Heard, Sender } from './sender.ts';
import { type Channel, directChannel, type Team } from './team.ts';
import type { Triggers } from './triggers.ts';

/** A workspace as tests furnish it. */
export interface Workspace {
  team: Team;
  /** A person who joins it. */
  person(name: string, options?: { admin?: boolean }): Human;
  /** A channel with everybody in it; the app is a member unless told otherwise. */
  channel(name: string, options?: { kind?: 'public' | 'private'; withoutApp?: boolean }): Channel;
  direct(human: Human): Channel;
  group(handle: string, members: readonly Human[]): string;
  /** Takes the app out: its token dies, and the app is told. `quiet`: what tells of it gets lost. */
  takesOut(options?: { quiet?: boolean }): Promise<void>;
  /** Sends an event of the workspace by itself. */
  tells(event: object): Promise<Heard>;
  urls: ResponseUrls;
}

export function createWorkspace(
  team: Team,
  { triggers, sender, url }: { triggers: Triggers; sender: Sender; url(): string },
): Workspace {
  const urls = createResponseUrls(team, url);
  const workspace: Workspace = {
    ...{ team, urls },
    person(name, { admin = false } = {}) {
      const person = { id: team.id_('U'), name, admin };
      team.people.set(person.id, person);
      for (const channel of team.channels.values()) if (channel.kind !== 'im') channel.members.add(person.id);
      return createHuman(person, { team, triggers, urls, sender, url });
    },
    channel(name, { kind = 'public', withoutApp = false } = {}) {
      const members = new Set([...team.people.keys(), ...(withoutApp ? [] : [team.bot.user])]);
      const channel = { id: team.id_('C'), name, kind, members, archived: false, restricted: false };
      team.channels.set(channel.id, channel);
      return channel;
    },
    direct: (human) => directChannel(team, human.id),
    group(handle, members) {
      const id = team.id_('S');
      team.groups.set(id, { id, handle, members: new Set(members.map((member) => member.id)) });
      return id;
    },
    async takesOut({ quiet = false } = {}) {
      team.dead.set(team.tokens.bot, 'account_inactive');
      if (quiet) return;
      await workspace.tells({ type: 'tokens_revoked', tokens: { oauth: [], bot: [team.bot.user] } });
      await workspace.tells({ type: 'app_uninstalled' });
    },
    tells: (event) =>
      sender.send('events_api', {
        ...{ token: 'unused', team_id: team.id, api_app_id: team.bot.app, type: 'event_callback' },
        ...{ event_id: team.id_('Ev'), event_time: Math.floor(team.now() / 1000), event },
        authorizations: [{ team_id: team.id, user_id: team.bot.user, is_bot: true, enterprise_id: null }],
      }),
  };
  return workspace;
}
