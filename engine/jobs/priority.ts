import { type Priority, priorities } from '../../dsl/run-settings.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { lockRun } from './run-row.ts';

/** How a priority stands in the rows: the higher comes first. */
export function rankOf(priority: Priority): number {
  return priorities.indexOf(priority) - 1;
}

/** The priority that stands in a row. */
export function priorityOf(rank: number): Priority {
  return priorities[rank + 1] ?? 'normal';
}

/** Lets a run come before or behind the others of its workspace from now on. What runs goes on. Returns false when the run is gone. */
export async function setPriority(parts: Parts, run: number, priority: Priority): Promise<boolean> {
  return parts.store.transaction(async (queries) => {
    if ((await lockRun(queries, run)) === null) return false;
    await queries.query('update runs set priority = $2 where id = $1', [run, rankOf(priority)]);
    await rankJobs(queries, run);
    return true;
  });
}

/** What has ended keeps its row as it is. */
async function rankJobs(queries: Queries, run: number): Promise<void> {
  await queries.query(
    `update jobs set priority = runs.priority from runs
     where runs.id = $1 and run_id = $1 and jobs.state in ('blocked', 'ready', 'running')`,
    [run],
  );
}
