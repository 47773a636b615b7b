import { between, stepOf } from '../between.ts';
import type { Draft } from '../draft.ts';
import { isByNetwork } from '../frame-local.ts';
import type { Rule } from '../rule.ts';
import { titleOf } from '../titles.ts';
import { inPlace } from './trims-folded.ts';

/** Stages of one pass at most: each is a filter in the same process. */
const longest = 16;

/** Adjacent frame work is one pass: decoded once, worked on, encoded once. What a network does ends a pass, so that changing what follows
 * does not do it again; trims alone stay cuts, which copy packets. */
export const frameWorkFused: Rule = {
  name: 'frame work fused',
  apply(drafts, known) {
    const liesBetween = between(drafts, known);
    const kept = new Map(drafts.map((draft) => [draft.step.id, draft]));
    for (const { step } of drafts) {
      const here = kept.get(step.id)!;
      const id = here.work === null ? null : stepOf(here.work.source);
      const before = id !== null && liesBetween(id) ? kept.get(id) : undefined;
      if (before === undefined || !canPrecede(before, here)) continue;
      kept.delete(before.step.id);
      const pieces = [...before.work!.pieces, ...here.work!.pieces];
      kept.set(step.id, { step: here.step, work: { ...before.work!, pieces } });
    }
    const fused = inPlace(drafts, kept);
    const says = fused.flatMap(({ work }) =>
      (work?.pieces.length ?? 0) > 1 ? [`${titleOf(work!)} is one decode and one encode`] : [],
    );
    return { drafts: fused, says };
  },
};

function canPrecede({ work: before }: Draft, { work: here }: Draft): boolean {
  if (before === null || here === null) return false;
  const pieces = [...before.pieces, ...here.pieces];
  return (
    pieces.length <= longest &&
    !before.pieces.some(isByNetwork) &&
    pieces.some(({ operation }) => operation !== 'trim')
  );
}
