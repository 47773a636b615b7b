import type { Facts } from '../../dsl/facts.ts';
import type { JobView, RunState } from '../event.ts';
import type { Queries } from '../store/port.ts';
import type { FailureNote } from './fail.ts';
import { listGrown } from './list-grown.ts';

/** A job as watchers read it: what people see, and what the events beside it say. */
export interface JobRow {
  view: JobView;
  changed: number;
  effect: boolean;
  hash: string | null;
  facts: Facts | null;
  path: string | null;
  url: string | null;
  notes: string[];
  /** What a text holds, in lines for people; none where it only lies between this job and others. */
  words: string[];
  failure: FailureNote | null;
  /** Of a job that was divided: how many segments, and which run. */
  segments: { all: number; done: number; running: string[] } | null;
}

export interface RunView {
  number: number;
  state: RunState;
  /** From commit to end, or until now, by the database's clock. */
  seconds: number;
}

/** Whether other jobs of the run read what `jobs` made, to make more of it, or came of it. */
const liesBetween = `(
  exists (
    select from job_inputs join jobs reader on reader.id = job_inputs.job_id
    where job_inputs.from_job = jobs.id and not reader.effect
  ) or ${listGrown}
)`;

/** The jobs of a run that changed after `after` (0 for all), in the order they stand in the plan. A job that was divided stands for its
 * segments: it runs as long as they do and changes when they do. */
export async function readJobs(queries: Queries, run: number, after: number): Promise<JobRow[]> {
  const rows = await queries.query<Omit<JobRow, 'view'> & Omit<JobView, 'id'> & { number: number }>(
    `select jobs.number, jobs.operation, jobs.title, jobs.lane, jobs.recalled, jobs.attempts as attempt,
            case when jobs.state = 'blocked' and segments is not null then 'running' else jobs.state end as state,
            greatest(jobs.changed, changed_last) as changed, jobs.effect, jobs.result as hash, jobs.path, jobs.url,
            jobs.notes, jobs.failure, segments,
            case when ${liesBetween} then '[]' else coalesce(jobs.details -> 'words', '[]') end as words,
            artifacts.facts, media.letter || media.number as result
     from jobs
     left join lateral (
       select jsonb_build_object(
                'all', count(*), 'done', count(*) filter (where state = 'done'),
                'running', coalesce(jsonb_agg('j' || number) filter (where state = 'running'), '[]')) as segments,
              max(changed) as changed_last
       from jobs segment where segment.segment_of = jobs.id
       having count(*) > 0) divided on true
     left join artifacts on artifacts.hash = jobs.result
     left join media on media.workspace = jobs.workspace and media.hash = jobs.result
     where jobs.run_id = $1 and jobs.segment_of is null
       and (jobs.changed > $2
            or jobs.id in (select segment_of from jobs where run_id = $1 and changed > $2 and segment_of is not null))
     order by jobs.position`,
    [run, after],
  );
  return rows.map(({ number, operation, title, lane, state, recalled, attempt, result, ...rest }) => ({
    ...rest,
    view: { id: `j${number}`, operation, title, lane, state, recalled, attempt, result },
  }));
}

/** The ids of what a run made that nothing else of it was made of: what was asked for. */
export async function lastResults(queries: Queries, run: number): Promise<ReadonlySet<string>> {
  const rows = await queries.query<{ id: string }>(
    `select distinct media.letter || media.number as id
     from jobs join media on media.workspace = jobs.workspace and media.hash = jobs.result
     where run_id = $1 and state = 'done' and not effect and segment_of is null and not ${liesBetween}`,
    [run],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A run as a whole. */
export async function readRun(queries: Queries, run: number): Promise<RunView | null> {
  const [row] = await queries.query<RunView>(
    `select number, state, extract(epoch from coalesce(finished_at, now()) - created_at)::double precision as seconds
     from runs where id = $1`,
    [run],
  );
  return row ?? null;
}

/** How much of a run was recalled and how much was run. Effects count as neither: they are done anew each time. */
export async function countWork(queries: Queries, run: number): Promise<{ recalled: number; ran: number }> {
  const [row] = await queries.query<{ recalled: number; ran: number }>(
    `select (count(*) filter (where recalled))::integer as recalled,
            (count(*) filter (where not recalled))::integer as ran
     from jobs where run_id = $1 and state = 'done' and not effect and segment_of is null`,
    [run],
  );
  return row as { recalled: number; ran: number };
}
