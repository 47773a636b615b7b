import { bytesLock } from '../artifacts/freed.ts';
import { endCards } from '../cards/end-cards.ts';
import { consentLock } from '../consent/gate/stale.ts';
import type { RunState } from '../event.ts';
import type { Queries } from '../store/port.ts';

/** A run under lock. */
export interface RunRow {
  id: number;
  workspace: string;
  number: number;
  state: RunState;
  stopping: boolean;
}

/** Locks a run until the transaction ends. Every change of state of its jobs, but a claim, comes first here and to the workspace
 * second: one order for all, so nobody waits in a circle. */
export async function lockRun(queries: Queries, run: number): Promise<RunRow | null> {
  const [row] = await queries.query<RunRow>(
    'select id, workspace, number, state, stopping from runs where id = $1 for update',
    [run],
  );
  return row ?? null;
}

/** First in a transaction that ends jobs: the bytes' lock, shared (`holdBytes`), then that of consent, shared too, so that nobody says no until it ends,
 * and then those of their runs, in one round trip: a row is locked after the conditions on it were tried, and "case" keeps the order. */
export async function lockToPublish(queries: Queries, runs: readonly number[]): Promise<Map<number, RunRow>> {
  const rows = await queries.query<RunRow>(
    `select id, workspace, number, state, stopping from runs
     where id = any($1::bigint[])
       and case when pg_advisory_xact_lock_shared($2::bigint) is not null then pg_advisory_xact_lock_shared($3::bigint) is not null end
     order by id
     for update`,
    [runs, bytesLock, consentLock],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The row id of `g7`. */
export async function findRun(queries: Queries, workspace: string, number: number): Promise<number | null> {
  const [row] = await queries.query<{ id: number }>(
    'select id from runs where workspace = $1 and number = $2',
    [workspace, number],
  );
  return row?.id ?? null;
}

/** Its canonical script; null when it is no more. */
export async function sourceOfRun(queries: Queries, run: number): Promise<string | null> {
  const [row] = await queries.query<{ source: string }>('select source from runs where id = $1', [run]);
  return row?.source ?? null;
}

/** The number in `g7`; null when it is no such id. */
export function groupNumber(group: string): number | null {
  const match = /^g([1-9]\d{0,8})$/i.exec(group);
  return match === null ? null : Number(match[1]);
}

/** Ends a run that has nothing left to do: failed when a job failed, else cancelled when one was, else done. */
export async function settle(queries: Queries, run: number): Promise<void> {
  const alive = await queries.query(
    `select 1 as alive from jobs where run_id = $1 and state in ('blocked', 'ready', 'running') limit 1`,
    [run],
  );
  if (alive.length === 0) await endRun(queries, run);
}

/** The same for whoever knows that nothing is left. */
export async function endRun(queries: Queries, run: number): Promise<void> {
  await queries.query(
    `update runs set finished_at = now(), state = case
       when exists (select from jobs where run_id = $1 and state = 'failed') then 'failed'
       when exists (select from jobs where run_id = $1 and state = 'cancelled') then 'cancelled'
       else 'done' end
     where id = $1 and state = 'running'`,
    [run],
  );
  await endCards(queries, run);
}

/** Nothing new of the run starts from now on. */
export async function stopRun(queries: Queries, run: number): Promise<void> {
  await queries.query('update runs set stopping = true where id = $1', [run]);
  await queries.query(
    `update jobs set state = 'cancelled', finished_at = now(), changed = nextval('job_changes')
     where run_id = $1 and state in ('blocked', 'ready')`,
    [run],
  );
}
