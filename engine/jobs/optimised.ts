import type { Plan } from '../../dsl/plan.ts';
import { grown } from './grown.ts';
import type { Works } from './judge.ts';
import { lessWork } from './less-work.ts';

/** A plan as it will run: with what comes of lists that are there, and optimised around what this workspace has finished already, in whatever form it was done. A plan that was optimised
 * stays as it is, and of one that has nothing to optimise nobody is asked. */
export async function optimised(parts: Works, plan: Plan, workspace: string): Promise<Plan> {
  if (plan.optimisations !== undefined) return plan;
  return lessWork(parts, await grown(parts, plan, workspace), workspace);
}
