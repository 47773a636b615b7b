import { keyword } from '../grammar/keyword.ts';
import type { Operand, Stage } from './ast.ts';
import type { JobOperation } from './operation.ts';
import type { SourceType } from './values/source.ts';

/** The clause of a verb that takes a picture or a clip. */
export interface SourceClause {
  /** In capitals. */
  word: string;
  kinds: SourceType['source']['kinds'];
  /** `a picture or a clip`. */
  noun: string;
}

/** Finds it; null for a verb that has none. What flows into such a verb through a pipe is what the clause would name. */
export function sourceClause({ clauses }: Pick<JobOperation, 'clauses'>): SourceClause | null {
  for (const [word, { type }] of Object.entries(clauses))
    if ('source' in type) return { word, ...(type as unknown as SourceType).source };
  return null;
}

/** What stands behind that clause, where it is said first. */
export function namedIn({ clauses }: Stage, { word }: SourceClause): Operand[] {
  const clause = clauses.find((each) => keyword(each.word.text) === word);
  return (clause?.values ?? []).filter((value) => value.type === 'operand');
}
