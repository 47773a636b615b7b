import type { Sample } from '../../dsl/explain/expect.ts';
import type { Queries } from '../store/port.ts';

/** How many of the latest jobs of an operation are asked. */
const latest = 100;

/** What the latest jobs of some operations took that worked themselves (recalled ones did not) and worked once (a second try's clock has
 * run since the first); the newest first. Of work that was divided, its segments. */
export async function readHistory(
  queries: Queries,
  workspace: string,
  operations: readonly string[],
): Promise<Sample[]> {
  if (operations.length === 0) return [];
  return queries.query<Sample>(
    `select job.operation, job.arguments, job.models, job.seconds, artifacts.facts
     from unnest($2::text[]) as wanted(operation)
     cross join lateral (
       select id, jobs.operation, arguments, models, result,
              extract(epoch from finished_at - started_at)::double precision as seconds
       from jobs
       where workspace = $1 and jobs.operation = wanted.operation and state = 'done' and not recalled
         and attempts = 1 and finished_at > started_at
         and not exists (select from jobs segment where segment.segment_of = jobs.id)
       order by id desc limit $3) job
     left join artifacts on artifacts.hash = job.result
     order by job.id desc`,
    [workspace, operations, latest],
  );
}
