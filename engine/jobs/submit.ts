import type { Plan, Step } from '../../dsl/plan.ts';
import type { Asker } from '../asker.ts';
import { lockWorkspace, takeNumbers } from '../media.ts';
import type { Parts } from '../parts.ts';
import { rememberWords, wordsToFindBy } from '../search/words.ts';
import type { Queries } from '../store/port.ts';
import { advance, type Ring } from './advance.ts';
import { settle } from './run-row.ts';

/** Commits a plan as a run with its jobs in one transaction, what was done before already recalled, then rings for what is ready.
 * Every artifact that the plan reads is in the store. Returns the group's number and the run's row id. */
export async function submit(
  parts: Parts,
  plan: Plan,
  asker: Asker,
): Promise<{ number: number; run: number }> {
  const { number, run, rings } = await parts.store.transaction((queries) =>
    commit(queries, parts, plan, asker),
  );
  for (const { lane, job } of rings) await parts.queue.ring(lane, job);
  return { number, run };
}

async function commit(
  queries: Queries,
  parts: Parts,
  plan: Plan,
  asker: Asker,
): Promise<{ number: number; run: number; rings: Ring[] }> {
  const { workspace } = asker;
  await lockWorkspace(queries, workspace);
  const number = await takeNumbers(queries, workspace, 'g', 1);
  const run = await insertRun(queries, number, plan.source, asker);
  if (plan.steps.length > 0) {
    const first = await takeNumbers(queries, workspace, 'j', plan.steps.length);
    const ids = await insertJobs(queries, workspace, run, first, plan.steps);
    await insertInputs(queries, plan.steps, ids);
  }
  const rings = await advance(queries, parts.artifacts, { id: run, workspace }, 'all');
  await settle(queries, run);
  return { number, run, rings };
}

async function insertRun(queries: Queries, number: number, source: string, asker: Asker): Promise<number> {
  const words = wordsToFindBy(source);
  await rememberWords(queries, asker.workspace, words);
  const [row] = await queries.query<{ id: number }>(
    `insert into runs (workspace, number, source, asker, words) values ($1, $2, $3, $4, array_to_tsvector($5::text[]))
     returning id`,
    [asker.workspace, number, source, JSON.stringify(asker), words],
  );
  return (row as { id: number }).id;
}

/** All jobs in one statement; returns the row ids by step. */
async function insertJobs(
  queries: Queries,
  workspace: string,
  run: number,
  first: number,
  steps: readonly Step[],
): Promise<Map<string, number>> {
  const rows = steps.map((step, position) => ({
    number: first + position,
    position,
    step: step.id,
    statement: step.statement,
    operation: step.operation,
    version: step.version,
    arguments: step.arguments,
    models: step.models,
    lane: step.lane,
    gives: step.gives,
    effect: step.effect,
    name: step.name,
    title: step.title,
    recipe: step.recipe,
  }));
  const inserted = await queries.query<{ id: number; step: string }>(
    `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models,
                       lane, gives, effect, name, title, recipe, state)
     select $1, number, $2, step, position, statement, operation, version, arguments, models,
            lane, gives, effect, name, title, recipe, 'blocked'
     from jsonb_to_recordset($3::jsonb) as rows(
       number integer, step text, position integer, statement integer, operation text, version integer,
       arguments jsonb, models jsonb, lane text, gives text, effect boolean, name text, title text, recipe text)
     order by position
     returning id, step`,
    [workspace, run, JSON.stringify(rows)],
  );
  return new Map(inserted.map((row) => [row.step, row.id]));
}

async function insertInputs(
  queries: Queries,
  steps: readonly Step[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = steps.flatMap((step) =>
    step.inputs.map((input, position) => ({
      job: ids.get(step.id) as number,
      position,
      role: input.role,
      from: input.from === 'step' ? (ids.get(input.step) ?? missing(step, input.step)) : null,
      hash: input.from === 'artifact' ? input.hash : null,
    })),
  );
  if (rows.length === 0) return;
  await queries.query(
    `insert into job_inputs (job_id, position, role, from_job, hash)
     select job, position, role, "from", hash
     from jsonb_to_recordset($1::jsonb) as rows(job bigint, position integer, role text, "from" bigint, hash text)`,
    [JSON.stringify(rows)],
  );
}

function missing(step: Step, input: string): never {
  throw new Error(`the plan's step ${step.id} reads ${input}, which is no step of it`);
}
