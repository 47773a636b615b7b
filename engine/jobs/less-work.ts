import { formsOf, recalledOf } from '../../dsl/optimise/forms.ts';
import { optimise } from '../../dsl/optimise/optimise.ts';
import type { Plan, Step } from '../../dsl/plan.ts';
import { recalledSteps, type Works } from './judge.ts';

/** Steps with less work that give the same, around what is finished; `asked` are read by others than these steps. */
export async function lessWork(
  parts: Works,
  plan: Plan,
  workspace: string,
  asked: ReadonlySet<string> = new Set(),
): Promise<Plan> {
  const forms = formsOf(plan, asked);
  const others = forms.some(({ step, name }) => name !== step.id);
  if (!others && forms.length === plan.steps.length) return optimise(plan, { recalled: new Set(), asked });
  const finished = async (steps: Step[]) =>
    new Set((await recalledSteps(parts, { source: plan.source, steps }, workspace)).keys());
  const [steps, made] = [await finished(plan.steps), await finished(forms.map(({ step }) => step))];
  return optimise(plan, { recalled: recalledOf(steps, forms, made), asked });
}
