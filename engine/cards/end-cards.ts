import type { Queries } from '../store/port.ts';
import { type CardRow, cardColumns } from './cards.ts';

/** The cards of a run that has ended stop living, in the transaction that ends it: so whoever is killed when, the last view is said. Returns
 * them. */
export function endCards(queries: Queries, run: number): Promise<CardRow[]> {
  return queries.query<CardRow>(
    `update cards set state = 'finishing' where run_id = $1 and state = 'living' returning ${cardColumns}`,
    [run],
  );
}
