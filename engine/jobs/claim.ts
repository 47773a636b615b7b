import type { Facts } from '../../dsl/facts.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Kind } from '../../dsl/kind.ts';
import type { Lane, StepModel } from '../../dsl/plan.ts';
import type { Asker } from '../asker.ts';
import { type Queries, sqlState } from '../store/port.ts';
import { able, type Capabilities } from '../workers/capabilities.ts';
import { alone, one, shares, someLimit, turns, type Waiting, whole } from './turn.ts';

/** A job in the hands of a worker, who proves it by `epoch`. */
export interface Claimed {
  id: number;
  run: number;
  number: number;
  group: number;
  workspace: string;
  asker: Asker;
  epoch: number;
  /** Whether nothing is to be asked before it runs: its run was admitted under the present epoch of consent and by no grant that ends, and it reads nothing. */
  admitted: boolean;
  /** Seconds since it was ready, by the database's clock. */
  waited: number;
  /** From 1. */
  attempts: number;
  operation: string;
  arguments: JsonObject;
  models: StepModel[];
  lane: Lane;
  gives: Kind | null;
  effect: boolean;
  name: string | null;
  title: string;
  recipe: string;
  workKey: string | null;
  /** The last words of earlier tries. */
  log: string[];
  /** The bytes it reads, in order; jobs that it only waits for are left out. */
  inputs: ClaimedInput[];
  /** Whether others waited in the lane as well. */
  shared: boolean;
}

/** `kind` and `facts` are null when the bytes were removed meanwhile. */
export interface ClaimedInput {
  role: string;
  hash: string;
  kind: Kind | null;
  facts: Facts | null;
  recipe: string | null;
}

/** Who wants a job, of what kind, and who was served last. */
export interface Want {
  lane: Lane;
  operations: readonly string[];
  worker: string;
  /** Milliseconds of the database's clock. */
  lease: number;
  /** What the worker can do; everything when it is left out. */
  can?: Capabilities | undefined;
  /** The operations of which several jobs may be taken at once; all of them when it is left out. */
  brief?: readonly string[];
  /** Whose job was claimed last, and whether others waited then. */
  after?: (Waiting & { shared?: boolean }) | null;
}

/** Takes a ready job of a lane whose operation this worker knows and can do, the oldest of whoever's turn it is, under a lease. Null when
 * there is none. */
export async function claim(queries: Queries, want: Want): Promise<Claimed | null> {
  const [job] = await claimSome(queries, want, 1);
  return job ?? null;
}

/** Takes up to so many at once: those that would come of one claim after the other, but for the second and later ones that are not `brief`. Fewer where an
 * asker has fewer than would come to them; none only when there is none. */
export async function claimSome(queries: Queries, want: Want, most: number): Promise<Claimed[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const rows = await claimNext(queries, want, attempt === 1 ? most : 1);
      return await Promise.all(rows.map((row) => withInputs(queries, row)));
    } catch (error) {
      // Somebody claimed equal work (`jobs_in_flight`) or the same slot (`jobs_slots`, `jobs_slotted`) at this very moment: look again, it
      // is passed over now. Or two of these were such.
      if (!['23505', '23514'].includes(sqlState(error) ?? '') || attempt === 100) throw error;
    }
  }
}

/** Proves that the worker is alive: prolongs the leases it still holds and returns their job ids; whatever is missing was taken away
 * or cancelled. */
export async function heartbeat(
  queries: Queries,
  held: readonly { id: number; epoch: number }[],
  lease: number,
): Promise<Set<number>> {
  if (held.length === 0) return new Set();
  const rows = await queries.query<{ id: number }>(
    `update jobs set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     from unnest($1::bigint[], $2::integer[]) as held(id, epoch)
     where jobs.id = held.id and jobs.epoch = held.epoch and jobs.state = 'running'
     returning jobs.id`,
    [held.map((job) => job.id), held.map((job) => job.epoch), lease],
  );
  return new Set(rows.map((row) => row.id));
}

/** Keeps the last words of jobs in hand in their rows, where they outlive the worker. */
export async function keepLog(
  queries: Queries,
  held: readonly { id: number; epoch: number; log: readonly string[] }[],
): Promise<void> {
  if (held.length === 0) return;
  await queries.query(
    `update jobs set log = held.log::jsonb
     from unnest($1::bigint[], $2::integer[], $3::text[]) as held(id, epoch, log)
     where jobs.id = held.id and jobs.epoch = held.epoch and jobs.state = 'running'`,
    [held.map((job) => job.id), held.map((job) => job.epoch), held.map((job) => JSON.stringify(job.log))],
  );
}

/** Which of these jobs are still the worker's: the same without prolonging, since every write leaves a dead row behind. */
export async function stillHeld(
  queries: Queries,
  held: readonly { id: number; epoch: number }[],
): Promise<Set<number>> {
  if (held.length === 0) return new Set();
  const rows = await queries.query<{ id: number }>(
    `select jobs.id from jobs join unnest($1::bigint[], $2::integer[]) as held(id, epoch)
       on jobs.id = held.id and jobs.epoch = held.epoch
     where jobs.state = 'running'`,
    [held.map((job) => job.id), held.map((job) => job.epoch)],
  );
  return new Set(rows.map((row) => row.id));
}

/** Hands a job back unfinished, as when the worker shuts down: the attempt does not count. */
export async function giveBack(queries: Queries, job: { id: number; epoch: number }): Promise<void> {
  await queries.query(
    `update jobs set state = 'ready', lease_until = null, worker = null, attempts = attempts - 1, not_before = now(),
            changed = nextval('job_changes')
     where id = $1 and epoch = $2 and state = 'running'`,
    [job.id, job.epoch],
  );
}

