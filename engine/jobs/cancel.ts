import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { lockRun, settle, stopRun } from './run-row.ts';

/** Cancels a run: what waits is cancelled at once; what runs is too, and whoever runs it is told to stop and can write no more. What is
 * done stays. Returns false when the run had ended before. */
export async function cancel(parts: Parts, run: number): Promise<boolean> {
  const stopped = await parts.store.transaction(async (queries) => {
    const row = await lockRun(queries, run);
    if (row === null || row.state !== 'running') return null;
    // In this order: once nothing is ready, nothing can be claimed behind the back of `takeAway`.
    await stopRun(queries, run);
    const running = await takeAway(queries, run);
    await settle(queries, run);
    return running;
  });
  if (stopped === null) return false;
  for (const job of stopped) parts.news.stop(job);
  parts.news.changed(run);
  return true;
}

/** Under a new epoch, so that the former worker's results match no row. */
async function takeAway(queries: Queries, run: number): Promise<number[]> {
  const rows = await queries.query<{ id: number }>(
    `update jobs set state = 'cancelled', lease_until = null, epoch = epoch + 1, finished_at = now(),
            changed = nextval('job_changes')
     where run_id = $1 and state = 'running'
     returning id`,
    [run],
  );
  return rows.map((row) => row.id);
}
