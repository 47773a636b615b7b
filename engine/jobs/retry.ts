import { holdBytes } from '../artifacts/freed.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { advance } from './advance.ts';
import { growRun, ungrow, ungrownLists } from './grow.ts';
import { lockRun, settle } from './run-row.ts';

/** Starts what failed or was cancelled in a run again, all tries anew; finished work stays, unless its bytes were lost or purged. Returns false
 * when the run is still going or has nothing to do again. */
export async function retry(parts: Parts, run: number): Promise<boolean> {
  const rings = await parts.store.transaction(async (queries) => {
    await holdBytes(queries);
    const row = await lockRun(queries, run);
    if (row === null || row.state === 'running') return null;
    const lost: number[] = [];
    for (const { id, result, known, whole } of await results(queries, run)) {
      // Segments are of use only until they are joined.
      if (whole !== null && !lost.includes(whole)) continue;
      if (!known || !(await parts.artifacts.has(result))) lost.push(id);
    }
    if ((await startAnew(queries, run, lost)) === 0) return null;
    for (const job of lost) await ungrow(queries, job);
    await beginDivided(queries, run);
    await reopen(queries, run);
    for (const list of await ungrownLists(queries, run)) await growRun(queries, parts.artifacts, row, list);
    const ready = await advance(queries, parts.artifacts, row, 'all', parts.metrics);
    await settle(queries, run);
    return ready;
  });
  if (rings === null) return false;
  parts.news.changed(run);
  for (const { lane, job } of rings) await parts.queue.ring(lane, job);
  return true;
}

interface Result {
  id: number;
  result: string;
  /** False for bytes that were removed or purged. */
  known: boolean;
  /** Of a segment: the job that it was joined by. */
  whole: number | null;
}

/** Segments last. */
function results(queries: Queries, run: number): Promise<Result[]> {
  return queries.query<Result>(
    `select jobs.id, jobs.result, exists (select from artifacts where hash = jobs.result) as known, whole.id as whole
     from jobs left join jobs whole on whole.id = jobs.segment_of and whole.state = 'done'
     where jobs.run_id = $1 and jobs.state = 'done' and not jobs.effect and jobs.result is not null
     order by jobs.segment_of nulls first, jobs.id`,
    [run],
  );
}

async function startAnew(queries: Queries, run: number, lost: readonly number[]): Promise<number> {
  const rows = await queries.query(
    `update jobs set state = 'blocked', epoch = epoch + 1, attempts = 0, crashes = 0, log = '[]', not_before = now(),
            work_key = null, worker = null, recalled = false, result = null, failure = null, started_at = null, finished_at = null,
            changed = nextval('job_changes')
     where run_id = $1 and (state in ('failed', 'cancelled') or id = any($2::bigint[]))
     returning id`,
    [run, lost],
  );
  return rows.length;
}

/** What was divided goes on with its segments at once. */
async function beginDivided(queries: Queries, run: number): Promise<void> {
  await queries.query(
    `update jobs set started_at = clock_timestamp()
     where run_id = $1 and state = 'blocked' and id in (select segment_of from jobs where run_id = $1)`,
    [run],
  );
}

async function reopen(queries: Queries, run: number): Promise<void> {
  await queries.query(
    `update runs set state = 'running', stopping = false, finished_at = null where id = $1`,
    [run],
  );
}
