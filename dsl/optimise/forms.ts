import type { StitchArguments } from '../arguments.ts';
import type { Plan, Step } from '../plan.ts';
import { stepOf } from './between.ts';
import { type Draft, draftsOf, formName, stepsOf } from './draft.ts';
import { applyRules } from './optimise.ts';
import { passStep } from './pass-step.ts';

/** A step that an optimised plan has, or could have, in the place of several. When its work is finished, the plan should go that way. */
export interface Form {
  step: Step;
  /** How `Known.recalled` says that it is finished. */
  name: string;
  /** Ids of the steps of the plan as written whose work it does. */
  members: readonly string[];
  /** What it gives: what its last member gives, that in the shape of a film, or a film. */
  end: 'stages' | 'shaped' | 'film';
}

/** All steps that optimising could make of a plan of which nothing is finished, in topological order, so that whoever knows finished work
 * can say which of them it is. */
export function formsOf(plan: Plan, asked?: ReadonlySet<string>): Form[] {
  const nothing = { recalled: new Set<string>(), ...(asked ? { asked } : {}) };
  const written = new Map(plan.steps.map((step) => [step.id, step]));
  const { drafts } = applyRules(draftsOf(plan), nothing);
  const steps = stepsOf(drafts);
  return drafts.flatMap((draft, index): Form[] => {
    const step = steps[index]!;
    if (draft.work === null) return [stitchForm(step, written.get(step.id))];
    const { pieces, shape } = draft.work;
    const members = pieces.map(({ id }) => id);
    const name = step.operation === 'pass' ? formName(pieces, shape !== null) : step.id;
    return [...beginnings(draft), { step, name, members, end: shape === null ? 'stages' : 'shaped' }];
  });
}

/** What is known of a plan when these of its steps and these of its forms are finished. Work that is finished both ways counts as its steps,
 * since those may be recalled further on; of a form that goes further than they do, the members need not be made again. */
export function recalledOf(
  steps: ReadonlySet<string>,
  forms: readonly Form[],
  finished: ReadonlySet<string>,
): Set<string> {
  const readers = new Map(
    forms.flatMap(({ step }) => step.inputs.map((input) => [stepOf(input) ?? '', step.id] as const)),
  );
  const recalled = new Set(steps);
  for (const { step, name, members, end } of forms) {
    const isWritten = name === step.id && members.length === 1;
    if (isWritten || !finished.has(step.id)) continue;
    const further =
      end === 'stages'
        ? members.every((member) => steps.has(member))
        : steps.has(end === 'film' ? step.id : (readers.get(step.id) ?? ''));
    if (further) continue;
    for (const member of members) recalled.delete(member);
    recalled.add(name);
  }
  return recalled;
}

/** The first stages of a pass, and all of them in their own shape. */
function beginnings({ step, work }: Draft): Form[] {
  const { pieces, shape } = work!;
  return pieces.flatMap(({ recipe }, index): Form[] => {
    const some = pieces.slice(0, index + 1);
    const whole = some.length === pieces.length;
    // A stage alone is a step of the plan as it was written.
    if (recipe === null || some.length === 1 || (whole && shape === null)) return [];
    const name = formName(some, false);
    const form = passStep({ ...step, id: name, recipe }, { ...work!, pieces: some, shape: null });
    return [{ step: form, name, members: some.map(({ id }) => id), end: 'stages' }];
  });
}

function stitchForm(step: Step, written: Step | undefined): Form {
  const { ranges } = step.arguments as Partial<StitchArguments>;
  const end = 'film';
  if (step.operation !== 'stitch' || ranges === undefined)
    return { step, name: step.id, members: [step.id], end };
  const operands = (written?.inputs ?? []).filter(({ role }) => role === 'operand');
  const members = operands.flatMap((input, index) =>
    ranges[index] && input.from === 'step' ? [input.step] : [],
  );
  return { step, name: `${step.id} cut`, members, end };
}
