/** How a script ended, whatever the surface. */
export type Outcome = 'done' | 'failed' | 'wrong' | 'refused' | 'interrupted';

/** The exit status of `pql` for each outcome, as pql.md §6 promises scripts. */
export const exitStatus: Readonly<Record<Outcome, number>> = {
  done: 0,
  failed: 1,
  wrong: 2,
  refused: 3,
  interrupted: 130,
};

/** The worse of two, so that a script of several parts ends with its worst. */
export function worse(a: Outcome, b: Outcome): Outcome {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

const order: readonly Outcome[] = ['done', 'failed', 'refused', 'wrong', 'interrupted'];
