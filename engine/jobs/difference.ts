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

/** How many earlier jobs of an operation are looked at: enough for "I only changed this", and to find each step of a plan that was run before
 * with something else in it; bounded in a large workspace. */
const looked = (steps: number): number => Math.min(20_000, Math.max(50, 2 * steps));

/** How many earlier works on the same inputs a step is compared with, the newest first. */
const compared = 50;

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
  const bySubject = new Map<string, Earlier[]>();
  for (const job of earlier) {
    const subject = subjectOf(job);
    const there = bySubject.get(subject);
    if (there === undefined) bySubject.set(subject, [job]);
    else if (there.length < compared) there.push(job);
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
  related: readonly Earlier[],
  catalogue: Catalogue,
): string {
  const nearest = related
    .map((job) => ({
      job,
      changed: [
        ...changes(step.operation, job.arguments, step.arguments, catalogue),
        ...otherExtras(job.inputs, inputs).map((word) => ({ word, was: '', is: '' })),
      ],
    }))
    .reduce((best, each) => (each.changed.length < best.changed.length ? each : best));
  if (nearest.changed.length > 0) return changesInWords(nearest.changed);
  const { version, models } = nearest.job;
  if (version !== step.version)
    return `${step.operation.toUpperCase()} is ${version < step.version ? 'newer' : 'older'}`;
  const digests = (all: readonly StepModel[]) => all.map(({ digest }) => digest).join();
  return digests(models) === digests(step.models)
    ? 'made before, but its bytes are gone'
    : 'model digest changed';
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

/** The latest jobs of some operations, the newest first: so many of each. */
function latest(
  queries: Queries,
  workspace: string,
  counts: ReadonlyMap<string, number>,
): Promise<Earlier[]> {
  return queries.query<Earlier>(
    `select wanted.operation, job.version, job.arguments, job.models, job.inputs
     from unnest($2::text[], $3::integer[]) as wanted(operation, most)
     cross join lateral (
       select id, version, arguments, models,
              coalesce((
                select jsonb_agg(jsonb_build_object('role', job_inputs.role, 'hash', coalesce(job_inputs.hash, source.result))
                         order by job_inputs.position)
                from job_inputs left join jobs source on source.id = job_inputs.from_job
                where job_inputs.job_id = jobs.id
              ), '[]') as inputs
       from jobs
       where workspace = $1 and operation = wanted.operation and state = 'done' and not effect
       order by id desc limit wanted.most) job
     order by wanted.operation, job.id desc`,
    [workspace, [...counts.keys()], [...counts.values()].map(looked)],
  );
}
