import { keyword } from './keyword.ts';
import type { VerbShape, Vocabulary } from './vocabulary.ts';

/** What may follow a verb. For a verb that nobody knows, every clause word of the vocabulary is taken for a clause, so that the rest of the
 * statement is still understood. */
export type ShapeOf = (verb: string) => VerbShape;

export function shapesOf(vocabulary: Vocabulary): ShapeOf {
  const clauses = new Set([...vocabulary.values()].flatMap((shape) => [...shape.clauses]));
  const unknown: VerbShape = { subjects: [], operands: true, clauses, sources: new Set() };
  return (verb) => vocabulary.get(keyword(verb)) ?? unknown;
}
