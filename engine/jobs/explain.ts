import type { Plan } from '../../dsl/plan.ts';
import type { Explanation, StepExplanation } from '../explanation.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { whyNot } from './difference.ts';
import { type Judgement, judge } from './judge.ts';

/** Says for each step of a plan whether it would be recalled or run, and why: with the same keys and the same look-up as a run. */
export async function explain(parts: Parts, plan: Plan, workspace: string): Promise<Explanation> {
  const judged = await judge(parts, plan, workspace);
  const ids = await idsOf(parts.store, workspace, [...judged.values()]);
  const steps: StepExplanation[] = [];
  for (const step of plan.steps) {
    const judgement = judged.get(step.id)!;
    const { id, lane } = step;
    if (judgement.verdict === 'recalled')
      steps.push({
        step: id,
        lane,
        verdict: 'recalled',
        reason: 'made before',
        // Its id was removed: a run would give it a new one.
        result: ids.get(judgement.hash) ?? null,
      });
    else
      steps.push({
        step: id,
        lane,
        verdict: 'runs',
        reason:
          judgement.why === 'effect'
            ? 'done anew each time'
            : judgement.why === 'input'
              ? 'its input runs'
              : await whyNot(parts.store, workspace, step, judgement.inputs, judgement.key),
        result: null,
      });
  }
  return { plan, steps };
}

/** The ids that recalled bytes have in the workspace, by hash. */
async function idsOf(
  queries: Queries,
  workspace: string,
  judged: readonly Judgement[],
): Promise<Map<string, string>> {
  const hashes = judged.flatMap((each) => (each.verdict === 'recalled' ? [each.hash] : []));
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<{ hash: string; id: string }>(
    'select hash, letter || number as id from media where workspace = $1 and hash = any($2::text[])',
    [workspace, hashes],
  );
  return new Map(rows.map(({ hash, id }) => [hash, id]));
}
