import type { SlackClient } from './clients.ts';

/** What Slack says of a member. */
export interface Member {
  name: string;
  /** Whether they administer the workspace. */
  admin: boolean;
}

/** Looks members up, each at most once in `freshFor` milliseconds. Null for one who cannot be looked up now. */
export function createMembers(
  client: SlackClient,
  { now, freshFor = 300_000 }: { now: () => number; freshFor?: number },
): (user: string) => Promise<Member | null> {
  const known = new Map<string, { at: number; member: Promise<Member | null> }>();
  return (user) => {
    const there = known.get(user);
    if (there !== undefined && now() - there.at < freshFor) return there.member;
    const member = lookUp(client, user);
    known.delete(user);
    known.set(user, { at: now(), member });
    if (known.size > mostKept) known.delete(known.keys().next().value!);
    void member.then((found) => {
      if (found === null && known.get(user)?.member === member) known.delete(user);
    });
    return member;
  };
}

const mostKept = 5000;

async function lookUp(client: SlackClient, user: string): Promise<Member | null> {
  try {
    const { user: found } = await client.users.info({ user });
    const name = found?.profile?.display_name || found?.real_name || found?.name || user;
    return { name, admin: found?.is_admin === true || found?.is_owner === true };
  } catch {
    return null;
  }
}
