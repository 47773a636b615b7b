import type { Lane } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';

/** Seconds that the jobs of a run worked, by lane, from the last claim of each to its end: what was recalled took none, and a job that was divided
 * only those in which it joined its segments. */
export async function costOf(queries: Queries, run: number): Promise<Partial<Record<Lane, number>>> {
  const rows = await queries.query<{ lane: Lane; seconds: number }>(
    `select lane, sum(extract(epoch from coalesce(finished_at, now()) - claimed_at))::double precision as seconds
     from jobs
     where run_id = $1 and claimed_at is not null and not recalled and state in ('running', 'done', 'failed', 'cancelled')
     group by lane`,
    [run],
  );
  return Object.fromEntries(rows.map(({ lane, seconds }) => [lane, Math.max(0, seconds)]));
}
