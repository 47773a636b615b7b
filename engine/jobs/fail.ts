import type { Failure, FailureKind } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { lockRun, settle, stopRun } from './run-row.ts';
import { charge } from './share.ts';

/** How often a job is tried in all. A crash of the worker counts as well, so that a job that kills whoever runs it comes to an end. */
export const maxAttempts = 3;

/** What is kept of a failure. */
export interface FailureNote {
  kind: FailureKind;
  code: string;
  message: string;
  hint: string | null;
}

/** The wait before another try, milliseconds: 1 s, 4 s, 16 s … at most five minutes. */
function backOff(attempts: number): number {
  return Math.min(1000 * 4 ** (attempts - 1), 300_000);
}

/** Records that a job failed. A transient failure puts it back for a later try while tries are left; any other ends the run: what
 * has not started is cancelled, what runs may finish, what is done stays. Returns false when the job is not this worker's any more. */
export async function fail(
  parts: Parts,
  job: { id: number; run: number; epoch: number; attempts: number },
  failure: Failure,
): Promise<boolean> {
  const { kind, code, message, hint } = failure;
  const note = JSON.stringify({ kind, code, message, hint } satisfies FailureNote);
  const written = await parts.store.transaction(async (queries) => {
    const run = await lockRun(queries, job.run);
    if (run === null) return false;
    if (kind === 'transient' && job.attempts < maxAttempts && !run.stopping)
      return retryLater(queries, job, note, backOff(job.attempts));
    if (!(await markFailed(queries, job, note))) return false;
    await failWhole(queries, job, note);
    await stopRun(queries, job.run);
    await settle(queries, job.run);
    return true;
  });
  if (!written) return false;
  parts.news.changed(job.run);
  // On its own: a disk with no room for a share has room to say so.
  await charge(parts.store, job).catch(() => {});
  return true;
}

/** A job that was divided fails in the words of the first of its segments that did. */
async function failWhole(
  queries: Queries,
  job: { id: number; attempts: number },
  note: string,
): Promise<void> {
  await queries.query(
    `update jobs set state = 'failed', failure = $2, attempts = $3, finished_at = now(), changed = nextval('job_changes')
     where id = (select segment_of from jobs where id = $1) and state = 'blocked'`,
    [job.id, note, job.attempts],
  );
}

async function retryLater(
  queries: Queries,
  job: { id: number; epoch: number },
  note: string,
  wait: number,
): Promise<boolean> {
  const rows = await queries.query(
    `update jobs set state = 'ready', lease_until = null, worker = null, failure = $3,
            not_before = clock_timestamp() + $4 * interval '1 millisecond', changed = nextval('job_changes')
     where id = $1 and epoch = $2 and state = 'running'
     returning id`,
    [job.id, job.epoch, note, wait],
  );
  return rows.length === 1;
}

async function markFailed(
  queries: Queries,
  job: { id: number; epoch: number },
  note: string,
): Promise<boolean> {
  const rows = await queries.query(
    `update jobs set state = 'failed', lease_until = null, failure = $3, finished_at = now(),
            changed = nextval('job_changes')
     where id = $1 and epoch = $2 and state = 'running'
     returning id`,
    [job.id, job.epoch, note],
  );
  return rows.length === 1;
}
