import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { lockRun, settle } from './run-row.ts';

/** Cancels one job and everything that waits for it; the rest of the run goes on. Returns how many jobs were cancelled, 0 when the
 * job had ended before. */
export async function cancelJob(parts: Parts, run: number, job: number): Promise<number> {
  const cancelled = await parts.store.transaction(async (queries) => {
    if ((await lockRun(queries, run)) === null) return [];
    const rows = await takeAway(queries, await wholeOf(queries, job));
    await settle(queries, run);
    return rows;
  });
  for (const { id, running } of cancelled) if (running) parts.news.stop(id);
  if (cancelled.length > 0) parts.news.changed(run);
  return cancelled.filter(({ segment }) => !segment).length;
}

/** A segment is nothing to anybody without the others. */
async function wholeOf(queries: Queries, job: number): Promise<number> {
  const [row] = await queries.query<{ whole: number }>(
    'select coalesce(segment_of, id) as whole from jobs where id = $1',
    [job],
  );
  return row?.whole ?? job;
}

/** Under a new epoch, so that a worker that has it matches no row any more. Only the job itself and its segments can be running: what
 * depends on it waits. */
function takeAway(
  queries: Queries,
  job: number,
): Promise<{ id: number; running: boolean; segment: boolean }[]> {
  return queries.query(
    `with recursive dependent as (
       select id, state from jobs
       where (id = $1 or segment_of = $1) and state in ('blocked', 'ready', 'running')
       union
       select jobs.id, jobs.state from dependent
         join job_inputs on job_inputs.from_job = dependent.id
         join jobs on jobs.id = job_inputs.job_id
       where jobs.state in ('blocked', 'ready')
     )
     update jobs set state = 'cancelled', lease_until = null, epoch = epoch + 1, finished_at = now(),
            changed = nextval('job_changes')
     from dependent where jobs.id = dependent.id
     returning jobs.id, dependent.state = 'running' as running, jobs.segment_of is not null as segment`,
    [job],
  );
}
