import { type ChannelSeen, SurfaceError } from '../presenter/surface.ts';
import type { SlackClient } from './clients.ts';

/** Looks at a channel: a private one that we were not added to is not found. */
export async function lookAtChannel(client: SlackClient, id: string): Promise<ChannelSeen> {
  const { channel } = await client.conversations.info({ channel: id });
  if (channel === undefined || channel.is_archived === true) throw new SurfaceError({ kind: 'gone' });
  const shared = channel.is_ext_shared === true || channel.is_org_shared === true;
  return {
    // Read by people of another company, it is nobody's own.
    open: channel.is_private !== true || shared,
    may:
      channel.is_private === true && channel.is_member === false
        ? 'post there; type /invite to add the app'
        : null,
  };
}
