import type { JsonObject } from '../../dsl/json.ts';
import type { Kind } from '../../dsl/kind.ts';
import type { Lane, StepModel } from '../../dsl/plan.ts';
import type { ArtifactStore } from '../artifacts/port.ts';
import { isStale } from '../consent/gate/stale.ts';
import { endNeedlessPreviews } from '../delivery/needless-previews.ts';
import { lockWorkspace, nameMedia, publishMedia } from '../media.ts';
import type { Metrics } from '../metrics/port.ts';
import type { Queries } from '../store/port.ts';
import { workKey } from '../work-key.ts';
import { divideLong } from './divide.ts';
import { growRun } from './grow.ts';
import { type FinishedWork, findWorks, noteRecalled } from './recall.ts';

/** A job that may be claimed, to be rung once the transaction stands. */
export interface Ring {
  lane: Lane;
  job: number;
}

/** Moves on what waited: a blocked job whose inputs are all done becomes ready, is divided into segments where it is long, or is recalled and
 * done when the same work was done before, and then moves on what waits for it. `finished` are the jobs that just ended, or `all` to look at
 * the whole run. Under the locks of the bytes and of the run. (`metrics` hears of what a deadlock undoes, too: once in a blue moon.) */
export async function advance(
  queries: Queries,
  artifacts: ArtifactStore,
  run: { id: number; workspace: string },
  finished: readonly number[] | 'all',
  metrics?: Metrics,
): Promise<Ring[]> {
  const rings: Ring[] = [];
  let ended = finished;
  while (ended === 'all' || ended.length > 0) {
    const jobs = (await released(queries, run.id, ended)).map((job) => ({
      ...job,
      key: job.effect ? null : workKey(job),
    }));
    const keys = jobs.flatMap((job) => job.key ?? []);
    const found = await findWorks(queries, artifacts, run.workspace, keys);
    // Under a stale admission nothing is recalled here: whoever claims it is judged first, and recalls it then.
    const works =
      found.size > 0 && (await isStale(queries, run.id)) ? new Map<string, FinishedWork>() : found;
    const recalled = jobs.flatMap((job) => {
      const work = job.key === null ? undefined : works.get(job.key);
      return work === undefined ? [] : [{ job, work }];
    });
    if (recalled.length > 0) {
      await lockWorkspace(queries, run.workspace);
      const used = recalled.flatMap(({ job }) => job.key ?? []);
      await noteRecalled(queries, run.workspace, used);
    }
    let grew = false;
    for (const { job, work } of recalled) {
      await markRecalled(queries, job.id, job.key, work);
      metrics?.recalled(job.operation);
      if (!job.segment) await publishResult(queries, run.workspace, job, work.hash);
      if (job.grows) grew = (await growRun(queries, artifacts, run, job.id)) || grew;
    }
    const done = new Set(recalled.map(({ job }) => job.id));
    const left = jobs.filter((job) => !done.has(job.id));
    const divided = await divideLong(queries, run, left);
    const needless = await endNeedlessPreviews(queries, artifacts, run.workspace, left);
    ended = grew || divided.size > 0 ? 'all' : [...done];
    const ready = left.filter((job) => !divided.has(job.id) && !needless.has(job.id));
    await makeReady(queries, ready);
    rings.push(...ready.map((job) => ({ lane: job.lane, job: job.id })));
  }
  return rings;
}

/** What a job needs to say to publish what it made. */
export interface Publication {
  id: number;
  gives: Kind | null;
  name: string | null;
  recipe: string;
  operation: string;
  arguments: JsonObject;
  models: readonly StepModel[];
}

/** Makes a job's result visible under its id and name. */
export async function publishResult(
  queries: Queries,
  workspace: string,
  job: Publication,
  hash: string,
): Promise<string> {
  const { prompt, generator, seed } = job.arguments;
  const { media, id } = await publishMedia(queries, {
    workspace,
    hash,
    kind: job.gives as Kind,
    job: job.id,
    recipe: job.recipe,
    prompt: typeof prompt === 'string' ? prompt : null,
    source: null,
    work: {
      verb: job.operation,
      engine: typeof generator === 'string' ? generator : null,
      seed: typeof seed === 'number' ? seed : null,
      model: job.models[0]?.name ?? null,
    },
  });
  if (job.name !== null) await nameMedia(queries, workspace, job.name, media);
  return id;
}

interface Released extends Publication {
  lane: Lane;
  effect: boolean;
  version: number;
  grows: boolean;
  /** It makes a segment for another job, of which nobody sees anything. */
  segment: boolean;
  divided: boolean;
  /** But for segments, which are how the work is done and not what it is. */
  inputs: { role: string; hash: string }[];
}

/** The blocked jobs whose inputs are all there, among those that read what `finished` gave. */
async function released(
  queries: Queries,
  run: number,
  finished: readonly number[] | 'all',
): Promise<Released[]> {
  const all = finished === 'all';
  return queries.query<Released>(
    `select jobs.id, jobs.gives, jobs.name, jobs.recipe, jobs.arguments, jobs.lane, jobs.effect, jobs.operation,
            jobs.version, jobs.models, jobs.grows is not null as grows,
            jobs.segment_of is not null as segment,
            coalesce(bool_or(job_inputs.role = 'segment'), false) as divided,
            coalesce(
              jsonb_agg(
                jsonb_build_object('role', job_inputs.role, 'hash', coalesce(job_inputs.hash, source.result))
                order by job_inputs.position
              ) filter (where job_inputs.job_id is not null and source.effect is not true and job_inputs.role <> 'segment'),
              '[]'
            ) as inputs
     from jobs
     left join job_inputs on job_inputs.job_id = jobs.id
     left join jobs source on source.id = job_inputs.from_job
     where jobs.run_id = $1 and jobs.state = 'blocked'
       and ($2 or jobs.id in (select job_id from job_inputs where from_job = any($3::bigint[])))
     group by jobs.id
     having coalesce(bool_and(not job_inputs.every and (job_inputs.from_job is null or source.state = 'done')), true)
     order by jobs.position`,
    [run, all, all ? [] : finished],
  );
}

async function makeReady(
  queries: Queries,
  jobs: readonly { id: number; key: string | null }[],
): Promise<void> {
  if (jobs.length === 0) return;
  await queries.query(
    `update jobs set state = 'ready', work_key = nullif(key, ''), not_before = now(), changed = nextval('job_changes')
     from unnest($1::bigint[], $2::text[]) as list(id, key)
     where jobs.id = list.id`,
    [jobs.map((job) => job.id), jobs.map((job) => job.key ?? '')],
  );
}

async function markRecalled(
  queries: Queries,
  job: number,
  key: string | null,
  work: { hash: string; notes: readonly string[]; details: JsonObject },
): Promise<void> {
  await queries.query(
    `update jobs set state = 'done', recalled = true, work_key = $2, result = $3, notes = $4, details = $5,
            finished_at = now(), changed = nextval('job_changes')
     where id = $1`,
    [job, key, work.hash, JSON.stringify(work.notes), JSON.stringify(work.details)],
  );
}
