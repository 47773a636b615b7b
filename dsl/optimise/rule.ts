import type { Draft } from './draft.ts';

/** What is known beside the plan. */
export interface Known {
  /** Ids of steps, and names of `forms`, whose work is finished and would be recalled: it is never done again inside of other work. */
  recalled: ReadonlySet<string>;
  /** Ids of steps that are asked for by somebody who is not in the plan. */
  asked?: ReadonlySet<string>;
}

/** One way to get the same results with less work. Drafts come and go in topological order, whole plans both times. */
export interface Rule {
  /** For EXPLAIN: `trim first`. */
  name: string;
  apply(drafts: readonly Draft[], known: Known): { drafts: Draft[]; says: string[] };
}
