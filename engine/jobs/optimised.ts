import { formsOf, recalledOf } from '../../dsl/optimise/forms.ts';
import { optimise } from '../../dsl/optimise/optimise.ts';
import type { Plan, Step } from '../../dsl/plan.ts';
import type { Parts } from '../parts.ts';
import { recalledSteps } from './judge.ts';

/** A plan as it will run: optimised around what this workspace has finished already, in whatever form it was done. A plan that was optimised
 * stays as it is, and of one that has nothing to optimise nobody is asked. */
export async function optimised(
  parts: Pick<Parts, 'store' | 'artifacts'>,
  plan: Plan,
  workspace: string,
): Promise<Plan> {
  if (plan.optimisations !== undefined) return plan;
  const forms = formsOf(plan);
  const others = forms.some(({ step, name }) => name !== step.id);
  if (!others && forms.length === plan.steps.length) return optimise(plan, { recalled: new Set() });
  const finished = async (steps: Step[]) =>
    new Set((await recalledSteps(parts, { source: plan.source, steps }, workspace)).keys());
  const [steps, made] = [await finished(plan.steps), await finished(forms.map(({ step }) => step))];
  return optimise(plan, { recalled: recalledOf(steps, forms, made) });
}
