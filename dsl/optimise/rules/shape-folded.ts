import type { StitchArguments } from '../../arguments.ts';
import { nameOf } from '../../colours.ts';
import { predictedText } from '../../explain/predicted-text.ts';
import type { Predicted } from '../../facts.ts';
import { planStitch } from '../../plan-stitch.ts';
import { perSecond } from '../../rational.ts';
import { stitchedClips } from '../../stitched-clips.ts';
import { between, stepOf } from '../between.ts';
import { type Draft, type FrameWork, formName } from '../draft.ts';
import type { Known, Rule } from '../rule.ts';
import { titleOf } from '../titles.ts';
import { inPlace } from './trims-folded.ts';

type FilmShape = NonNullable<FrameWork['shape']>;

/** Frame work that goes into a STITCH of another size, rate or colours is encoded at once as the film needs it: the STITCH then copies its
 * packets instead of encoding every frame a second time. A transition does not change what a clip is brought to. */
export const shapeFolded: Rule = {
  name: 'shape folded',
  apply(drafts, known) {
    const liesBetween = between(drafts, known);
    const kept = new Map(drafts.map((draft) => [draft.step.id, draft]));
    const says: string[] = [];
    for (const { step } of drafts) {
      if (step.operation !== 'stitch' || known.recalled.has(step.id)) continue;
      const args = step.arguments as StitchArguments;
      const operands = step.inputs.filter(({ role }) => role === 'operand');
      const takers = operands.map((input, index) => {
        const id = stepOf(input);
        const draft = id !== null && liesBetween(id) ? kept.get(id) : undefined;
        const cut = (args.ranges?.[index] ?? null) !== null;
        return draft !== undefined && !cut && canTake(draft, known) ? draft : null;
      });
      const clips = stitchedClips(step, (id) => {
        const draft = kept.get(id);
        return draft === undefined ? null : takers.includes(draft) ? draft.step.predicted : asMade(draft);
      });
      const plan = planStitch(clips, args);
      if (plan === null) continue;
      const shape: FilmShape = { ...plan.shape, fit: args.fit, matrix: plan.matrix };
      for (const [index, draft] of takers.entries()) {
        if (draft === null || fits(draft.step.predicted, shape)) continue;
        kept.set(draft.step.id, shaped(draft, shape, plan.clips[index]!.frames));
        says.push(`${titleOf(draft.work!)} is encoded ${wordsOf(shape)}, as its STITCH needs it`);
      }
    }
    return { drafts: inPlace(drafts, kept), says };
  },
};

/** Work on frames that is encoded anyhow and was not done in its own shape before. */
function canTake({ work }: Draft, known: Known): boolean {
  if (work === null || work.shape !== null) return false;
  if (work.pieces.every(({ operation }) => operation === 'trim')) return false;
  const done = known.recalled.has(formName(work.pieces, false));
  return !done || known.recalled.has(formName(work.pieces, true));
}

/** What a step will give, in our own coding where it is sure to encode: that too decides which colours a film has. */
function asMade({ step, work }: Draft): Predicted | null {
  const encodes = step.operation === 'generate' || work?.pieces.some(({ operation }) => operation !== 'trim');
  if (step.predicted === null || !encodes) return step.predicted;
  const matrix = work?.shape?.matrix === 'bt601' ? 'smpte170m' : 'bt709';
  const ours = { coding: `ours in ${matrix}`, codec: 'h264', pixelFormat: 'yuv420p', matrix };
  return { ...step.predicted, ...ours, parameterSets: [] };
}

function wordsOf({ width, height, rate, matrix }: FilmShape): string {
  const size = predictedText({ kind: 'video', width, height, rate });
  return `at ${size}${matrix === 'bt709' ? '' : ` in the colours of ${nameOf[matrix]}`}`;
}

/** Whether it comes out so by itself; that is in BT.709. */
function fits(clip: Predicted | null, { width, height, rate, matrix }: FilmShape): boolean {
  return (
    matrix === 'bt709' &&
    clip?.width === width &&
    clip.height === height &&
    clip.rate?.num === rate.num &&
    clip.rate.den === rate.den
  );
}

function shaped({ step, work }: Draft, shape: FilmShape, frames: number): Draft {
  const { width, height, rate } = shape;
  const predicted = { ...step.predicted!, width, height, rate, frames, duration: frames / perSecond(rate) };
  return { step: { ...step, predicted }, work: { ...work!, shape } };
}
