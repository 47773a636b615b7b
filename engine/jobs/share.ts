import type { Queries } from '../store/port.ts';

/** Writes down what a job that has just ended used of its lane, for its workspace and its asker. Last in the transaction that ends it:
 * all jobs of a workspace write the same row, which waits for no other lock then. */
export async function charge(queries: Queries, job: { id: number }): Promise<void> {
  await queries.query(
    `insert into shares (lane, workspace, asker, used, at)
     select lane, workspace, who, greatest(0.05, extract(epoch from clock_timestamp() - claimed_at)::float8), now()
     from jobs cross join unnest(case asker when '' then array[''] else array['', asker] end) as who
     where id = $1 and claimed_at is not null
     order by who
     on conflict (lane, workspace, asker) do update
     set used = excluded.used
           + shares.used * power(0.5::float8, greatest(0, extract(epoch from excluded.at - shares.at))::float8 / 300),
         at = greatest(shares.at, excluded.at)`,
    [job.id],
  );
}

/** Forgets who has used next to nothing lately. */
export async function forgetShares(queries: Queries): Promise<void> {
  await queries.query(`delete from shares where at < now() - interval '1 day'`);
}
