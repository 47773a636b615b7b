import { grow, type ListItem } from '../../dsl/grow.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Growth, Step } from '../../dsl/plan.ts';
import type { ArtifactStore } from '../artifacts/port.ts';
import { lockWorkspace, takeNumbers } from '../media.ts';
import type { Queries } from '../store/port.ts';
import type { FailureNote } from './fail.ts';
import { insertInputs, insertJobs } from './insert.ts';
import { lessWork } from './less-work.ts';
import { stopRun } from './run-row.ts';

/** So many clips a verb takes at a time; what is made of more is made in portions, and of those one. */
export const portion = 500;

/** Grows a run by what its list asks for, in the transaction that ends the job which made the list: jobs for each thing in it, and what waited for
 * all of them now waits for them one by one. Of an empty list nothing can be made: what waited fails in words. Does nothing for any other
 * job. Returns whether the run grew. Under the lock of the run. */
export async function growRun(
  queries: Queries,
  artifacts: ArtifactStore,
  run: { id: number; workspace: string },
  job: number,
): Promise<boolean> {
  const list = await readList(queries, job);
  if (list === null) return false;
  const { steps: written, results } = grow(list.grows, list.step, list.items);
  const ids = await knownSteps(queries, run.id);
  const dependants = await waiting(queries, job);
  if (results.length === 0) {
    if (dependants.length > 0) await failOfNothing(queries, run.id, list.title, dependants);
    return true;
  }
  await lockWorkspace(queries, run.workspace);
  const { steps } = await lessWork(
    { store: queries, artifacts },
    { source: list.title, steps: written },
    run.workspace,
    new Set(results),
  );
  await insert(queries, run, list, steps, ids);
  for (const dependant of dependants)
    await replaceEach(
      queries,
      list,
      dependant,
      await inPortions(queries, run, list, dependant, results, ids),
    );
  return true;
}

/** Takes back what a run grew by, because the list is to be made again: its jobs go, and what waits for them waits for all of the list again. */
export async function ungrow(queries: Queries, job: number): Promise<void> {
  await queries.query(
    `insert into job_inputs (job_id, position, role, from_job, every)
     select job_inputs.job_id, -1 - min(job_inputs.position), min(job_inputs.role), $1, true
     from job_inputs
       join jobs source on source.id = job_inputs.from_job
       join jobs reader on reader.id = job_inputs.job_id
     where source.grown_from = $1 and reader.grown_from is distinct from $1
     group by job_inputs.job_id`,
    [job],
  );
  // What they read, and that others read them, goes with them.
  await queries.query('delete from jobs where grown_from = $1', [job]);
  await queries.query('update job_inputs set position = -1 - position where from_job = $1 and position < 0', [
    job,
  ]);
}

/** Jobs of a run whose lists are made while something still waits for all of their things, as after RETRY. */
export async function ungrownLists(queries: Queries, run: number): Promise<number[]> {
  const rows = await queries.query<{ id: number }>(
    `select distinct source.id from job_inputs
       join jobs on jobs.id = job_inputs.job_id
       join jobs source on source.id = job_inputs.from_job
     where jobs.run_id = $1 and jobs.state = 'blocked' and job_inputs.every and source.state = 'done'`,
    [run],
  );
  return rows.map(({ id }) => id);
}

interface List {
  id: number;
  step: string;
  title: string;
  position: number;
  grows: Growth;
  items: ListItem[];
}

async function readList(queries: Queries, job: number): Promise<List | null> {
  const [row] = await queries.query<Omit<List, 'items'> & { details: JsonObject }>(
    'select id, step, title, position, grows, details from jobs where id = $1 and grows is not null',
    [job],
  );
  if (row === undefined) return null;
  const { details, ...list } = row;
  return { ...list, items: details.items as unknown as ListItem[] };
}

async function knownSteps(queries: Queries, run: number): Promise<Map<string, number>> {
  const rows = await queries.query<{ id: number; step: string }>(
    'select id, step from jobs where run_id = $1',
    [run],
  );
  return new Map(rows.map(({ id, step }) => [step, id]));
}

