import type { Step } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';

/** Where jobs come in: their run, their numbers, and their places in its order. */
export interface Place {
  workspace: string;
  run: number;
  /** Number of the first: `j40`. */
  first: number;
  /** Place of each in the order of the run. */
  position(index: number): number;
  /** Row id of the job whose list they grow from. */
  grownFrom: number | null;
}

/** Inserts steps as blocked jobs, all in one statement; returns the row ids by step. */
export async function insertJobs(
  queries: Queries,
  steps: readonly Step[],
  place: Place,
): Promise<Map<string, number>> {
  const rows = steps.map((step, index) => ({
    number: place.first + index,
    position: place.position(index),
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
    grows: step.grows ?? null,
    throttle: step.throttle?.name ?? null,
    at_most: step.throttle?.most ?? null,
  }));
  const inserted = await queries.query<{ id: number; step: string }>(
    `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models,
                       lane, gives, effect, name, title, recipe, grows, throttle, at_most, grown_from, asker, priority, state)
     select $1, number, $2, step, position, statement, operation, version, arguments, models,
            lane, gives, effect, name, title, recipe, nullif(grows, 'null'), throttle, at_most, $4,
            (select coalesce(asker ->> 'user', '') from runs where id = $2),
            (select priority from runs where id = $2), 'blocked'
     from jsonb_to_recordset($3::jsonb) as rows(
       number integer, step text, position integer, statement integer, operation text, version integer,
       arguments jsonb, models jsonb, lane text, gives text, effect boolean, name text, title text, recipe text,
       grows jsonb, throttle text, at_most integer)
     order by position
     returning id, step`,
    [place.workspace, place.run, JSON.stringify(rows), place.grownFrom],
  );
  return new Map(inserted.map((row) => [row.step, row.id]));
}

/** Inserts what jobs read. `ids` has the row ids of the steps and of what they read. */
export async function insertInputs(
  queries: Queries,
  steps: readonly Step[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = steps.flatMap((step) =>
    step.inputs.map((input, position) => ({
      job: ids.get(step.id) as number,
      position,
      role: input.role,
      from: input.from === 'artifact' ? null : (ids.get(input.step) ?? missing(step, input.step)),
      hash: input.from === 'artifact' ? input.hash : null,
      every: input.from === 'each',
    })),
  );
  if (rows.length === 0) return;
  await queries.query(
    `insert into job_inputs (job_id, position, role, from_job, hash, every)
     select job, position, role, "from", hash, every
     from jsonb_to_recordset($1::jsonb)
       as rows(job bigint, position integer, role text, "from" bigint, hash text, every boolean)`,
    [JSON.stringify(rows)],
  );
}

function missing(step: Step, input: string): never {
  throw new Error(`the plan's step ${step.id} reads ${input}, which is no step of it`);
}
