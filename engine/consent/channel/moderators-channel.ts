import type { Chat } from '../../cards/cards.ts';
import type { Queries } from '../../store/port.ts';

/** The setting that names a channel in which moderators decide. */
export const channelSetting = 'consent.channel';

/** Where what is asked of the moderators of a workspace is put before them. */
export interface ModeratorsChannel {
  /** Whose requests they are: `discord:42`, or `local`, whose moderators sit in a chat. */
  of: string;
  chat: Chat;
  /** The workspace that the channel is in; who is a moderator there decides. */
  workspace: string;
  /** As the chat itself names it. */
  channel: string;
}

const ids: Readonly<Record<Chat, RegExp>> = { discord: /^\d{15,20}$/, slack: /^[CG][A-Z0-9]{5,20}$/ };
const teams: Readonly<Record<Chat, RegExp>> = { discord: /^\d{15,20}$/, slack: /^T[A-Z0-9]{5,20}$/ };

/** Why a value is no channel for moderators of a workspace, for whoever says it; null when it is fine. A chat names one of its own, so that nobody there
 * speaks in somebody else's; only at the machine may it be anybody's. */
export function channelProblem(value: string, workspace: string): string | null {
  if (value === 'none' || placeOf(workspace, value) !== null) return null;
  if (workspace.startsWith('discord:')) return 'it must be the id of a text channel here: 15 to 20 digits';
  if (workspace.startsWith('slack:')) return 'it must be the id of a channel here, such as C0123ABCD';
  return 'it must be a server and a channel, such as discord:123456789012345678/234567890123456789 or slack:T0123ABCD/C0123ABCD';
}

/** Where the moderators of a workspace are asked; null for nowhere. */
export async function channelOf(queries: Queries, workspace: string): Promise<ModeratorsChannel | null> {
  const [row] = await queries.query<{ value: string }>(
    'select value from settings where workspace = $1 and name = $2',
    [workspace, channelSetting],
  );
  return row === undefined ? null : placeOf(workspace, row.value);
}

/** All channels of a chat in which moderators are asked. */
export async function channelsIn(queries: Queries, chat: Chat): Promise<ModeratorsChannel[]> {
  const rows = await queries.query<{ workspace: string; value: string }>(
    'select workspace, value from settings where name = $1 order by workspace',
    [channelSetting],
  );
  return rows
    .map(({ workspace, value }) => placeOf(workspace, value))
    .filter((place): place is ModeratorsChannel => place?.chat === chat);
}

/** The channel that a value of the setting means in a workspace, also as it is mentioned in a chat: `#123`. Null for none, and for what is no channel. */
export function placeOf(of: string, value: string): ModeratorsChannel | null {
  const [, own] = /^(discord|slack):/.exec(of) ?? [];
  const [, named, team = '', there = ''] = /^(discord|slack):([^/]+)\/(.+)$/.exec(value) ?? [];
  const chat = (own ?? named) as Chat | undefined;
  if (chat === undefined) return null;
  const channel = own === undefined ? there : value.replace(/^#/, '');
  if (!ids[chat].test(channel) || (own === undefined && !teams[chat].test(team))) return null;
  return { of, chat, workspace: own === undefined ? `${chat}:${team}` : of, channel };
}
