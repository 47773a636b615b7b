import type { StitchArguments } from '../../arguments.ts';
import type { Shape } from '../../common-shape.ts';
import { predictedText } from '../../explain/predicted-text.ts';
import type { Predicted } from '../../facts.ts';
import { planStitch } from '../../plan-stitch.ts';
import { perSecond } from '../../rational.ts';
import { stitchedClips } from '../../stitched-clips.ts';
import { between, stepOf } from '../between.ts';
import { type Draft, formName } from '../draft.ts';
import type { Known, Rule } from '../rule.ts';
import { titleOf } from '../titles.ts';
import { inPlace } from './trims-folded.ts';

/** Frame work that goes into a STITCH of another size or rate is encoded at once as the film needs it: the STITCH then copies its packets
 * instead of encoding every frame a second time. A transition does not change what a clip is brought to. */
export const shapeFolded: Rule = {
  name: 'shape folded',
  apply(drafts, known) {
    const liesBetween = between(drafts, known);
    const kept = new Map(drafts.map((draft) => [draft.step.id, draft]));
    const says: string[] = [];
    for (const { step } of drafts) {
      if (step.operation !== 'stitch' || known.recalled.has(step.id)) continue;
      const args = step.arguments as StitchArguments;
      const plan = planStitch(
        stitchedClips(step, (id) => kept.get(id)?.step.predicted ?? null),
        args,
      );
      if (plan === null) continue;
      const operands = step.inputs.filter(({ role }) => role === 'operand');
      for (const [index, input] of operands.entries()) {
        const id = stepOf(input);
        const draft = id !== null && liesBetween(id) ? kept.get(id) : undefined;
        if (draft === undefined || (args.ranges?.[index] ?? null) !== null) continue;
        if (!canTake(draft, plan.shape, known)) continue;
        const { frames } = plan.clips[index]!;
        kept.set(draft.step.id, shaped(draft, { ...plan.shape, fit: args.fit }, frames));
        says.push(
          `${titleOf(draft.work!)} is encoded at ${predictedText({ kind: 'video', ...plan.shape })}, as its STITCH needs it`,
        );
      }
    }
    return { drafts: inPlace(drafts, kept), says };
  },
};

/** Work on frames that would come out in another shape and was not done in its own shape before. */
function canTake({ step, work }: Draft, shape: Shape, known: Known): boolean {
  if (work === null || work.shape !== null) return false;
  if (work.pieces.every(({ operation }) => operation === 'trim')) return false;
  const done = known.recalled.has(formName(work.pieces, false));
  if (done && !known.recalled.has(formName(work.pieces, true))) return false;
  return !fits(step.predicted, shape);
}

function fits(clip: Predicted | null, { width, height, rate }: Shape): boolean {
  return (
    clip?.width === width &&
    clip.height === height &&
    clip.rate?.num === rate.num &&
    clip.rate.den === rate.den
  );
}

function shaped({ step, work }: Draft, shape: Shape & { fit: 'pad' | 'crop' }, frames: number): Draft {
  const { width, height, rate } = shape;
  const predicted = { ...step.predicted!, width, height, rate, frames, duration: frames / perSecond(rate) };
  return { step: { ...step, predicted }, work: { ...work!, shape } };
}
