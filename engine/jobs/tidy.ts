import type { Queries } from '../store/port.ts';

/** How many changes of jobs leave enough dead rows behind to be worth a second of cleaning. */
const many = 2000;

/** What nobody does in the embedded database, which has no autovacuum: frees the rows that changes left behind and tells the planner how
 * large the tables are. `since` is what `changes` said at opening. */
export async function tidy(queries: Queries, since: number): Promise<void> {
  if (Math.floor((await changes(queries)) / many) === Math.floor(since / many)) return;
  // One by one: several statements in one text are one transaction, in which there is no vacuum.
  for (const table of ['jobs', 'runs', 'counters', 'media'])
    await queries.script(`vacuum (analyze) ${table}`);
}

/** How often jobs have changed in all. */
export async function changes(queries: Queries): Promise<number> {
  const [row] = await queries.query<{ last: number }>('select last_value as last from job_changes');
  return row?.last ?? 0;
}
