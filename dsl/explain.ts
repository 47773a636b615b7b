import { few, notes } from './explain/notes.ts';
import { summary } from './explain/summary.ts';
import { drawTree } from './explain/tree.ts';
import type { StepVerdict, Totals } from './explain/verdict.ts';
import type { Plan } from './plan.ts';

/** A plan for people: the tree of its jobs, what becomes of files and clips, how much is left to do. Lines fit a terminal of `columns` where they
 * can; in a pipe nothing is cut. */
export function explainText(
  plan: Plan,
  verdicts: readonly StepVerdict[] = [],
  columns = Number.POSITIVE_INFINITY,
  totals: Totals | null = null,
): string {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const said = new Map(verdicts.map((verdict) => [verdict.step, verdict]));
  return [
    ...drawTree(plan, steps, said, columns),
    '',
    ...notes(plan, steps, said),
    ...few((plan.optimisations ?? []).map(({ rule, says }) => `${rule}: ${says}`)),
    ...summary(plan, said, totals),
  ].join('\n');
}
