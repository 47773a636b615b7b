import { finishCard } from '../delivery/outbox.ts';
import type { Queries } from '../store/port.ts';
import { type CardRow, cardColumns } from './cards.ts';

/** The cards of a run that has ended stop living, and their last views are promised, in the transaction that ends it: so whoever is killed when,
 * they are said. What they show is noted in them, so that it is known when the run is removed. Returns them. */
export async function endCards(queries: Queries, run: number): Promise<CardRow[]> {
  const cards = await queries.query<CardRow>(
    `update cards set state = 'finishing',
       results = array(select distinct result from jobs where jobs.run_id = $1 and result is not null),
       recipes = array(select distinct recipe from jobs where jobs.run_id = $1 and result is not null and not effect)
     where run_id = $1 and state = 'living' returning ${cardColumns}`,
    [run],
  );
  for (const card of cards) await finishCard(queries, card);
  return cards;
}
