import type { StitchArguments } from './arguments.ts';
import type { Predicted } from './facts.ts';
import { partOf } from './part-of.ts';
import type { Step } from './plan.ts';
import type { StitchClip } from './plan-stitch.ts';

/** What a stitch joins, as far as it is known: its operands, cut where the stitch cuts them itself. `predicted` says what a step gives. */
export function stitchedClips(
  step: Step,
  predicted: (id: string) => Predicted | null,
): (StitchClip | null)[] {
  const { ranges } = step.arguments as StitchArguments;
  const operands = step.inputs.filter(({ role }) => role === 'operand');
  return operands.map((input, index) => {
    const whole =
      input.from === 'artifact'
        ? (input.facts as Predicted)
        : input.from === 'step'
          ? predicted(input.step)
          : null;
    const range = ranges?.[index] ?? null;
    if (whole === null || range === null) return whole;
    const { frames, duration } = partOf(whole, range);
    return {
      ...whole,
      ...(frames === undefined ? {} : { frames }),
      ...(duration === undefined ? {} : { duration }),
      cut: true,
    };
  });
}
