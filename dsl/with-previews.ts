import { showBytes } from './amounts.ts';
import type { Growth, Plan, Step, StepInput } from './plan.ts';

/** The plan with a further effect for each result that people may be shown where files have at most so many bytes: a preview is made of what is
 * larger. Nothing reads it and nothing counts it, so that recall, FROM and the group's results stay what they are. Pure. */
export function withPreviews(plan: Plan, bytes: number): Plan {
  const read = new Set(
    plan.steps.flatMap((step) =>
      step.effect ? [] : [...step.inputs, ...grownInputs(step.grows)].flatMap(stepOf),
    ),
  );
  const results = plan.steps.filter(
    (step) => !step.effect && step.grows === undefined && isShown(step) && !read.has(step.id),
  );
  return { ...plan, steps: [...plan.steps, ...results.map((step) => fitStep(step, bytes))] };
}

function isShown({ gives }: Step): boolean {
  return gives === 'video' || gives === 'image' || gives === 'audio';
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

/** What is read once a list is there. */
function grownInputs(growth: Growth | undefined): StepInput[] {
  if (growth === undefined) return [];
  const templates = [...growth.each, ...(growth.groups?.steps ?? [])];
  return [
    growth.whole,
    ...templates.flatMap(({ inputs }) =>
      inputs.filter((input): input is StepInput => input.from !== 'item' && input.from !== 'template'),
    ),
  ];
}

function stepOf(input: StepInput): string[] {
  return input.from === 'artifact' ? [] : [input.step];
}
