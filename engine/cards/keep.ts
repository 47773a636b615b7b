import type { Queries } from '../store/port.ts';
import { type CardRow, type Chat, cardColumns } from './cards.ts';

/** Takes cards of a surface that somebody has to draw or to take away and nobody holds: the oldest first, under a lease of so many
 * seconds. */
export function claimCards(
  queries: Queries,
  surface: Chat,
  keeper: string,
  lease: number,
  most: number,
): Promise<CardRow[]> {
  return queries.query<CardRow>(
    `update cards set keeper = $2, kept_until = clock_timestamp() + $3 * interval '1 second'
     where id in (
       select id from cards
       where surface = $1 and state in ('living', 'leaving') and (kept_until is null or kept_until < clock_timestamp())
         -- Delivery may be posting the very message that is to be taken away.
         and not (state = 'leaving' and exists (
           select from outbox where card_id = cards.id and outbox.state = 'sending' and lease_until > clock_timestamp()))
       order by id limit $4 for update skip locked)
     returning ${cardColumns}`,
    [surface, keeper, lease, most],
  );
}

/** Prolongs the leases; returns the cards that are still ours with their states. */
export function holdCards(
  queries: Queries,
  keeper: string,
  cards: readonly number[],
  lease: number,
): Promise<{ id: number; state: CardRow['state'] }[]> {
  return queries.query(
    `update cards set kept_until = clock_timestamp() + $3 * interval '1 second'
     where id = any ($2::bigint[]) and keeper = $1 returning id, state`,
    [keeper, cards, lease],
  );
}

/** Lets go of cards, so that others may draw them. */
export async function letGo(queries: Queries, keeper: string, cards: readonly number[]): Promise<void> {
  await queries.query(
    'update cards set keeper = null, kept_until = null where id = any ($2::bigint[]) and keeper = $1',
    [keeper, cards],
  );
}

/** What of cards in hand has changed, in one look at all of them. */
export interface Glance {
  id: number;
  state: CardRow['state'];
  /** Rises whenever a job of its run changes; null for a run that is no more. */
  changed: number | null;
}

export function glanceAt(queries: Queries, cards: readonly number[]): Promise<Glance[]> {
  return queries.query<Glance>(
    `select cards.id, cards.state, (select max(changed) from jobs where run_id = cards.run_id) as changed
     from cards where id = any ($1::bigint[])`,
    [cards],
  );
}
