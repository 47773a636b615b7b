import type { StitchArguments, TrimArguments } from '../../arguments.ts';
import type { StepInput } from '../../plan.ts';
import { between, stepOf } from '../between.ts';
import type { Draft } from '../draft.ts';
import type { Rule } from '../rule.ts';
import { titleOf } from '../titles.ts';
import { inPlace } from './trims-folded.ts';

/** A STITCH cuts its parts itself: their packets go straight from the source into the film, and what must be encoded is encoded once. */
export const trimsIntoStitch: Rule = {
  name: 'trims into stitch',
  apply(drafts, known) {
    const liesBetween = between(drafts, known);
    const kept = new Map(drafts.map((draft) => [draft.step.id, draft]));
    const says: string[] = [];
    for (const { step } of drafts) {
      if (step.operation !== 'stitch' || known.recalled.has(step.id)) continue;
      const ranges: (TrimArguments | null)[] = [];
      const cuts: string[] = [];
      const inputs = step.inputs.map((input): StepInput => {
        if (input.role !== 'operand') return input;
        const id = stepOf(input);
        const trim = id !== null && liesBetween(id) ? kept.get(id) : undefined;
        const range = trim === undefined ? null : onlyTrim(trim);
        ranges.push(range);
        if (range === null) return input;
        kept.delete(id!);
        cuts.push(titleOf(trim!.work!));
        return trim!.work!.source;
      });
      if (cuts.length === 0) continue;
      const args = { ...(step.arguments as StitchArguments), ranges };
      kept.set(step.id, { step: { ...step, inputs, arguments: args }, work: null });
      const [first, ...more] = cuts;
      says.push(
        `${more.length === 0 ? `${first} is` : `${cuts.length} parts are`} cut in the STITCH: no file between, and packets come from the source where the cut allows`,
      );
    }
    return { drafts: inPlace(drafts, kept), says };
  },
};

function onlyTrim({ work }: Draft): TrimArguments | null {
  const [piece, ...more] = work?.pieces ?? [];
  if (piece?.operation !== 'trim' || more.length > 0) return null;
  const { from, to } = piece.arguments as TrimArguments;
  return { from, to };
}
