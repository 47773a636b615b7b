import type { Command } from '../../dsl/compiled.ts';
import { channelSetting, placeOf } from '../../engine/consent/channel/moderators-channel.ts';
import type { Ask } from './ask.ts';
import { SurfaceError } from './surface.ts';
import type { PresenterTools } from './tools.ts';
import { type NotThere, whyNotThere } from './why-not-there.ts';

/** Why the channel for moderators that a command chooses cannot be one, as the chat itself knows; null for every other command, and where the command
 * is refused anyway. */
export async function whyNotSet(
  { operation, arguments: { name, value } }: Command,
  { asker, surface: chat }: Ask,
  { surfaceIn }: PresenterTools,
  signal?: AbortSignal,
): Promise<NotThere | null> {
  if (operation !== 'set' || name !== channelSetting || !asker.roles.includes('admin')) return null;
  const place = placeOf(asker.workspace, String(value).trim());
  const surface = place === null ? undefined : surfaceIn?.(chat, place.workspace);
  if (place === null || surface === undefined) return null;
  try {
    return await whyNotThere(surface, place.workspace, place.channel, signal);
  } catch (error) {
    if (!(error instanceof SurfaceError)) throw error;
    return {
      message: 'nobody could say just now whether this channel is private',
      hint: 'say it again in a moment',
    };
  }
}