/** Whether a job that somebody rang for is ready, and beyond this worker: others should hear of it. */
export async function isForOthers(
  queries: Queries,
  job: number,
  { operations, can }: Pick<Want, 'operations' | 'can'>,
): Promise<boolean> {
  const rows = await queries.query(
    `select from jobs
     where id = $1 and state = 'ready' and not_before <= now()
       and not (operation = any($2::text[]) and ($3::jsonb is null or ${able('$3::jsonb')}))`,
    [job, operations, can === undefined ? null : JSON.stringify(can)],
  );
  return rows.length > 0;
}

/** Milliseconds until the next job of the lane may be claimed, by the database's clock; null when none waits for its time. */
export async function nextDue(queries: Queries, lane: Lane): Promise<number | null> {
  const [row] = await queries.query<{ wait: number | null }>(
    `select (extract(epoch from min(not_before) - clock_timestamp()) * 1000)::double precision as wait
     from jobs where lane = $1 and state = 'ready' and attempts > 0 and not_before > now()`,
    [lane],
  );
  return row?.wait ?? null;
}

type ClaimedRow = Omit<Claimed, 'inputs'> & { reads: boolean; place: number };

/** Most of the time one person waits: asking whose turn it is costs as much again as a claim. */
async function claimNext(queries: Queries, want: Want, most: number): Promise<ClaimedRow[]> {
  const jobs =
    want.after?.shared === true
      ? []
      : await claimOf(queries, want, most, `${alone}, ${most > 1 ? whole : one}`);
  return jobs.length > 0 ? jobs : claimOf(queries, want, most, `${turns}, ${most > 1 ? shares : one}`);
}

/** One statement with everything that jobs are described by, but for what they read: each round trip costs as much as what it asks. */
async function claimOf(queries: Queries, want: Want, most: number, whose: string): Promise<ClaimedRow[]> {
  const rows = await queries.query<ClaimedRow>(
    `with recursive want as materialized (
       select $1::text as lane, $2::text[] as operations, $5::jsonb as can, $6::text as workspace, $7::text as asker,
              case when $8::integer = 1 or ${someLimit} then 1 else $8 end as most
     ), ${whose}, picked as materialized (
       select array(
         select job.id from (select * from share order by standing) share cross join lateral (
         select id from jobs
         where lane = (select lane from want) and state = 'ready' and not_before <= now()
           and operation = any((select operations from want)::text[])
           and jobs.workspace = share.workspace and jobs.asker = share.asker
           and ((select can from want) is null or ${able('(select can from want)')})
           and (work_key is null or not exists (
             select from jobs other
             where other.workspace = jobs.workspace and other.work_key = jobs.work_key and other.state = 'running'))
           and (throttle is null or (run_id, throttle) not in (
             select other.run_id, other.throttle from jobs other
             where other.state = 'running' and other.throttle is not null
             group by other.run_id, other.throttle having count(*) >= max(other.at_most)))
         order by priority desc, id
         limit share.jobs
         for update skip locked) job limit (select most from want)) as ids
     )
     update jobs set state = 'running', epoch = epoch + 1, gated = epoch + 1, attempts = attempts + 1, worker = $3, failure = null,
            lease_until = clock_timestamp() + $4 * interval '1 millisecond',
            started_at = coalesce(started_at, clock_timestamp()), claimed_at = clock_timestamp(), changed = nextval('job_changes'),
            slot = case when throttle is not null then (
              select min(free) from generate_series(1, jobs.at_most) as free
              where not exists (
                select from jobs other
                where other.run_id = jobs.run_id and other.throttle = jobs.throttle and other.slot = free
                  and other.state = 'running')) end
     where id = any((select ids from picked)::bigint[])
       and (operation = any($9::text[]) or id = (select ids[1] from picked))
     returning id, run_id as run, number, workspace, epoch, attempts, operation, arguments, models, lane, gives, effect, name,
               title, recipe, work_key as "workKey", log,
               extract(epoch from clock_timestamp() - not_before)::double precision as waited,
               ${aboutRun('number')} as "group", ${aboutRun('asker')} as asker,
               exists (select from job_inputs where job_id = jobs.id) as reads,
               (select count(*) > 1 from turn) as shared, array_position((select ids from picked), id) as place,
               ${aboutRun('consent_until is null and consent_epoch = (select consent_head.epoch from consent_head)')}
                 and not exists (select from job_inputs where job_id = jobs.id) as admitted`,
    [
      ...[want.lane, want.operations, want.worker, want.lease],
      want.can === undefined ? null : JSON.stringify(want.can),
      ...[want.after?.workspace ?? '', want.after?.asker ?? '', most, want.brief ?? want.operations],
    ],
  );
  return rows.toSorted((a, b) => a.place - b.place);
}

async function withInputs(queries: Queries, { reads, place: _, ...job }: ClaimedRow): Promise<Claimed> {
  return { ...job, inputs: reads ? await readInputs(queries, job) : [] };
}

function aboutRun(what: string): string {
  return `(select ${what} from runs where runs.id = jobs.run_id)`;
}

function readInputs(queries: Queries, job: { id: number; workspace: string }): Promise<ClaimedInput[]> {
  return queries.query<ClaimedInput>(
    `select job_inputs.role, coalesce(job_inputs.hash, source.result) as hash, artifacts.kind, artifacts.facts, media.recipe
     from job_inputs
     left join jobs source on source.id = job_inputs.from_job
     left join artifacts on artifacts.hash = coalesce(job_inputs.hash, source.result)
     left join media on media.workspace = $2 and media.hash = artifacts.hash
     where job_inputs.job_id = $1 and source.effect is not true
     order by job_inputs.position`,
    [job.id, job.workspace],
  );
}
