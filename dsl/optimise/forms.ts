import type { StitchArguments } from '../arguments.ts';
import type { Plan, Step } from '../plan.ts';
import { type Draft, draftsOf, formName, stepsOf } from './draft.ts';
import { applyRules } from './optimise.ts';
import { passStep } from './pass-step.ts';

/** A step that an optimised plan has, or could have, in the place of several. When its work is finished, the plan should go that way. */
export interface Form {
  step: Step;
  /** How `Known.recalled` says that it is finished. */
  name: string;
  /** Ids of the steps of the plan as written whose work it does, when they are several. */
  members: readonly string[];
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
    const whole = step.operation === 'pass' ? formName(pieces, shape !== null) : step.id;
    return [...beginnings(draft), { step, name: whole, members: members.length > 1 ? members : [] }];
  });
}

/** What is known of a plan when these of its steps and these of its forms are finished: of a form that is, the members need not be. */
export function recalledOf(
  steps: ReadonlySet<string>,
  forms: readonly Form[],
  finished: ReadonlySet<string>,
): Set<string> {
  const recalled = new Set(steps);
  for (const { step, name, members } of forms) {
    if (name === step.id && members.length === 0) continue;
    if (!finished.has(step.id)) continue;
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
    if (recipe === null || (whole && shape === null) || (some.length === 1 && !whole)) return [];
    const name = formName(some, false);
    const form = passStep({ ...step, id: name, recipe }, { ...work!, pieces: some, shape: null });
    return [{ step: form, name, members: some.length > 1 ? some.map(({ id }) => id) : [] }];
  });
}

function stitchForm(step: Step, written: Step | undefined): Form {
  const { ranges } = step.arguments as Partial<StitchArguments>;
  if (step.operation !== 'stitch' || ranges === undefined) return { step, name: step.id, members: [] };
  const operands = (written?.inputs ?? []).filter(({ role }) => role === 'operand');
  const members = operands.flatMap((input, index) =>
    ranges[index] && input.from === 'step' ? [input.step] : [],
  );
  return { step, name: `${step.id} cut`, members };
}
