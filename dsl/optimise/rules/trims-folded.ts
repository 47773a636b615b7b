import type { TrimArguments } from '../../arguments.ts';
import { perSecond } from '../../rational.ts';
import { between, stepOf } from '../between.ts';
import type { Draft } from '../draft.ts';
import type { Rule } from '../rule.ts';
import { titleOf, trimWords } from '../titles.ts';

/** A part of a part is one part of the whole: what is between need not be cut, and the packets stay those of the source. */
export const trimsFolded: Rule = {
  name: 'trims folded',
  apply(drafts, known) {
    const liesBetween = between(drafts, known);
    const kept = new Map(drafts.map((draft) => [draft.step.id, draft]));
    const says: string[] = [];
    for (const { step, work } of drafts) {
      const from = work === null ? null : stepOf(work.source);
      const before = from !== null && liesBetween(from) ? kept.get(from) : undefined;
      const folded = before === undefined ? null : fold(before, { step, work });
      if (before === undefined || folded === null) continue;
      says.push(
        `${titleOf({ ...before.work!, pieces: [...before.work!.pieces, ...work!.pieces] })} is one cut`,
      );
      kept.delete(before.step.id);
      kept.set(step.id, folded);
    }
    return { drafts: inPlace(drafts, kept), says };
  },
};

/** The drafts that are left, where they stood. */
export function inPlace(drafts: readonly Draft[], kept: ReadonlyMap<string, Draft>): Draft[] {
  return drafts.flatMap(({ step }) => kept.get(step.id) ?? []);
}

/** Both as one TRIM, in whole frames of the rate that both have; null where they are no trims or the rate is not known. */
function fold(first: Draft, second: Draft): Draft | null {
  const [one, two] = [onlyTrim(first), onlyTrim(second)];
  const rate = first.step.predicted?.rate;
  if (one === null || two === null || rate === undefined) return null;
  const frame = (seconds: number) => Math.ceil(seconds * perSecond(rate) - 1e-6);
  const time = (frames: number) => (frames * rate.den) / rate.num;
  const start = frame(one.from);
  const ends = [
    ...(one.to === null ? [] : [frame(one.to)]),
    ...(two.to === null ? [] : [start + frame(two.to)]),
  ];
  const args: TrimArguments = {
    from: time(start + frame(two.from)),
    to: ends.length === 0 ? null : time(Math.min(...ends)),
  };
  const piece = { ...second.work!.pieces[0]!, arguments: args, piped: trimWords(args) };
  return { step: second.step, work: { ...first.work!, pieces: [piece] } };
}

function onlyTrim({ work }: Draft): TrimArguments | null {
  const [piece, ...more] = work?.pieces ?? [];
  return piece?.operation === 'trim' && more.length === 0 ? (piece.arguments as TrimArguments) : null;
}
