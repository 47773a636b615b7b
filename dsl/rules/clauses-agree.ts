import type { Rule } from './rule.ts';

/** Clauses that exclude one another do not stand together. */
export const clausesAgree: Rule =
  () =>
  ({ operation, written }) =>
    [...written].flatMap(([word, clause]) =>
      (operation.clauses[word]?.clashes ?? [])
        .filter((other) => written.has(other) && written.get(other)!.span.start < clause.span.start)
        .map((other) => ({
          code: 'PQL227' as const,
          message: `${word} and ${other} exclude one another`,
          span: clause.span,
          hint: 'keep one of the two',
          fix: { span: clause.span, text: '' },
        })),
    );
