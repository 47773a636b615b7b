import { showBytes } from '../../dsl/amounts.ts';
import type { Queries } from '../store/port.ts';
import { able, has, holds, knows, outdated } from './capabilities.ts';
import { silence } from './presence.ts';

/** Why jobs that could begin do not: nobody who lives can do them, or takes any. By id (`j40`), in words; jobs that somebody can do, who is only
 * busy, are left out. Names no worker. */
export async function unserved(
  queries: Queries,
  of: { run: number } | { job: number },
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await readyJobs(queries, of);
  return new Map(rows.flatMap((row) => (row.taken ? [] : [[`j${row.number}`, [reason(row)]] as const])));
}

interface Unserved {
  number: number;
  lane: string;
  operation: string;
  /** Whether somebody serves its lane; knows its operation in this version; can run its networks; can do it; takes jobs besides. */
  served: boolean;
  known: boolean;
  fit: boolean;
  /** Whether somebody has room for its networks. */
  roomy: boolean;
  able: boolean;
  taken: boolean;
  /** Whether somebody would take it whose program is older than the database. */
  old: boolean;
  /** Names of its networks. */
  models: string;
  /** Bytes that they take, and the most that anybody has. */
  memory: number;
  most: number | null;
  /** Why one who can do it takes no jobs. */
  pressure: string | null;
}

function readyJobs(queries: Queries, of: { run: number } | { job: number }): Promise<Unserved[]> {
  return queries.query<Unserved>(
    `select number, lane, operation, served, known, fit, roomy, able, taken, old, pressure, most,
            (select sum((model ->> 'memory')::bigint)::bigint from jsonb_array_elements(jobs.models) as model) as memory,
            (select string_agg(model ->> 'name', ', ') from jsonb_array_elements(jobs.models) as model) as models
     from jobs, lateral (
       select count(*) > 0 as served,
              coalesce(bool_or(${knows('capabilities')}), false) as known,
              coalesce(bool_or(${has('capabilities')}), false) as fit,
              coalesce(bool_or(${holds('capabilities')}), false) as roomy,
              max((capabilities ->> 'memory')::bigint) as most,
              coalesce(bool_or(${able('capabilities')}), false) as able,
              coalesce(bool_or(${able('capabilities')} and pressure is null and not ${outdated('capabilities')}), false) as taken,
              coalesce(bool_or(${able('capabilities')} and pressure is null), false) as old,
              min(pressure) filter (where ${able('capabilities')}) as pressure
       from workers
       where jobs.lane = any(lanes) and not draining
         and seen_at > clock_timestamp() - $2 * interval '1 millisecond'
     ) as who
     where state = 'ready' and not_before <= clock_timestamp() and ${'run' in of ? 'run_id' : 'id'} = $1`,
    ['run' in of ? of.run : of.job, silence],
  );
}

function reason(row: Unserved): string {
  const { lane, operation, served, known, fit, roomy, able, old, models, memory, most, pressure } = row;
  if (!served) return `waits: nobody serves the lane ${lane} now`;
  if (old)
    return 'waits: whoever can do it runs a program that is older than the database, which may give it no work; update the workers';
  if (able) return `waits: whoever can do it takes no jobs now (${pressure})`;
  if (!known) return `waits: no worker knows ${operation.toUpperCase()} as new as this; update the workers`;
  if (!fit) return `waits: no worker can run ${models}`;
  if (!roomy)
    return `waits: ${models} takes ${showBytes(memory)} of memory, and the most that a worker has for one job is ${showBytes(most ?? 0)}`;
  return `waits: no worker both knows ${operation.toUpperCase()} as new as this and can run ${models}, with room for it`;
}
