import type { Queries } from '../store/port.ts';

/** What took less than this many seconds is written down by lot: 50 ms in one case of ten as half a second, which comes to the same and
 * spares nine jobs of ten a write. */
export const least = 0.5;

/** What a job costs its lane however short it is, seconds. */
const overhead = 0.005;

/** Whether what a job used is written down; drawn from its row id, so that it needs no chance and no asker can choose it. */
export function isDrawn(job: number, seconds: number): boolean {
  // Multiplicative hashing (Knuth): neighbours fall far apart.
  return (Math.imul(job, 2_654_435_761) >>> 0) / 2 ** 32 < Math.max(overhead, seconds) / least;
}

/** Writes down what a job that has just ended used of its lane, and of workers at all, for its workspace and its asker. Last in the transaction that ends it:
 * all jobs of a workspace write the same row, which waits for no other lock then. */
export async function charge(queries: Queries, job: { id: number }): Promise<void> {
  await queries.query(
    `insert into shares (lane, workspace, asker, used, at)
     select lane, workspace, who, greatest($2, extract(epoch from clock_timestamp() - claimed_at)::float8), now()
     from jobs cross join unnest(case asker when '' then array[''] else array['', asker] end) as who
     where id = $1 and claimed_at is not null
     order by who
     on conflict (lane, workspace, asker) do update
     set used = excluded.used
           + shares.used * power(0.5::float8, greatest(0, extract(epoch from excluded.at - shares.at))::float8 / 300),
         at = greatest(shares.at, excluded.at)`,
    [job.id, least],
  );
  await queries.query(
    `insert into usage (workspace, asker, hour, seconds)
     select workspace, who, date_trunc('hour', now()),
            greatest($2, extract(epoch from clock_timestamp() - claimed_at)::float8)
     from jobs cross join unnest(case asker when '' then array[''] else array['', asker] end) as who
     where id = $1 and claimed_at is not null
     order by who
     on conflict (workspace, asker, hour) do update set seconds = usage.seconds + excluded.seconds`,
    [job.id, least],
  );
}

/** Forgets who has used next to nothing lately. */
export async function forgetShares(queries: Queries): Promise<void> {
  await queries.query(`delete from shares where at < now() - interval '1 day'`);
  await queries.query(`delete from usage where hour < now() - interval '2 days'`);
}
