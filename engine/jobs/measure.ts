import type { Measured } from '../../dsl/explain/analyse.ts';
import type { Queries } from '../store/port.ts';

/** What the jobs of a run took and came to, in the order of its plan. A job waits from the end of its last input, or from the run's beginning,
 * until a worker has it. */
export async function measure(queries: Queries, run: number): Promise<Measured[]> {
  const rows = await queries.query<Omit<Measured, 'job'> & { number: number }>(
    `select jobs.step, jobs.number, jobs.title, jobs.lane, jobs.state, jobs.effect, jobs.recalled, jobs.attempts,
            extract(epoch from jobs.finished_at - jobs.started_at)::double precision as seconds,
            case when jobs.started_at is not null then greatest(0, extract(epoch from jobs.started_at - coalesce(
              (select max(source.finished_at) from job_inputs join jobs source on source.id = job_inputs.from_job
               where job_inputs.job_id = jobs.id),
              jobs.created_at)))::double precision end as waited,
            extract(epoch from jobs.finished_at - runs.created_at)::double precision as ended,
            case when jobs.state = 'done' and not jobs.effect then artifacts.facts end as facts,
            case when jobs.state = 'done' and not jobs.effect then media.letter || media.number end as result,
            jobs.failure ->> 'code' as failure
     from jobs
     join runs on runs.id = jobs.run_id
     left join artifacts on artifacts.hash = jobs.result
     left join media on media.workspace = jobs.workspace and media.hash = jobs.result
     where jobs.run_id = $1 and jobs.segment_of is null
     order by jobs.position`,
    [run],
  );
  return rows.map(({ number, ...row }) => ({ ...row, job: `j${number}` }));
}
