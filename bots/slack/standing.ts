import type { Standing } from '../presenter/roles.ts';
import type { SlackClient } from './clients.ts';
import type { Member } from './names.ts';

export interface StandingTools {
  client: SlackClient;
  member(user: string): Promise<Member | null>;
  /** The ids of the user groups that settings speak of. */
  groups(): Promise<readonly string[]>;
  now(): number;
}

/** Says how the workspace ranks somebody: its admins and owners are admins, and in which of the groups they are. Who cannot be looked up has no rank. */
export function createStanding({
  client,
  member,
  groups,
  now,
}: StandingTools): (user: string) => Promise<Standing> {
  const known = new Map<string, { at: number; users: Promise<ReadonlySet<string>> }>();
  const usersOf = (group: string) => {
    const there = known.get(group);
    if (there !== undefined && now() - there.at < freshFor) return there.users;
    const users = list(client, group);
    known.set(group, { at: now(), users });
    return users;
  };
  return async (user) => {
    const [of, named] = await Promise.all([member(user), groups()]);
    const asked = named.filter((id) => /^S[A-Z0-9]+$/.test(id));
    const there = await Promise.all(asked.map(async (id) => (await usersOf(id)).has(user)));
    return { admin: of?.admin === true, moderator: false, groups: asked.filter((_, index) => there[index]) };
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
