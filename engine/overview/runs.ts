import { showSeconds } from '../../dsl/amounts.ts';
import type { Lane } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';
import type { ActiveRun } from './overview.ts';

/** What a run that is not finished has come to. */
export interface RunRow {
  workspace: string;
  number: number;
  source: string;
  stopping: boolean;
  seconds: number;
  jobs: number;
  done: number;
  running: {
    number: number;
    title: string;
    lane: Lane;
    worker: string | null;
    seconds: number;
    said: string | null;
  } | null;
  /** The first of its jobs that may be claimed: in how many seconds, and how many older ones of its lane are ready (at most 1000). */
  next: { lane: Lane; due: number; ahead: number } | null;
}

/** The runs of all jobs in hand and of the oldest that wait, at most so many of each. Jumps from run to run through an index (`jobs_alive`),
 * so that how many jobs a run has matters little. What is ahead on a lane is said as a range of lanes: told that it is one lane, the planner
 * may walk through all finished jobs by their ids (2.4 s among 200,000, instead of 70 ms). */
export function readRuns(queries: Queries, most: number): Promise<RunRow[]> {
  return queries.query<RunRow>(
    `with recursive alive(run_id, nth) as (
       (select run_id, 1 from jobs where state in ('blocked', 'ready', 'running') order by run_id limit 1)
       union all
       select (select run_id from jobs
               where state in ('blocked', 'ready', 'running') and run_id > alive.run_id order by run_id limit 1), nth + 1
       from alive where alive.run_id is not null and nth < $1::integer
     ), busy as (
       select run_id from jobs where state = 'running' order by lease_until limit $1::integer
     ), ranked as (
       select firsts.id, row_number() over (partition by lanes.lane order by firsts.id) - 1 as ahead
       from (values ('gpu'), ('cpu'), ('net')) as lanes(lane)
       cross join lateral (
         select id from jobs where state = 'ready' and lane >= lanes.lane and lane <= lanes.lane
         order by lane, id limit 1000
       ) firsts
     )
     select runs.workspace, runs.number, runs.source, runs.stopping,
            extract(epoch from clock_timestamp() - runs.created_at)::double precision as seconds,
            counted.jobs, counted.done, to_jsonb(doing) as running, 
            to_jsonb(next) || jsonb_build_object('ahead', coalesce(ranked.ahead, 1000)) as next
     from runs
     cross join lateral (
       select count(*)::integer as jobs, (count(*) filter (where state = 'done'))::integer as done
       from jobs where run_id = runs.id
     ) counted
     left join lateral (
       select number, title, lane, worker, extract(epoch from clock_timestamp() - started_at)::double precision as seconds,
              to_jsonb(job) -> 'log' ->> -1 as said
       from jobs job where run_id = runs.id and state = 'running' order by started_at limit 1
     ) doing on true
     left join lateral (
       select id, lane, greatest(0, extract(epoch from not_before - clock_timestamp()))::double precision as due
       from jobs where run_id = runs.id and state = 'ready' order by not_before > clock_timestamp(), id limit 1
     ) next on doing.number is null
     left join ranked on ranked.id = next.id
     where runs.id in (select run_id from alive union select run_id from busy)
     order by doing.number is null, runs.id
     limit 2 * $1::integer`,
    [most],
  );
}

/** A run as people see it. `served` are the lanes that somebody works on, null where nobody knows. */
export function activeRun(row: RunRow, served: ReadonlySet<Lane> | null): ActiveRun {
  const { workspace, number, source, jobs, done, seconds, running } = row;
  return {
    ...{ workspace, group: `g${number}`, statement: source, jobs, done, seconds },
    running: running === null ? null : { ...running, job: `j${running.number}` },
    waits: running === null ? waitsFor(row, served) : null,
  };
}

function waitsFor({ stopping, next }: RunRow, served: ReadonlySet<Lane> | null): string {
  if (stopping) return 'being stopped';
  // Between two jobs for a moment, or all that is left waits for something that was taken away.
  if (next === null) return 'none is ready';
  const { lane, due, ahead } = next;
  if (due > 0) return `again in ${showSeconds(Math.ceil(due))}`;
  if (served !== null && !served.has(lane)) return `nobody works on ${lane}`;
  if (ahead === 0) return `next on ${lane}`;
  return ahead < 1000 ? `${ahead} before it on ${lane}` : `1000 or more before it on ${lane}`;
}
