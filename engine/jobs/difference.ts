import { canonicalJson, type Json, type JsonObject } from '../../dsl/json.ts';
import type { Step, StepModel } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';

/** Earlier work to compare with. */
interface Earlier {
  workKey: string | null;
  version: number;
  arguments: JsonObject;
  models: StepModel[];
  inputs: { role: string; hash: string }[];
}

/** How many earlier jobs of the operation are looked at: enough for "I only changed this", cheap in a large workspace. */
const looked = 50;

/** Why a step whose inputs are known cannot be recalled: what differs from the most similar work on the same inputs. */
export async function whyNot(
  queries: Queries,
  workspace: string,
  step: Step,
  inputs: readonly { role: string; hash: string }[],
  key: string,
): Promise<string> {
  const earlier = await latest(queries, workspace, step.operation);
  if (earlier.some((job) => job.workKey === key)) return 'made before, but its bytes are gone';
  const same = earlier.filter((job) => canonicalJson(job.inputs) === canonicalJson([...inputs]));
  const compared = same.map((job) => ({ job, differs: differences(job.arguments, step.arguments) }));
  // What was typed as free text is the subject itself: another prompt is another thing, not a changed one. So are other stages of a pass.
  const related = compared.filter(({ differs }) => !differs.some(({ path }) => another.test(path)));
  const nearest = related.toSorted((a, b) => a.differs.length - b.differs.length)[0];
  if (nearest === undefined)
    return earlier.length > 0 && step.inputs.length > 0 && same.length === 0
      ? 'never made from this input'
      : 'never made';
  if (nearest.differs.length > 0) return `made before, but ${nearest.differs.map(inWords).join(' and ')}`;
  if (nearest.job.version !== step.version)
    return `made before, but by an older ${step.operation.toUpperCase()}`;
  return 'made before, but with another network';
}

const another = /^prompt$|^stages$|^stages\.\d+\.operation$/;

interface Difference {
  /** `camera.lens`. */
  path: string;
  was: Json;
}

function differences(was: Json, is: Json, path = ''): Difference[] {
  // Of a pass, stages are compared one by one; other stages make it another thing.
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length)
    return was.flatMap((each, index) => differences(each, is[index]!, `${path}.${index}`));
  if (isObject(was) && isObject(is)) {
    const keys = new Set([...Object.keys(was), ...Object.keys(is)]);
    return [...keys]
      .sort()
      .flatMap((key) => differences(was[key] ?? null, is[key] ?? null, path === '' ? key : `${path}.${key}`));
  }
  return canonicalJson(was) === canonicalJson(is) ? [] : [{ path, was }];
}

function inWords({ path, was }: Difference): string {
  const name = path
    .split('.')
    .findLast((part) => !/^\d+$/.test(part))
    ?.toUpperCase();
  return was === null
    ? `without ${name}`
    : `${name} was ${typeof was === 'string' ? was : canonicalJson(was)}`;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function latest(queries: Queries, workspace: string, operation: string): Promise<Earlier[]> {
  return queries.query<Earlier>(
    `select work_key as "workKey", version, arguments, models,
            coalesce((
              select jsonb_agg(jsonb_build_object('role', job_inputs.role, 'hash', coalesce(job_inputs.hash, source.result))
                       order by job_inputs.position)
              from job_inputs left join jobs source on source.id = job_inputs.from_job
              where job_inputs.job_id = jobs.id
            ), '[]') as inputs
     from jobs
     where workspace = $1 and operation = $2 and state = 'done' and not effect
     order by id desc limit $3`,
    [workspace, operation, looked],
  );
}
