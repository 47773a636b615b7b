import type { Facts } from '../../dsl/facts.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Step, StepModel } from '../../dsl/plan.ts';
import { dividedOperations, piecesOfJob } from '../../dsl/segments/divide.ts';
import type { Pieces } from '../../dsl/segments/pieces.ts';
import { type SegmentWork, segmentRole } from '../../dsl/segments/segment-work.ts';
import { lockWorkspace, takeNumbers } from '../media.ts';
import type { Queries } from '../store/port.ts';
import { readHistory } from './history.ts';
import { insertJobs } from './insert.ts';
import { segmentsFor } from './segments-for.ts';

/* Long work on the frames of a clip is divided at the moment when its job would become ready, and not when it is planned: only then is the
 * clip there, whatever made it, so that cuts follow from its facts and keys of segments from its bytes; finished work was
 * recalled before; and a plan, EXPLAIN and the optimiser stay as they are, of a MAP over a thousand clips as well. It happens in the
 * transaction that releases the job, so once and whole or not at all:
 *
 *   blocked → its inputs are done → not recalled, long → blocked, for segments that it reads as further inputs
 *           → its segments are done → ready → it joins them by copying packets
 *
 * What a segment reads is no part of what the job's work is, so its key is the same as if it had made all of it: so are its bytes. */

/** A job whose inputs are done. */
export interface Dividable {
  id: number;
  operation: string;
  version: number;
  arguments: JsonObject;
  models: readonly StepModel[];
  effect: boolean;
  /** It was divided before. */
  divided: boolean;
  inputs: readonly { role: string; hash: string }[];
}

/** Divides those of the jobs that are long; returns their ids. Under the lock of the run. */
export async function divideLong(
  queries: Queries,
  run: { id: number; workspace: string },
  jobs: readonly Dividable[],
): Promise<Set<number>> {
  const long = await longOf(queries, jobs);
  if (long.length === 0) return new Set();
  const samples = await readHistory(queries, run.workspace, dividedOperations);
  const divided = new Set<number>();
  for (const { job, pieces } of long) {
    const { segments } = await segmentsFor(queries, run.workspace, job, pieces, samples);
    if (segments.length < 2) continue;
    await lockWorkspace(queries, run.workspace);
    await insertSegments(queries, run, job, segments);
    divided.add(job.id);
  }
  return divided;
}

async function longOf(
  queries: Queries,
  jobs: readonly Dividable[],
): Promise<{ job: Dividable; pieces: Pieces }[]> {
  const some = jobs.filter(
    ({ operation, effect, divided }) => !effect && !divided && dividedOperations.includes(operation),
  );
  if (some.length === 0) return [];
  const operand = ({ inputs }: Dividable) => inputs.find(({ role }) => role === 'operand')?.hash ?? '';
  const rows = await queries.query<{ hash: string; facts: Facts }>(
    `select hash, facts from artifacts where hash = any($1::text[]) and kind = 'video'`,
    [some.map(operand)],
  );
  const facts = new Map(rows.map((row) => [row.hash, row.facts]));
  return some.flatMap((job) => {
    const clip = facts.get(operand(job));
    const pieces = clip?.kind === 'video' ? piecesOfJob(job, clip) : null;
    return pieces === null ? [] : [{ job, pieces }];
  });
}

/** As jobs beside the one that is divided, which then waits for them. */
async function insertSegments(
  queries: Queries,
  run: { id: number; workspace: string },
  job: Dividable,
  segments: readonly SegmentWork[],
): Promise<void> {
  const [like] = await queries.query<Like>(
    `update jobs set started_at = clock_timestamp(), changed = nextval('job_changes') where id = $1
     returning step, position, statement, models, lane, gives, title, throttle, at_most as most`,
    [job.id],
  );
  const { step, position, throttle, most, ...rest } = like as Like;
  const steps = segments.map((segment, index): Step => {
    const { operation, version, arguments: args } = segment;
    return {
      ...{ ...rest, id: `${step}/${index + 1}`, operation, version, arguments: args, inputs: [] },
      ...{ effect: false, name: null, recipe: '', predicted: null },
      title: `${rest.title}, segment ${index + 1} of ${segments.length}`,
      ...(throttle === null || most === null ? {} : { throttle: { name: throttle, most } }),
    };
  });
  const first = await takeNumbers(queries, run.workspace, 'j', steps.length);
  const ids = await insertJobs(queries, steps, {
    ...{ workspace: run.workspace, run: run.id, first, grownFrom: null },
    position: () => position,
  });
  await queries.query('update jobs set segment_of = $1 where id = any($2::bigint[])', [
    job.id,
    [...ids.values()],
  ]);
  const rows = segments.flatMap((segment, index) =>
    job.inputs.map(({ role, hash }, place) => ({
      job: ids.get(steps[index]!.id) as number,
      ...{ position: place, role: segmentRole(role, segment), hash },
    })),
  );
  await queries.query(
    `insert into job_inputs (job_id, position, role, hash)
     select job, position, role, hash
     from jsonb_to_recordset($1::jsonb) as rows(job bigint, position integer, role text, hash text)`,
    [JSON.stringify(rows)],
  );
  await queries.query(
    `insert into job_inputs (job_id, position, role, from_job)
     select $1, (select max(position) from job_inputs where job_id = $1) + place::integer, 'segment', from_job
     from unnest($2::bigint[]) with ordinality as list(from_job, place)`,
    [job.id, steps.map(({ id }) => ids.get(id) as number)],
  );
}

/** What segments have in common with their job. */
interface Like extends Pick<Step, 'statement' | 'models' | 'lane' | 'gives' | 'title'> {
  step: string;
  position: number;
  throttle: string | null;
  most: number | null;
}
