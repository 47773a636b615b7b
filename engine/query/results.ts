import type { Query } from '../../dsl/query/query.ts';
import { listGrown } from '../jobs/list-grown.ts';
import { findRun, groupNumber } from '../jobs/run-row.ts';
import type { Queries } from '../store/port.ts';

/** Which media a query may see because it asks for one group: their hashes, in the order of the group's statements; `all` where it asks for none,
 * null where the workspace has no such group. */
export async function resultsFor(
  queries: Queries,
  workspace: string,
  query: Query,
): Promise<readonly string[] | 'all' | null> {
  if (query.group === null) return 'all';
  const number = groupNumber(query.group);
  const run = number === null ? null : await findRun(queries, workspace, number);
  return run === null ? null : resultsOf(queries, run);
}

/** What a run came to: made or recalled by its jobs, read by no other of them but to write or send it, and no list that the
 * run grew by. */
async function resultsOf(queries: Queries, run: number): Promise<string[]> {
  const rows = await queries.query<{ hash: string }>(
    `with made as (
       select result as hash, min(position) as position from jobs
       where run_id = $1 and state = 'done' and not effect and result is not null
         and not ${listGrown}
       group by result
     ), used as (
       select coalesce(job_inputs.hash, source.result) as hash
       from jobs
         join job_inputs on job_inputs.job_id = jobs.id
         left join jobs source on source.id = job_inputs.from_job
       where jobs.run_id = $1 and not jobs.effect
     )
     select hash from made
     where not exists (select from used where used.hash = made.hash)
     order by position`,
    [run],
  );
  return rows.map(({ hash }) => hash);
}
