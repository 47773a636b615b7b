import type { Logger } from '@slack/bolt';

import type { Standing } from '../presenter/roles.ts';
import { broughtAhead, type Surface, SurfaceError, type Surfaces } from '../presenter/surface.ts';
import { openClient, type SlackClient } from './clients.ts';
import { wallClock } from './clock.ts';
import { createMembers } from './names.ts';
import { createPace } from './pace.ts';
import { createStanding } from './standing.ts';
import { createSurface, type SlackSurface } from './surface.ts';
import { isDeadToken } from './trouble.ts';

/** A workspace that the bot is in, by the token that this one gave. */
export interface Team {
  id: string;
  token: string;
  client: SlackClient;
  surface: SlackSurface;
  standingOf(user: string): Promise<Standing>;
}

/** The workspaces that a bot is in. */
export interface Teams {
  /** Null where it is not, or not any more. */
  of(team: string): Promise<Team | null>;
  surfaces: Surfaces;
  /** The token of a workspace is another one now, or none. */
  changed(team: string): void;
}

export interface TeamTools {
  apiUrl: string;
  logger: Logger;
  now(): number;
  /** Null where the app is not installed. */
  token(team: string): Promise<string | null>;
  /** The user groups that settings of a workspace speak of. */
  groups(team: string): Promise<readonly string[]>;
  /** Told that Slack does not take the token of a workspace any more. */
  refused(team: string): void;
}

/** What is known of a workspace is kept as long as its token is the same; that is looked up anew now and then, since another process may have heard that
 * the app was installed or taken out. */
export function createTeams(tools: TeamTools): Teams {
  const { now, token: lookUp } = tools;
  const tokens = new Map<string, { at: number; token: Promise<string | null> }>();
  const made = new Map<string, Team>();

  const tokenOf = (team: string): Promise<string | null> => {
    const known = tokens.get(team);
    if (known !== undefined && now() - known.at < freshFor) return known.token;
    const token = lookUp(team);
    tokens.delete(team);
    tokens.set(team, { at: now(), token });
    if (tokens.size > mostKept) tokens.delete(tokens.keys().next().value!);
    token.catch(() => tokens.delete(team));
    return token;
  };

  const of = async (team: string): Promise<Team | null> => {
    const token = await tokenOf(team);
    if (token === null) {
      made.delete(team);
      return null;
    }
    const known = made.get(team);
    const there = known?.token === token ? known : openTeam(team, token, tools);
    made.delete(team);
    made.set(team, there);
    if (made.size > mostKept) made.delete(made.keys().next().value!);
    return there;
  };

  return {
    of,
    changed: (team) => void tokens.delete(team),
    surfaces: {
      chat: 'slack',
      in: (workspace) => surfaceIn(teamIn(workspace), of, tools.refused),
      ahead: broughtAhead,
    },
  };
}

/** Milliseconds. */
const freshFor = 10_000;
/** Workspaces of which members, groups and limits are remembered. */
const mostKept = 500;

function openTeam(id: string, token: string, { apiUrl, logger, now, groups }: TeamTools): Team {
  const pacing = { pace: createPace(now), clock: wallClock };
  const client = openClient(token, apiUrl, logger, pacing);
  const editing = openClient(token, apiUrl, logger, { ...pacing, share: 0.8 });
  const member = createMembers(client, { now });
  return {
    ...{ id, token, client },
    surface: createSurface({ client, editing, member }),
    standingOf: createStanding({ client, member, now, groups: () => groups(id) }),
  };
}

/** Slack as one workspace sees it, by whatever token it has when something is done. Where the app was taken out it may come back, within a day or not:
 * it is asked for again in an hour. */
function surfaceIn(team: string, of: Teams['of'], refused: TeamTools['refused']): Surface {
  const through = async <T>(call: (surface: SlackSurface) => Promise<T>): Promise<T> => {
    const there = await of(team);
    if (there === null) throw new SurfaceError({ kind: 'later', after: 3600 });
    try {
      return await call(there.surface);
    } catch (error) {
      if (error instanceof SurfaceError && isDeadToken(error.cause)) refused(team);
      throw error;
    }
  };
  return {
    chat: 'slack',
    post: (...given) => through((surface) => surface.post(...given)),
    edit: (...given) => through((surface) => surface.edit(...given)),
    finish: (...given) => through((surface) => surface.finish(...given)),
    ahead: (...given) => through((surface) => surface.ahead(...given)),
    retire: (...given) => through((surface) => surface.retire(...given)),
    find: (...given) => through((surface) => surface.find(...given)),
    remove: (...given) => through((surface) => surface.remove(...given)),
    look: (...given) => through((surface) => surface.look(...given)),
    tell: (...given) => through((surface) => surface.tell(...given)),
  };
}

/** `T1` of `slack:T1`. */
function teamIn(workspace: string): string {
  return workspace.slice(workspace.indexOf(':') + 1);
}
