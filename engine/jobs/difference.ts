import type { Catalogue } from '../../dsl/catalogue.ts';
import { changes, changesInWords } from '../../dsl/explain/changes.ts';
import { canonicalJson, type Json, type JsonObject } from '../../dsl/json.ts';
import type { Step, StepModel } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';
import type { KnownInput } from './judge.ts';

/** A step that nothing is known of under its key. */
export interface Unknown {
  step: Step;
  inputs: readonly KnownInput[];
}

/** Earlier work to compare with. */
interface Earlier {
  operation: string;
  version: number;
  arguments: JsonObject;
  models: StepModel[];
  inputs: KnownInput[];
}

/** Earlier work, its arguments spelled out. */
interface Compared extends Earlier {
  spelled: ReadonlyMap<string, string>;
}

/** How many earlier jobs of an operation are looked at: enough for "I only changed this", and to find each step of a plan that was run before
 * with something else in it; bounded in a large workspace. */
const looked = (steps: number): number => Math.min(20_000, Math.max(50, steps));

/** How many earlier works on the same inputs a step is compared with, the newest first. */
const compared = 20;

/** Why steps whose inputs are known cannot be recalled, by step: what differs from the most similar work on the same inputs. */
export async function whyNot(
  queries: Queries,
  workspace: string,
  catalogue: Catalogue,
  unknown: readonly Unknown[],
): Promise<Map<string, string>> {
  const counts = new Map<string, number>();
  for (const { step } of unknown) counts.set(step.operation, (counts.get(step.operation) ?? 0) + 1);
  const earlier = counts.size === 0 ? [] : await latest(queries, workspace, counts);
  const bySubject = new Map<string, Compared[]>();
  for (const job of earlier) {
    const subject = subjectOf(job);
    const there = bySubject.get(subject);
    if (there !== undefined && there.length === compared) continue;
    const candidate = { ...job, spelled: spelled(job.arguments) };
    if (there === undefined) bySubject.set(subject, [candidate]);
    else there.push(candidate);
  }
  const known = new Set(earlier.map(({ operation }) => operation));
  return new Map(
    unknown.map(({ step, inputs }) => {
      const related = bySubject.get(subjectOf({ ...step, inputs })) ?? [];
      if (related.length > 0) return [step.id, differences(step, inputs, related, catalogue)];
      return [
        step.id,
        known.has(step.operation) && inputs.length > 0 ? 'never made from this input' : 'never made',
      ];
    }),
  );
}

/** What work is about: its operands, and what was typed as free text. With others it is another thing, not a changed one. */
function subjectOf(work: {
  operation: string;
  arguments: JsonObject;
  inputs: readonly KnownInput[];
}): string {
  const operands = work.inputs.filter(({ role }) => role === 'operand').map(({ hash }) => hash);
  return canonicalJson([work.operation, operands, work.arguments.prompt ?? null, stagesOf(work.arguments)]);
}

/** Which stages a pass has; null for other work. */
function stagesOf({ stages }: JsonObject): Json {
  return Array.isArray(stages) ? stages.map((stage) => (stage as JsonObject).operation ?? null) : null;
}

function differences(
  step: Step,
  inputs: readonly KnownInput[],
  related: readonly Compared[],
  catalogue: Catalogue,
): string {
  const now = spelled(step.arguments);
  const extras = inputs.some(({ role }) => role !== 'operand');
  let nearest = related[0]!;
  let fewest = Number.POSITIVE_INFINITY;
  for (const job of related) {
    const differing =
      countDiffering(job.spelled, now) + (extras ? otherExtras(job.inputs, inputs).length : 0);
    if (differing < fewest) [nearest, fewest] = [job, differing];
  }
  const changed = [
    ...changes(step.operation, nearest.arguments, step.arguments, catalogue),
    ...otherExtras(nearest.inputs, inputs).map((word) => ({ word, was: '', is: '' })),
  ];
  if (changed.length > 0) return changesInWords(changed);
  const { version, models } = nearest;
  if (version !== step.version)
    return `${step.operation.toUpperCase()} is ${version < step.version ? 'newer' : 'older'}`;
  const digests = (all: readonly StepModel[]) => all.map(({ digest }) => digest).join();
  return digests(models) === digests(step.models)
    ? 'made before, but its bytes are gone'
    : 'model digest changed';
}

/** Each argument as canonical JSON, so that thousands of pairs are compared by text; those inside `camera` and `color` one by one. */
function spelled(args: JsonObject, before = '', into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(args)) {
    if (value === null) continue;
    if (typeof value === 'object' && !Array.isArray(value)) spelled(value, `${before}${key}.`, into);
    else into.set(before + key, canonicalJson(value));
  }
  return into;
}

function countDiffering(was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): number {
  let count = 0;
  for (const [key, value] of is) if (was.get(key) !== value) count += 1;
  for (const key of was.keys()) if (!is.has(key)) count += 1;
  return count;
}

/** Roles under which both read a file, but not the same one: `LUT`. */
function otherExtras(was: readonly KnownInput[], is: readonly KnownInput[]): string[] {
  return is
    .filter(({ role, hash }) => {
      const before = was.find((each) => each.role === role);
      return role !== 'operand' && before !== undefined && before.hash !== hash;
    })
    .map(({ role }) => role.toUpperCase());
}

/** The latest jobs of some operations with what they read, the newest first: so many of each. */
async function latest(
  queries: Queries,
  workspace: string,
  counts: ReadonlyMap<string, number>,
): Promise<Earlier[]> {
  const jobs = await queries.query<Omit<Earlier, 'inputs'> & { id: number }>(
    `select job.id, wanted.operation, job.version, job.arguments, job.models
     from unnest($2::text[], $3::integer[]) as wanted(operation, most)
     cross join lateral (
       select id, version, arguments, models from jobs
       where workspace = $1 and operation = wanted.operation and state = 'done' and not effect and segment_of is null
       order by id desc limit wanted.most) job
     order by job.id desc`,
    [workspace, [...counts.keys()], [...counts.values()].map(looked)],
  );
  const inputs = await inputsOf(
    queries,
    jobs.map(({ id }) => id),
  );
  return jobs.map(({ id, ...job }) => ({ ...job, inputs: inputs.get(id) ?? [] }));
}

/** What jobs read, by row id. Apart from the jobs themselves: joined into one statement, the planner takes them one by one. */
async function inputsOf(queries: Queries, jobs: readonly number[]): Promise<Map<number, KnownInput[]>> {
  if (jobs.length === 0) return new Map();
  const rows = await queries.query<KnownInput & { job: number }>(
    `select job_inputs.job_id as job, job_inputs.role, coalesce(job_inputs.hash, source.result) as hash
     from job_inputs left join jobs source on source.id = job_inputs.from_job
     where job_inputs.job_id = any($1::bigint[])
     order by job_inputs.job_id, job_inputs.position`,
    [jobs],
  );
  const inputs = new Map<number, KnownInput[]>();
  for (const { job, ...input } of rows) {
    const there = inputs.get(job);
    if (there === undefined) inputs.set(job, [input]);
    else there.push(input);
  }
  return inputs;
}
