import { showSeconds } from '../../dsl/amounts.ts';
import type { Lane } from '../../dsl/plan.ts';
import { countAhead, type Line, type Standing } from '../jobs/ahead.ts';
import { compared } from '../jobs/turn.ts';
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
  /** The first of its jobs that may be claimed: in how many seconds, and how many of its asker's own come before it (at most 1000). */
  next: (Standing & { lane: Lane; due: number }) | null;
}

/** The runs of all jobs in hand and of the oldest that wait, at most so many of each. Jumps from run to run through an index (`jobs_alive`),
 * so that how many jobs a run has matters little. */
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
     )
     select runs.workspace, runs.number, runs.source, runs.stopping,
            extract(epoch from clock_timestamp() - runs.created_at)::double precision as seconds,
            counted.jobs, counted.done, to_jsonb(doing) as running, to_jsonb(next) || to_jsonb(line) as next
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
       select id, lane, workspace, asker, priority, greatest(0, extract(epoch from not_before - clock_timestamp()))::double precision as due
       from jobs where run_id = runs.id and state = 'ready'
       order by not_before > clock_timestamp(), priority desc, id limit 1
     ) next on doing.number is null
     left join lateral (
       select count(*) as own from (
         select from jobs older
         where older.lane = next.lane and older.state = 'ready' and older.workspace = next.workspace and older.asker = next.asker
           and (older.priority > next.priority or (older.priority = next.priority and older.id < next.id)) limit 1000) few
     ) line on next.id is not null
     where runs.id in (select run_id from alive union select run_id from busy)
     order by doing.number is null, runs.id
     limit 2 * $1::integer`,
    [most],
  );
}

/** A run as people see it. `served` are the lanes that somebody works on, null where nobody knows; `lines` are who stands in line for each. */
export function activeRun(
  row: RunRow,
  served: ReadonlySet<Lane> | null,
  lines: ReadonlyMap<Lane, readonly Line[]>,
): ActiveRun {
  const { workspace, number, source, jobs, done, seconds, running } = row;
  return {
    ...{ workspace, group: `g${number}`, statement: source, jobs, done, seconds },
    running: running === null ? null : { ...running, job: `j${running.number}` },
    waits: running === null ? waitsFor(row, served, lines) : null,
  };
}

function waitsFor(
  { stopping, next }: RunRow,
  served: ReadonlySet<Lane> | null,
  lines: ReadonlyMap<Lane, readonly Line[]>,
): string {
  if (stopping) return 'being stopped';
  // Between two jobs for a moment, or all that is left waits for something that was taken away.
  if (next === null) return 'none is ready';
  const { lane, due } = next;
  if (due > 0) return `again in ${showSeconds(Math.ceil(due))}`;
  if (served !== null && !served.has(lane)) return `nobody works on ${lane}`;
  const line = lines.get(lane) ?? [];
  const isIn = line.some(({ workspace, asker }) => workspace === next.workspace && asker === next.asker);
  // Whoever may run is compared, unless more wait than are.
  if (!isIn && line.length < compared) return 'held back by a limit';
  const { here, elsewhere } = countAhead(next, line);
  const ahead = next.own + here + elsewhere;
  if (ahead === 0) return `next on ${lane}`;
  return ahead < 1000 ? `${ahead} before it on ${lane}` : `1000 or more before it on ${lane}`;
}
