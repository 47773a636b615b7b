import { showBytes } from './amounts.ts';
import type { Plan, Step } from './plan.ts';

/** The plan with a further effect that makes a preview of what it comes to at last, where that is larger than `bytes`: a chat shows one result of a
 * run, the last. Nothing reads the preview and nothing counts it, so that recall, FROM and the group's results stay what they are. Pure. */
export function withPreviews(plan: Plan, bytes: number): Plan {
  // In topological order the last is read by nobody.
  const last = plan.steps.findLast(({ effect }) => !effect);
  const shown =
    last !== undefined && last.grows === undefined && ['video', 'image', 'audio'].includes(last.gives ?? '');
  return shown ? { ...plan, steps: [...plan.steps, fitStep(last, bytes)] } : plan;
}

function fitStep(of: Step, bytes: number): Step {
  return {
    id: `${of.id}.fit`,
    operation: 'fit',
    version: 1,
    arguments: { bytes },
    inputs: [{ role: 'operand', from: 'step', step: of.id }],
    models: [],
    lane: 'cpu',
    gives: null,
    effect: true,
    name: null,
    statement: of.statement,
    title: `a preview of at most ${showBytes(bytes)}`,
    recipe: '',
    predicted: null,
  };
}