/** What waits for all things of a list. */
interface Dependant {
  id: number;
  step: string;
  role: string;
  position: number;
}

function waiting(queries: Queries, job: number): Promise<Dependant[]> {
  return queries.query<Dependant>(
    `select jobs.id, jobs.step, job_inputs.role, job_inputs.position
     from job_inputs join jobs on jobs.id = job_inputs.job_id
     where from_job = $1 and every and jobs.state = 'blocked' order by jobs.position`,
    [job],
  );
}

/** Behind the list in the order of the run, before what comes after it. Adds their row ids to `ids`. */
async function insert(
  queries: Queries,
  run: { id: number; workspace: string },
  list: List,
  steps: readonly Step[],
  ids: Map<string, number>,
): Promise<void> {
  const { id: run_id, workspace } = run;
  const first = await takeNumbers(queries, workspace, 'j', steps.length);
  const inserted = await insertJobs(queries, steps, {
    ...{ workspace, run: run_id, first, grownFrom: list.id },
    position: (index) => list.position + 1 + index,
  });
  for (const [step, id] of inserted) ids.set(step, id);
  await insertInputs(queries, steps, ids);
}

/** What a dependant reads in the end: the results themselves, or, of many, what was made of portions of them. */
async function inPortions(
  queries: Queries,
  run: { id: number; workspace: string },
  list: List,
  dependant: Dependant,
  results: readonly string[],
  ids: Map<string, number>,
): Promise<number[]> {
  if (results.length <= portion) return results.map((step) => ids.get(step) as number);
  const [like] = await queries.query<Omit<Step, 'id' | 'inputs' | 'predicted'>>(
    `select operation, version, arguments, models, lane, gives, effect, null as name, statement, title, recipe
     from jobs where id = $1`,
    [dependant.id],
  );
  const steps = Array.from({ length: Math.ceil(results.length / portion) }, (_, index): Step => {
    const members = results.slice(index * portion, (index + 1) * portion);
    return {
      ...like!,
      id: `${list.step}.${dependant.step}.${results.length}.${index + 1}`,
      inputs: members.map((step) => ({ role: dependant.role, from: 'step', step })),
      predicted: null,
    };
  });
  await insert(queries, run, { ...list, position: list.position + results.length }, steps, ids);
  return inPortions(
    queries,
    run,
    list,
    dependant,
    steps.map(({ id }) => id),
    ids,
  );
}

/** Room between inputs, for as many as a list may have. */
const room = 1_000_000;

async function replaceEach(
  queries: Queries,
  list: List,
  { id, position, role }: Dependant,
  results: readonly number[],
): Promise<void> {
  await queries.query('delete from job_inputs where job_id = $1 and from_job = $2 and every', [id, list.id]);
  // From the last on, since no two may have one place even for a moment.
  const rest = await queries.query<{ position: number }>(
    'select position from job_inputs where job_id = $1 order by position desc',
    [id],
  );
  for (const { position: place } of rest)
    await queries.query('update job_inputs set position = $3 where job_id = $1 and position = $2', [
      id,
      place,
      place * room,
    ]);
  await queries.query(
    `insert into job_inputs (job_id, position, role, from_job)
     select $1, $2 + place::integer, $3, from_job from unnest($4::bigint[]) with ordinality as list(from_job, place)`,
    [id, position * room, role, results],
  );
}

async function failOfNothing(
  queries: Queries,
  run: number,
  title: string,
  dependants: readonly Dependant[],
): Promise<void> {
  const note: FailureNote = {
    kind: 'user',
    code: 'PQL415',
    message: `there is nothing to make something of: ${title} found nothing`,
    hint: 'loosen WHERE; FROM … without REDUCE shows what it finds',
  };
  await queries.query(
    `update jobs set state = 'failed', failure = $2, finished_at = now(), changed = nextval('job_changes')
     where id = any($1::bigint[])`,
    [dependants.map(({ id }) => id), JSON.stringify(note)],
  );
  await stopRun(queries, run);
}
