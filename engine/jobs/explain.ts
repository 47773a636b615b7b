import type { Plan, Step } from '../../dsl/plan.ts';
import type { Explanation, StepExplanation } from '../explanation.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { workKey } from '../work-key.ts';
import { whyNot } from './difference.ts';
import { findWork } from './recall.ts';

/** Says for each step of a plan whether it would be recalled or run, and why: with the same keys and the same look-up as a run. */
export async function explain(parts: Parts, plan: Plan, workspace: string): Promise<Explanation> {
  /** The bytes a step would be recalled as; null when it runs, so that nobody can know them yet. */
  const hashes = new Map<string, string | null>();
  const steps: StepExplanation[] = [];
  for (const step of plan.steps) {
    const { verdict, hash } = await judge(parts, workspace, step, hashes);
    hashes.set(step.id, hash);
    steps.push(verdict);
  }
  return { plan, steps };
}

async function judge(
  parts: Parts,
  workspace: string,
  step: Step,
  hashes: ReadonlyMap<string, string | null>,
): Promise<{ verdict: StepExplanation; hash: string | null }> {
  const runs = (reason: string) => ({
    verdict: { step: step.id, lane: step.lane, verdict: 'runs' as const, reason, result: null },
    hash: null,
  });
  if (step.effect) return runs('done anew each time');
  const waiting = step.inputs.find(
    (input) => input.from === 'step' && (hashes.get(input.step) ?? null) === null,
  );
  if (waiting) return runs('its input runs');
  const inputs = step.inputs.map((input) => ({
    role: input.role,
    hash: input.from === 'artifact' ? input.hash : (hashes.get(input.step) as string),
  }));
  const key = workKey({ ...step, inputs });
  const work = await findWork(parts.store, parts.artifacts, workspace, key);
  if (work === null) return runs(await whyNot(parts.store, workspace, step, inputs, key));
  const id = await idOf(parts.store, workspace, work.hash);
  return {
    verdict: { step: step.id, lane: step.lane, verdict: 'recalled', reason: 'made before', result: id },
    hash: work.hash,
  };
}

/** Null when its id was removed: a run would give it a new one. */
async function idOf(queries: Queries, workspace: string, hash: string): Promise<string | null> {
  const [row] = await queries.query<{ id: string }>(
    'select letter || number as id from media where workspace = $1 and hash = $2',
    [workspace, hash],
  );
  return row?.id ?? null;
}
