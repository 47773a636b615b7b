import { buttonsOf } from '../../engine/cards/buttons.ts';
import { type CardRow, notePosted } from '../../engine/cards/cards.ts';
import { letGo } from '../../engine/cards/keep.ts';
import { changesOf, forgetPosted, restCard } from '../../engine/consent/channel/request-cards.ts';
import { type RequestSeen, seeRequest } from '../../engine/consent/channel/request-seen.ts';
import type { CardView } from './card-view.ts';
import { cardKey, type Surface, SurfaceError } from './surface.ts';
import type { PresenterTools } from './tools.ts';
import { requestView, waits } from './views/request-view.ts';

/** Seconds until a card that could not be drawn is tried again: whoever lets us into the channel has nothing else to do. */
const patience = 600;

/** Draws the card of a request as it stands, and lets go of it until something happens. Throws where the chat is away for a moment. */
export async function drawRequest(
  row: CardRow & { request: number },
  surface: Surface,
  tools: PresenterTools,
  signal: AbortSignal,
): Promise<void> {
  const { store } = tools.parts;
  // Before what is drawn is read: what changes from here on is drawn anew.
  const changes = await changesOf(store, row.id);
  const seen = await seeRequest(store, row.request);
  if (seen === null) return letGo(store, tools.keeper, [row.id]);
  const now = tools.now();
  const view = await viewOfRequest(seen, row, tools);
  const open = waits(seen.request);
  const drawn = await put(view, row, open, surface, tools, signal);
  if (drawn === 'anew') return letGo(store, tools.keeper, [row.id]);
  const { dueAt } = seen.request;
  // In seconds, so that it becomes overdue by one and the same clock, whatever the database's says.
  const left = (dueAt.getTime() - now.getTime()) / 1000;
  const again = drawn !== null ? patience : open && left > 0 ? left + 1 : null;
  const rests = await restCard(store, row, { keeper: tools.keeper, changes, again, why: drawn });
  if (!rests) await letGo(store, tools.keeper, [row.id]);
}

/** What the card of a request says now. */
export async function viewOfRequest(
  seen: RequestSeen,
  { id, workspace }: Pick<CardRow, 'id' | 'workspace'>,
  { parts: { store }, now, publicUrl }: PresenterTools,
): Promise<CardView> {
  const tokens = await buttonsOf(store, id);
  return requestView(seen, { now: now(), workspace, tokens, links: publicUrl != null });
}

/** Puts a view where it belongs: null when it stands there, why not in words, or `anew` where somebody took the message away. */
async function put(
  view: CardView,
  { id, channel, thread, posted, group }: CardRow,
  open: boolean,
  surface: Surface,
  { parts: { store }, log }: PresenterTools,
  signal: AbortSignal,
): Promise<string | null> {
  const message = posted.at(-1);
  try {
    if (message !== undefined) await surface.edit(message, view, signal);
    // What was over before it was ever shown needs nobody's eyes.
    else if (open)
      await notePosted(
        store,
        id,
        await surface.post({ channel, thread, message: null }, view, cardKey(id), signal),
      );
    return null;
  } catch (error) {
    if (!(error instanceof SurfaceError) || error.trouble.kind === 'later') throw error;
    if (error.trouble.kind === 'gone' && message !== undefined) {
      if (!open) return null;
      await forgetPosted(store, id);
      return 'anew';
    }
    const about = { surface: surface.chat, channel, request: group };
    log.write('warn', `moderators could not be shown a request: ${error.message}`, about);
    return error.message;
  }
}
