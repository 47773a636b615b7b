import type { Queries, Store } from './port.ts';

/** Reads with an end: a statement that takes longer than so many milliseconds is given up by the database, so that a look is never what
 * a busy database is busy with. */
export function bounded<T>(
  store: Store,
  milliseconds: number,
  read: (queries: Queries) => Promise<T>,
): Promise<T> {
  return store.transaction(async (queries) => {
    await queries.query(`select set_config('statement_timeout', $1, true)`, [
      String(Math.round(milliseconds)),
    ]);
    return read(queries);
  });
}
