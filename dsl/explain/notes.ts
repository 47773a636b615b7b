import type { StitchArguments } from '../arguments.ts';
import type { Growth, Plan, Step } from '../plan.ts';
import { newNumbers, ownNumbers, planStitch } from '../plan-stitch.ts';
import { stitchedClips } from '../stitched-clips.ts';
import { predictedText } from './predicted-text.ts';
import type { StepVerdict } from './verdict.ts';

/** Who is shown by whose leave, what TO, `?` and NOTIFY will do, in words, and the shape that stitched clips take. */
export function notes(
  plan: Plan,
  steps: ReadonlyMap<string, Step>,
  said: ReadonlyMap<string, StepVerdict>,
): string[] {
  const people = (plan.consent?.shown ?? []).map(
    ({ name, grant, terms }) => `${name} may be shown: grant ${grant}, ${terms}`,
  );
  return [...people, ...plan.steps.flatMap((step) => notesOf(step, steps, said))];
}

function notesOf(
  step: Step,
  steps: ReadonlyMap<string, Step>,
  said: ReadonlyMap<string, StepVerdict>,
): string[] {
  switch (step.operation) {
    case 'export':
      return [
        `writes ${step.arguments.path} under the export folder${step.arguments.overwrite === true ? ', also over what is there' : ''}`,
      ];
    case 'deliver':
      return [`delivers the file to ${step.arguments.url} by HTTP PUT, again until it arrives`];
    case 'notify':
      return [`tells ${step.arguments.url} by signed JSON when it is done`];
    case 'stitch':
      return said.get(step.id)?.verdict === 'recalled' ? [] : shapeNotes(step, steps);
    default:
      return step.grows === undefined ? [] : [growthNote(step, step.grows)];
  }
}

/** What will be done with each thing in a list that is not made yet. */
function growthNote({ title }: Step, { label, each, groups }: Growth): string {
  const stages = [`TRIM ${label}`, ...each.map((template) => template.title)].join(' | ');
  const then =
    groups === null
      ? ''
      : `; then ${groups.steps.map((template) => template.title).join(' | ')} by ${groups.by}`;
  return `for each that ${title} finds: ${stages}${then}; how many there are is known when it is done`;
}

const beside: Readonly<Record<string, string>> = Object.freeze({
  [ownNumbers]: ' beside the others: its parameter sets have numbers of their own',
  [newNumbers]: ' beside the others: its parameter sets are given numbers of their own',
});

/** What becomes of each clip of a stitch: copied packet by packet, or encoded and why. */
function shapeNotes(step: Step, steps: ReadonlyMap<string, Step>): string[] {
  const operands = step.inputs.filter(({ role }) => role === 'operand');
  const clips = stitchedClips(step, (id) => steps.get(id)?.predicted ?? null);
  const plan = planStitch(clips, step.arguments as StitchArguments);
  if (plan === null) return [];
  const { width, height, rate } = plan.shape;
  const fates = plan.clips.map(({ action, why }, index) => {
    const input = operands[index]!;
    const fate =
      action === 'copy'
        ? `is copied${beside[why] ?? ''}`
        : input.from === 'step' && why === 'is not made yet'
          ? 'is copied if it comes out fit to stand beside the others, else encoded'
          : `is encoded: it ${why}`;
    return `  clip ${index + 1} ${fate}`;
  });
  return [`stitches to ${predictedText({ kind: 'video', width, height, rate })}`, ...few(fates)];
}

/** The first lines of many. */
export function few(lines: readonly string[]): string[] {
  return lines.length <= 12 ? [...lines] : [...lines.slice(0, 11), `  and ${lines.length - 11} more`];
}
