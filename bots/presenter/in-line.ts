import type { CardRow } from '../../engine/cards/cards.ts';
import { openBefore } from '../../engine/delivery/outbox.ts';
import type { Queries } from '../../engine/store/port.ts';
import { type Surface, SurfaceError } from './surface.ts';
import { viewOf } from './told.ts';

/** A card in hand whose run has ended. */
export interface Ended {
  row: Pick<CardRow, 'id' | 'workspace'>;
  /** Milliseconds: when something may be said on it again. */
  next: number;
  fresh: boolean;
  /** How many come before what it came to. */
  before: number;
}

/** Arranges in which order something is done with cards that ended: first those whose films come soon are let go of, then those of which others come first by `many` or
 * more say so, whoever waits longest before the others. What one was told to wait for, all of its workspace wait for. */
export async function lineUp(
  queries: Queries,
  surface: CardRow['surface'],
  ended: readonly Ended[],
  many: number,
  now: number,
): Promise<void> {
  if (ended.length === 0) return;
  const before = await openBefore(
    queries,
    surface,
    ended.map(({ row }) => row.id),
  );
  const until = new Map<string, number>();
  for (const { row, next } of ended)
    if (next > now) until.set(row.workspace, Math.max(next, until.get(row.workspace) ?? 0));
  for (const each of ended) {
    each.before = before.get(each.row.id) ?? 0;
    each.next =
      each.before < many ? Number.NEGATIVE_INFINITY : (until.get(each.row.workspace) ?? -each.before);
    each.fresh = true;
  }
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
  const message = card.posted.at(-1);
  if (message === undefined) return;
  try {
    const view = await viewOf(queries, card);
    const line = `What came of it is brought here behind ${before} others: the chat takes only so many at a time.`;
    await surface.edit(message, { ...view, lines: [line, ...view.lines].slice(0, 12) }, signal);
  } catch (error) {
    if (error instanceof SurfaceError && error.trouble.kind === 'later') throw error;
  }
}
