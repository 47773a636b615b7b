import { channelsIn, type ModeratorsChannel } from '../../engine/consent/channel/moderators-channel.ts';
import {
  leaveOldChannels,
  makeRequestCards,
  wakeRequestCards,
} from '../../engine/consent/channel/request-cards.ts';
import { pause } from './pause.ts';
import type { KeepOptions } from './presenter.ts';
import { newRequestButtons } from './request-buttons.ts';
import type { Surfaces } from './surface.ts';
import type { PresenterTools } from './tools.ts';
import { whyNotThere } from './why-not-there.ts';

/** Milliseconds after which a channel is looked at again: somebody may have made it public, or let us in. */
const stale = 300_000;

/** Puts what moderators have to decide into their channels until the signal, wherever it was asked: in a chat, at the terminal, on the public page. The
 * keeper of cards draws it. */
export async function queueRequests(
  surfaces: Surfaces,
  { queueEvery = 2000 }: KeepOptions,
  tools: PresenterTools,
  signal: AbortSignal,
): Promise<void> {
  const { store } = tools.parts;
  const log = tools.log.with({ surface: surfaces.chat });
  const looked = new Map<string, { at: number; fine: boolean }>();
  while (!signal.aborted) {
    try {
      const channels = await channelsIn(store, surfaces.chat);
      await leaveOldChannels(store, surfaces.chat, channels);
      await wakeRequestCards(store, surfaces.chat);
      for (const channel of channels)
        if (await isFine(channel)) await makeRequestCards(store, channel, () => newRequestButtons(tools));
    } catch (error) {
      if (!signal.aborted)
        log.write('warn', 'requests could not be put before moderators; trying again', {}, error);
    }
    await pause(queueEvery, signal);
  }

  async function isFine({ workspace, channel, of }: ModeratorsChannel): Promise<boolean> {
    const now = tools.now().getTime();
    const before = looked.get(`${workspace} ${channel}`);
    if (before !== undefined && before.at > now - stale) return before.fine;
    const no = await whyNotThere(surfaces.in(workspace), workspace, channel, signal);
    looked.set(`${workspace} ${channel}`, { at: now, fine: no === null });
    if (no !== null)
      log.write('warn', `moderators are not asked: ${no.message}; ${no.hint}`, { of, channel });
    return no === null;
  }
}
