import type { Asker } from '../../engine/asker.ts';
import type { SlackClient } from './clients.ts';
import type { Member } from './names.ts';

export interface RoleTools {
  client: SlackClient;
  member(user: string): Promise<Member | null>;
  /** The ids of user groups whose members are moderators or admins, from the settings. */
  groups(): Promise<{ moderator: readonly string[]; admin: readonly string[] }>;
  now(): number;
}

/** Says which roles somebody has: admins of the workspace are admins here, members of the user groups that the settings name are what those say. Who
 * cannot be looked up is an asker and nothing more. */
export function createRoles({
  client,
  member,
  groups,
  now,
}: RoleTools): (user: string) => Promise<Asker['roles']> {
  const known = new Map<string, { at: number; users: Promise<ReadonlySet<string>> }>();
  const usersOf = (group: string) => {
    const there = known.get(group);
    if (there !== undefined && now() - there.at < freshFor) return there.users;
    const users = list(client, group);
    known.set(group, { at: now(), users });
    return users;
  };
  const isIn = async (user: string, ids: readonly string[]) => {
    const all = await Promise.all(ids.filter((id) => /^S[A-Z0-9]+$/.test(id)).map(usersOf));
    return all.some((users) => users.has(user));
  };
  return async (user) => {
    const [of, named] = await Promise.all([member(user), groups()]);
    const admin = of?.admin === true || (await isIn(user, named.admin));
    const moderator = admin || (await isIn(user, named.moderator));
    return ['asker', ...(moderator ? (['moderator'] as const) : []), ...(admin ? (['admin'] as const) : [])];
  };
}

/** usergroups.users.list may be asked 20 times a minute, and whoever was taken out of a group is out within a minute. */
const freshFor = 60_000;

async function list(client: SlackClient, usergroup: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await client.usergroups.users.list({ usergroup })).users ?? []);
  } catch {
    return new Set();
  }
}
