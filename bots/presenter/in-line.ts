import type { CardRow } from '../../engine/cards/cards.ts';
import { openBefore } from '../../engine/delivery/outbox.ts';
import type { Queries } from '../../engine/store/port.ts';
import { type Surface, SurfaceError } from './surface.ts';
import { viewOf } from './told.ts';

/** Says on a card that ended what it came to, where its film comes only behind so many others of its place: until then it would look as if it ran. Throws only
 * where it may be said a little later; whatever else is wrong, delivery meets itself. */
export async function sayInLine(
  queries: Queries,
  card: CardRow,
  many: number,
  surface: Surface,
  signal: AbortSignal,
): Promise<void> {
  const message = card.posted.at(-1);
  if (card.state !== 'finishing' || message === undefined) return;
  try {
    const before = await openBefore(queries, card.id);
    if (before < many) return;
    const view = await viewOf(queries, card);
    const line = `It comes to this channel behind ${before} others: the chat takes only so many at a time.`;
    await surface.edit(message, { ...view, lines: [line, ...view.lines].slice(0, 12) }, signal);
  } catch (error) {
    if (error instanceof SurfaceError && error.trouble.kind === 'later') throw error;
  }
}
