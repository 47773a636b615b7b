import type { Queries } from '../store/port.ts';

/** For whoever knows that nobody else uses the database: what a dead process was answering may be answered, and the cards that it held are
 * free. */
export async function freeCards(queries: Queries): Promise<void> {
  await queries.query('delete from heard where answered_at is null');
  await queries.query('update cards set keeper = null, kept_until = null where keeper is not null');
}
