import type { CardRow } from '../../engine/cards/cards.ts';
import { openBefore } from '../../engine/delivery/outbox.ts';
import type { Queries } from '../../engine/store/port.ts';
import { type Surface, SurfaceError } from './surface.ts';
import { viewOf } from './told.ts';

/** How many have to come before what a card came to, in its place; 0 where it has nothing to say of that. */
export async function waitsBehind(queries: Queries, { id, state, posted }: CardRow): Promise<number> {
  return state === 'finishing' && posted.length > 0 ? openBefore(queries, id) : 0;
}

/** Says on a card that ended what it came to, and how many come before: until then it would look as if it ran. Throws only where it may be said a little later;
 * whatever else is wrong, delivery meets itself. */
export async function sayInLine(
  queries: Queries,
  card: CardRow,
  before: number,
  surface: Surface,
  signal: AbortSignal,
): Promise<void> {
  try {
    const view = await viewOf(queries, card);
    const line = `It comes to this channel behind ${before} others: the chat takes only so many at a time.`;
    await surface.edit(card.posted.at(-1)!, { ...view, lines: [line, ...view.lines].slice(0, 12) }, signal);
  } catch (error) {
    if (error instanceof SurfaceError && error.trouble.kind === 'later') throw error;
  }
}
