import type { SettingEntry } from '../../dsl/world.ts';
import type { Asker } from '../../engine/asker.ts';

/** How a chat itself ranks somebody, and the groups they are in. */
export interface Standing {
  /** Discord: may administrate the server. Slack: admin or owner of the workspace. */
  admin: boolean;
  /** Discord: may manage messages or the server. Slack: nobody by itself. */
  moderator: boolean;
  /** Ids of Discord roles or Slack user groups. */
  groups: readonly string[];
}

/** What somebody may be, by how the chat ranks them and by the groups that the workspace has chosen: SET roles.moderator, SET roles.admin. */
export function rolesOf(
  { admin, moderator, groups }: Standing,
  settings: ReadonlyMap<string, Pick<SettingEntry, 'value'>>,
): Asker['roles'] {
  const chosen = (name: string) =>
    groupIds(settings.get(name)?.value ?? '').some((id) => groups.includes(id));
  const isAdmin = admin || chosen('roles.admin');
  const isModerator = isAdmin || moderator || chosen('roles.moderator');
  return [
    'asker',
    ...(isModerator ? (['moderator'] as const) : []),
    ...(isAdmin ? (['admin'] as const) : []),
  ];
}

/** The ids in a setting's value; none for `none`. */
export function groupIds(value: string): string[] {
  return value.split(/[,\s]+/).filter((id) => /^[A-Z0-9]{3,30}$/i.test(id) && id !== 'none');
}
