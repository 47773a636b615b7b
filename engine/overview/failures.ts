import type { FailureKind } from '../failure.ts';
import type { Queries } from '../store/port.ts';
import type { FailedJob } from './overview.ts';

/** The last jobs that failed, among the runs that began last: what is older is history, and searching all of it every second is work. */
export async function readFailures(queries: Queries, most: number): Promise<FailedJob[]> {
  const rows = await queries.query<
    Omit<FailedJob, 'group' | 'job'> & { group: number; job: number; kind: FailureKind }
  >(
    `select jobs.workspace, recent.number as "group", jobs.number as job, jobs.title,
            jobs.failure ->> 'kind' as kind, jobs.failure ->> 'code' as code, jobs.failure ->> 'message' as message,
            extract(epoch from clock_timestamp() - jobs.finished_at)::double precision as seconds
     from (select id, number, stopping from runs order by id desc limit 1000) recent
     join jobs on jobs.run_id = recent.id
     where recent.stopping and jobs.state = 'failed'
     order by jobs.finished_at desc
     limit $1`,
    [most],
  );
  return rows.map((row) => ({ ...row, group: `g${row.group}`, job: `j${row.job}` }));
}
