import type { Optimisation, Plan } from '../plan.ts';
import { type Draft, draftsOf, stepsOf } from './draft.ts';
import type { Known, Rule } from './rule.ts';
import { commonWorkShared } from './rules/common-work-shared.ts';
import { finishedWorkKept } from './rules/finished-work-kept.ts';
import { frameWorkFused } from './rules/frame-work-fused.ts';
import { shapeFolded } from './rules/shape-folded.ts';
import { trimFirst } from './rules/trim-first.ts';
import { trimsFolded } from './rules/trims-folded.ts';
import { trimsIntoStitch } from './rules/trims-into-stitch.ts';

/** The explicit list, in the order in which they are applied: cuts first, since they decide how much there is to do. */
const rules: readonly Rule[] = [
  commonWorkShared,
  trimsFolded,
  trimFirst,
  frameWorkFused,
  finishedWorkKept,
  trimsIntoStitch,
  shapeFolded,
];

/** A plan that gives the same results with less work, and says how. What lies between stages that nobody asks for is not made. Pure: of
 * equal plans and equal knowledge, equal plans; a plan that was optimised stays as it is. */
export function optimise(plan: Plan, known: Known): Plan {
  if (plan.optimisations !== undefined) return plan;
  const { drafts, optimisations } = applyRules(draftsOf(plan), known);
  return { ...plan, steps: stepsOf(drafts), optimisations };
}

/** The drafts after all rules, and what each rule did. */
export function applyRules(
  drafts: readonly Draft[],
  known: Known,
): { drafts: Draft[]; optimisations: Optimisation[] } {
  let current = [...drafts];
  const optimisations: Optimisation[] = [];
  for (const rule of rules) {
    const { drafts: next, says } = rule.apply(current, known);
    current = next;
    optimisations.push(...says.map((line) => ({ rule: rule.name, says: line })));
  }
  return { drafts: current, optimisations };
}
