import { type Draft, formName } from '../draft.ts';
import type { Rule } from '../rule.ts';

/** A pass whose first stages were done before, in one pass too, goes on from there. */
export const finishedWorkKept: Rule = {
  name: 'finished work kept',
  apply(drafts, known) {
    const says: string[] = [];
    const parts = drafts.flatMap((draft): Draft[] => {
      const { step, work } = draft;
      if (work === null || work.pieces.length < 3) return [draft];
      if (known.recalled.has(formName(work.pieces, work.shape !== null))) return [draft];
      const last = work.pieces.findLastIndex(
        ({ recipe }, index) =>
          index > 0 &&
          index < work.pieces.length - 1 &&
          recipe !== null &&
          known.recalled.has(formName(work.pieces.slice(0, index + 1), false)),
      );
      if (last < 0) return [draft];
      const [done, rest] = [work.pieces.slice(0, last + 1), work.pieces.slice(last + 1)];
      const id = formName(done, false);
      says.push(`${done.map(({ piped }) => piped).join(' | ')} was done before and is kept`);
      return [
        {
          step: { ...step, id, name: null, recipe: done.at(-1)!.recipe!, predicted: null },
          work: { ...work, pieces: done, shape: null },
        },
        {
          step,
          work: { ...work, source: { role: 'operand', from: 'step', step: id }, operand: '', pieces: rest },
        },
      ];
    });
    return { drafts: parts, says };
  },
};
