import type { TrimArguments } from '../../arguments.ts';
import { parseRecipe } from '../../parse-recipe.ts';
import { recipeOfPart, recipeText } from '../../recipe.ts';
import { between, stepOf } from '../between.ts';
import type { Draft, Piece } from '../draft.ts';
import { apart, isFrameLocal } from '../frame-local.ts';
import type { Rule } from '../rule.ts';
import { titleOf } from '../titles.ts';
import { inPlace } from './trims-folded.ts';

/** Over how many stages a TRIM moves at most, so that planning stays linear whatever is typed. */
const farthest = 16;

/** A TRIM comes before work that gives the same frames either way, so that only those frames are worked on that are kept.
 *
 * The stages keep the ids of the places that they move to: in `ENHANCE | GRADE | TRIM` the last id becomes the GRADE of the part, since
 * that is what everybody after it reads, and the first goes. */
export const trimFirst: Rule = {
  name: 'trim first',
  apply(drafts, known) {
    const liesBetween = between(drafts, known);
    const kept = new Map(drafts.map((draft) => [draft.step.id, draft]));
    const says: string[] = [];
    for (const { step } of drafts) {
      const trim = kept.get(step.id);
      const cut = trim?.work?.pieces.length === 1 ? trim.work.pieces[0]! : null;
      if (trim === undefined || cut?.operation !== 'trim') continue;
      const earlier = (draft: Draft) => {
        const id = draft.work === null ? null : stepOf(draft.work.source);
        return id !== null && liesBetween(id) ? kept.get(id) : undefined;
      };
      const passed: Draft[] = [];
      let top = earlier(trim);
      while (top && isLocal(top) && passed.length < farthest) {
        passed.push(top);
        top = earlier(top);
      }
      const opened = top?.work ? inside(top.work.pieces, cut) : null;
      const [first, over] = opened === null ? [passed.pop(), []] : [top, opened.over];
      if (first === undefined) continue;
      const pieces = opened?.pieces ?? [cut, ...first.work!.pieces];
      says.push(
        sentence(
          cut,
          [
            ...(opened ? over : [first.work!.pieces[0]!]),
            ...passed.toReversed().map(({ work }) => work!.pieces[0]!),
          ],
          first,
          trim,
        ),
      );
      move(kept, trim, passed, { ...first, work: { ...first.work!, pieces } });
    }
    return { drafts: inPlace(drafts, kept), says };
  },
};

/** Lays the stages anew: each takes the id of the next, the last that of the TRIM. `passed` goes from the TRIM upwards, `first` holds the
 * TRIM already. */
function move(kept: Map<string, Draft>, trim: Draft, passed: readonly Draft[], first: Draft): void {
  const range = trim.work!.pieces[0]!.arguments as TrimArguments;
  const order = [first, ...passed.toReversed()];
  kept.delete(first.step.id);
  for (const [index, draft] of order.entries()) {
    const next = order[index + 1];
    const { frames, duration } = trim.step.predicted ?? {};
    const predicted = draft.step.predicted && {
      ...draft.step.predicted,
      ...(frames === undefined ? {} : { frames }),
      ...(duration === undefined ? {} : { duration }),
    };
    const step = next
      ? { ...draft.step, id: next.step.id, predicted, recipe: cutRecipe(draft.step.recipe, range) }
      : trim.step;
    const source =
      index === 0 ? draft.work!.source : { role: 'operand', from: 'step' as const, step: draft.step.id };
    const pieces = draft.work!.pieces.map((piece, at, all) => ({
      ...piece,
      recipe: at === all.length - 1 ? step.recipe : null,
    }));
    // What it was typed with is told by the stage that it reads now.
    const work = { ...draft.work!, source, pieces, ...(index === 0 ? {} : { operand: '' }) };
    kept.set(step.id, { step: { ...step, title: titleOf(work) }, work });
  }
}

function isLocal({ work }: Draft): boolean {
  return work?.pieces.length === 1 && isFrameLocal(work.pieces[0]!);
}

/** The stages of a step that a TRIM cannot pass as a whole but in part, with the TRIM among them; null where not even that is so. */
function inside(pieces: readonly Piece[], cut: Piece): { pieces: Piece[]; over: Piece[] } | null {
  const [only] = pieces;
  const parts = pieces.length === 1 && only !== undefined ? apart(only) : null;
  if (parts !== null) return { pieces: [parts.clean, cut, parts.enlarge], over: [parts.enlarge] };
  const head = pieces.findLastIndex((piece) => !isFrameLocal(piece)) + 1;
  if (pieces.length === 1 || head === pieces.length) return null;
  const over = pieces.slice(head);
  return { pieces: [...pieces.slice(0, head), cut, ...over], over };
}

function cutRecipe(recipe: string, range: TrimArguments): string {
  const told = parseRecipe(recipe);
  if (told === null) return recipe;
  const stages = told.body.split(' | ').length;
  return recipeText(recipeOfPart({ ...told, source: null, stages }, range));
}

function sentence(cut: Piece, over: readonly Piece[], first: Draft, trim: Draft): string {
  const frames = [trim.step.predicted?.frames, first.step.predicted?.frames];
  const counted =
    frames[0] === undefined || frames[1] === undefined
      ? ''
      : `: ${frames[0]} of ${frames[1]} frames are worked on`;
  const few = over.length > 3 ? `${over.length} stages` : over.map(({ piped }) => piped).join(' and ');
  return `${cut.piped} comes before ${few}${counted}`;
}
