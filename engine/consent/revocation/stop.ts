import type { FailureNote } from '../../jobs/fail.ts';
import { stopRun as cancelRest, lockRun, settle } from '../../jobs/run-row.ts';
import type { Queries } from '../../store/port.ts';
import type { HoldReason } from './hold.ts';

/** A run that was stopped, and the jobs of it that somebody was running. */
export interface Stopped {
  run: number;
  /** `g7`. */
  group: string;
  running: number[];
}

/** Stops a run because somebody in it may not be shown any more: what runs or could run fails, under a new epoch so that whoever has it can write
 * nothing more, and the rest is cancelled. Null when it had ended before. Under `lockHead`; tell the news afterwards. */
export async function stopRun(
  queries: Queries,
  run: number,
  because: HoldReason['because'],
): Promise<Stopped | null> {
  const row = await lockRun(queries, run);
  if (row === null || row.state !== 'running') return null;
  const note: FailureNote = {
    kind: 'user',
    code: 'PQL547',
    message:
      because === 'opted out'
        ? 'somebody in it asked not to be shown'
        : 'the grant that it rests on was revoked',
    hint: 'leave this person out; USES OF says where else they are named',
  };
  const rows = await queries.query<{ id: number; worker: string | null }>(
    `update jobs set state = 'failed', lease_until = null, epoch = epoch + 1, failure = $2, finished_at = now(),
            changed = nextval('job_changes')
     where run_id = $1 and state in ('ready', 'running')
     returning id, worker`,
    [run, JSON.stringify(note)],
  );
  await cancelRest(queries, run);
  await settle(queries, run);
  return { run, group: `g${row.number}`, running: rows.map(({ id }) => id) };
}
