import { showBytes } from './amounts.ts';
import type { Growth, Plan, Step, Template } from './plan.ts';

/** As many results of a run as a chat shows; the others it names. */
export const mostShown = 10;

/** The plan with further effects that make previews of what it comes to at last, where that is larger than `bytes`: of the first few results that no
 * other step reads, and of the first few things that come of a list. Nothing reads a preview and nothing counts it, so that recall, FROM and
 * the group's results stay what they are. Pure. */
export function withPreviews(plan: Plan, bytes: number): Plan {
  const read = new Set(
    plan.steps.flatMap(({ effect, inputs }) =>
      effect ? [] : inputs.flatMap((input) => (input.from === 'artifact' ? [] : [input.step])),
    ),
  );
  const isLast = ({ id, effect }: Step) => !effect && !read.has(id);
  const shown = plan.steps
    .filter((step) => isLast(step) && step.grows === undefined && isMedia(step.gives))
    .slice(0, mostShown);
  const steps = plan.steps.map((step) =>
    step.grows !== undefined && isLast(step) && isMedia(givenBy(step.grows))
      ? { ...step, grows: { ...step.grows, first: { most: mostShown, steps: [fitTemplate(step, bytes)] } } }
      : step,
  );
  return { ...plan, steps: [...steps, ...shown.map((step) => fitStep(step, bytes))] };
}

function isMedia(kind: Step['gives']): boolean {
  return kind === 'video' || kind === 'image' || kind === 'audio';
}

/** What comes of each thing in a list, or of those that have a field in common; a part itself is a film. */
function givenBy({ each, groups }: Growth): Step['gives'] {
  const last = (steps: readonly Template[]) => steps.findLast(({ effect }) => !effect)?.gives;
  return (groups === null ? undefined : last(groups.steps)) ?? last(each) ?? 'video';
}

function fitStep(of: Step, bytes: number): Step {
  return {
    ...fitting(of, bytes),
    id: `${of.id}.fit`,
    inputs: [{ role: 'operand', from: 'step', step: of.id }],
    recipe: '',
  };
}

function fitTemplate(of: Step, bytes: number): Template {
  return {
    ...fitting(of, bytes),
    id: 'fit',
    inputs: [{ role: 'operand', from: 'item' }],
    // An effect is told as what it is an effect of.
    telling: { verb: '', prompt: null, clauses: [], lines: [] },
  };
}

function fitting({ statement }: Step, bytes: number) {
  return {
    operation: 'fit',
    version: 1,
    arguments: { bytes },
    models: [],
    lane: 'cpu',
    gives: null,
    effect: true,
    name: null,
    statement,
    title: `a preview of at most ${showBytes(bytes)}`,
    predicted: null,
  } satisfies Omit<Step, 'id' | 'inputs' | 'recipe'>;
}
