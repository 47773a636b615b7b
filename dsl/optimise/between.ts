import type { Growth, Step, StepInput } from '../plan.ts';
import type { Draft } from './draft.ts';
import type { Known } from './rule.ts';

/** Says of each step whether it lies between: only one other step of its statement reads it, and nobody asks for it. */
export function between(drafts: readonly Draft[], known: Known): (id: string) => boolean {
  const readers = new Map<string, Step[]>();
  for (const { step, work } of drafts) {
    const inputs =
      work === null
        ? [...step.inputs, ...(step.grows === undefined ? [] : growthInputs(step.grows))]
        : [work.source, ...work.pieces.flatMap(({ extras }) => extras)];
    for (const input of inputs) {
      const from = stepOf(input);
      if (from === null) continue;
      const those = readers.get(from);
      if (those === undefined) readers.set(from, [step]);
      else those.push(step);
    }
  }
  const steps = new Map(drafts.map(({ step }) => [step.id, step]));
  return (id) => {
    const step = steps.get(id);
    const [reader, ...others] = readers.get(id) ?? [];
    return (
      step !== undefined &&
      reader !== undefined &&
      others.length === 0 &&
      !reader.effect &&
      reader.statement === step.statement &&
      !step.effect &&
      step.name === null &&
      (step.also ?? []).length === 0 &&
      !known.recalled.has(id) &&
      known.asked?.has(id) !== true
    );
  };
}

/** What will be read once the list is there. */
function growthInputs({ whole, each, groups }: Growth): StepInput[] {
  const templates = [...each, ...(groups?.steps ?? [])];
  const inputs = templates.flatMap((template) => template.inputs);
  return [whole, ...inputs.filter((input) => input.from !== 'item' && input.from !== 'template')];
}

/** The step that an input reads, of whatever kind the input is; null for what is there already. */
export function stepOf(input: StepInput): string | null {
  return 'step' in input && typeof input.step === 'string' ? input.step : null;
}
