import type { Catalogue } from '../../dsl/catalogue.ts';
import { expectations } from '../../dsl/explain/expect.ts';
import { totals } from '../../dsl/explain/totals.ts';
import type { Lane, Plan, Step } from '../../dsl/plan.ts';
import type { Explanation, StepExplanation } from '../explanation.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { whyNot } from './difference.ts';
import { readHistory } from './history.ts';
import { type Judgement, judge } from './judge.ts';

/** What an explanation is told beside the plan. */
export interface Explaining {
  catalogue: Catalogue;
  /** How many jobs of each lane run at the same time. */
  slots(): Promise<Readonly<Record<Lane, number>>>;
  /** Bytes left where results are kept; null when that cannot be known. */
  free(): Promise<number | null>;
}

/** Says for each step of a plan whether it would be recalled or run and why, with the same keys and the same look-up as a run, and what it
 * would take. A handful of queries, however long the plan is. */
export async function explain(
  parts: Parts,
  plan: Plan,
  workspace: string,
  { catalogue, slots, free }: Explaining,
): Promise<Explanation> {
  const { store } = parts;
  const judged = await judge(parts, plan, workspace);
  const ids = await idsOf(store, workspace, [...judged.values()]);
  const reasons = await whyNot(store, workspace, catalogue, unknownOf(plan, judged));
  const running = plan.steps.filter(({ id }) => judged.get(id)!.verdict === 'runs');
  const operations = [...new Set(running.map(({ operation }) => operation))];
  const expected = expectations(plan, await readHistory(store, workspace, operations));
  const steps = plan.steps.map((step): StepExplanation => {
    const judgement = judged.get(step.id)!;
    const recalled = judgement.verdict === 'recalled';
    return {
      step: step.id,
      lane: step.lane,
      verdict: judgement.verdict,
      reason: recalled ? 'made before' : reasonOf(judgement, reasons.get(step.id)),
      // Null when its id was removed: a run would give it a new one.
      result: recalled ? (ids.get(judgement.hash) ?? null) : null,
      expected: recalled ? null : (expected.get(step.id) ?? null),
    };
  });
  return { plan, steps, totals: totals(plan, steps, await slots(), await free()) };
}

function unknownOf(plan: Plan, judged: ReadonlyMap<string, Judgement>) {
  return plan.steps.flatMap((step: Step) => {
    const judgement = judged.get(step.id)!;
    return judgement.verdict === 'runs' && judgement.why === 'unknown'
      ? [{ step, inputs: judgement.inputs }]
      : [];
  });
}

function reasonOf({ why }: Extract<Judgement, { verdict: 'runs' }>, unknown: string | undefined): string {
  switch (why) {
    case 'effect':
      return 'done anew each time';
    case 'input':
      return 'its input runs';
    case 'gone':
      return 'made before, but its bytes are gone';
    case 'unknown':
      return unknown ?? 'never made';
  }
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
