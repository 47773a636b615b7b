import { keyword } from '../../grammar/keyword.ts';
import { clauseOf } from '../read-clauses.ts';
import type { Rule } from './rule.ts';

/** A clause stands once. */
export const clausesOnce: Rule =
  () =>
  ({ stage, operation }) => {
    const seen = new Set<string>();
    return stage.clauses.flatMap((clause) => {
      const word = keyword(clause.word.text);
      if (clauseOf(operation, word) === undefined) return [];
      if (!seen.has(word)) {
        seen.add(word);
        return [];
      }
      return [
        {
          code: 'PQL226' as const,
          message: `${word} stands twice`,
          span: clause.span,
          hint: 'keep one of the two',
          fix: { span: clause.span, text: '' },
        },
      ];
    });
  };
