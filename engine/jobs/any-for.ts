import type { Queries } from '../store/port.ts';
import { able } from '../workers/capabilities.ts';
import type { Want } from './claim.ts';

/** Whether anything is ready in a lane that a worker can do. Looks at one job of each kind (what it needs, `jobs.needs`): a claim that finds
 * nothing looks at every job, which took 127 ms where 100,000 waited for somebody else. */
export async function anyFor(
  queries: Queries,
  { lane, operations, can }: Pick<Want, 'lane' | 'operations' | 'can'>,
): Promise<boolean> {
  const rows = await queries.query(
    `with recursive want as materialized (select $1::text as lane, $2::text[] as operations, $3::jsonb as can),
     kinds as (
       (${first('')})
       union all
       select next.* from kinds cross join lateral (${first('and needs > kinds.needs')}) next
     )
     select from kinds cross join lateral (
       -- With a limit of its own it is looked up for each kind; joined, all jobs were read for it.
       select from jobs
       where jobs.id = kinds.id and jobs.lane = (select lane from want)
         and jobs.operation = any((select operations from want)::text[])
         and ((select can from want) is null or ${able('(select can from want)')})
       limit 1) job
     limit 1`,
    [lane, operations, can === undefined ? null : JSON.stringify(can)],
  );
  return rows.length > 0;
}

/** The first job of the next kind, in any lane. */
function first(behind: string): string {
  return `select id, needs from jobs where state = 'ready' ${behind} order by needs limit 1`;
}
