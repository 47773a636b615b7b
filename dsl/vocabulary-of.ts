import type { VerbShape, Vocabulary } from '../grammar/vocabulary.ts';
import type { Catalogue } from './catalogue.ts';
import { commonClauses } from './common-clauses.ts';
import type { Operation } from './operation.ts';
import { sourceClause } from './source-clause.ts';

/** What the parser must know of the catalogue: nothing but which words may stand where. */
export function vocabularyOf(catalogue: Catalogue): Vocabulary {
  return new Map([...catalogue.values()].map((operation) => [operation.verb, shapeOf(operation)]));
}

function shapeOf(operation: Operation): VerbShape {
  if (operation.runs === 'job') {
    const source = sourceClause(operation);
    return {
      subjects: [],
      operands: true,
      clauses: new Set([...Object.keys(operation.clauses), ...Object.keys(commonClauses)]),
      sources: new Set(source === null ? [] : [source.word]),
    };
  }
  const variants = operation.variants;
  return {
    subjects: variants
      .map(({ subject }) => subject)
      .filter((subject) => subject.length > 0)
      .sort((a, b) => b.length - a.length),
    operands: variants.some(({ takes }) => takes !== null),
    clauses: new Set(
      variants.flatMap(({ clause, clauses = {}, pages }) => [
        ...(clause === undefined ? [] : [clause]),
        ...Object.keys(clauses),
        ...(pages ? ['PAGE'] : []),
      ]),
    ),
    sources: new Set(),
  };
}
