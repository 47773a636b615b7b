import type { Lane } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';

/** How many jobs of a lane are in a state, and for how many seconds the first of them has been ready. */
export interface Depth {
  lane: Lane;
  state: 'blocked' | 'ready' | 'running';
  jobs: number;
  /** Null in other states, and where all wait for another try. */
  oldest: number | null;
}

/** The queue by lane and state. Reads what is not finished and nothing else (`jobs_alive`). */
export function readDepth(queries: Queries): Promise<Depth[]> {
  return queries.query<Depth>(
    `select lane, state, count(*)::integer as jobs,
            extract(epoch from clock_timestamp() - min(not_before) filter (
              where state = 'ready' and not_before <= clock_timestamp()))::double precision as oldest
     from jobs where state in ('blocked', 'ready', 'running')
     group by lane, state
     order by lane, state`,
  );
}

/** What the artifact store is said to hold: all bytes together, and how many artifacts. */
export async function readHoldings(queries: Queries): Promise<{ artifacts: number; bytes: number }> {
  const [row] = await queries.query<{ artifacts: number; bytes: number }>(
    'select count(*)::integer as artifacts, coalesce(sum(bytes), 0)::double precision as bytes from artifacts',
  );
  return row as { artifacts: number; bytes: number };
}
