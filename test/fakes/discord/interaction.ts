import { randomBytes } from 'node:crypto';

import type { Channel, Heard, State, User } from './state.ts';
import { userOnWire } from './wire.ts';

/** What somebody did, as the gateway tells it. `type`: 2 command, 3 component, 4 autocompletion, 5 modal. */
export function interactionBy(
  state: State,
  user: User,
  channel: Channel,
  type: number,
  more: Record<string, unknown>,
): Heard {
  const id = state.snowflake();
  const token = randomBytes(96).toString('base64url');
  const guild = state.guilds.get(channel.guild ?? '');
  const payload = {
    id,
    application_id: state.application,
    type,
    token,
    version: 1,
    channel_id: channel.id,
    channel: {
      id: channel.id,
      type: channel.type,
      name: channel.name,
      guild_id: guild?.id,
      permissions: String(user.permissions),
    },
    locale: 'en-US',
    entitlements: [],
    app_permissions: String(channel.permissions),
    attachment_size_limit: guild?.uploadLimit ?? 10 * 2 ** 20,
    authorizing_integration_owners: guild ? { 0: guild.id } : { 1: user.id },
    context: guild ? 0 : 1,
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: 'en-US', features: [] },
          guild_locale: 'en-US',
          member: {
            user: userOnWire(user),
            nick: null,
            avatar: null,
            roles: user.roles,
            permissions: String(user.permissions),
            joined_at: new Date(state.now()).toISOString(),
            premium_since: null,
            deaf: false,
            mute: false,
            pending: false,
            flags: 0,
          },
        }
      : { user: userOnWire(user) }),
    ...more,
  };
  const heard: Heard = {
    id,
    token,
    payload,
    type,
    user: user.id,
    channel: channel.id,
    at: state.now(),
    answered: null,
    original: null,
  };
  state.heard.set(id, heard);
  return heard;
}
