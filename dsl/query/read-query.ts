import type { FromStage, NumberValue } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Collection } from './collection.ts';
import type { Query } from './query.ts';
import { fieldOf, readCondition } from './read-condition.ts';

/** How many rows an answer has at most, and how many things MAP and REDUCE can work on. */
export const mostRows = 10_000;

/** What FROM asks, with the page that is to be shown of it. */
export interface ReadQuery {
  query: Query;
  /** From 1. */
  page: number;
}

/** Reads WHERE, ORDER BY, LIMIT and PAGE with the fields of a collection; null after a problem, which is told. */
export function readQuery(
  stage: FromStage,
  collection: Collection,
  group: string | null,
  problems: Diagnostic[],
): ReadQuery | null {
  const before = problems.length;
  const where = stage.where === null ? null : readCondition(stage.where, collection, problems);
  const order = stage.order.flatMap(({ field: word, descending }) => {
    const field = fieldOf(word, collection, problems);
    return field === null ? [] : [{ field: field.name, descending }];
  });
  const limit = stage.limit === null ? null : readCount(stage.limit, 'LIMIT', problems);
  const page = stage.page === null ? 1 : readCount(stage.page, 'PAGE', problems);
  if (problems.length > before) return null;
  return { query: { collection: collection.name, group, where, order, limit }, page: page ?? 1 };
}

/** A whole number from 1 on. */
export function readCount(
  { value, text, span }: NumberValue,
  word: string,
  problems: Diagnostic[],
): number | null {
  if (Number.isInteger(value) && value >= 1 && value <= mostRows) return value;
  const nearest = Math.min(mostRows, Math.max(1, Math.round(Number.isFinite(value) ? value : 1)));
  problems.push({
    code: 'PQL401',
    message: `${word} is out of range`,
    span,
    found: `the number ${text}`,
    expected: `a whole number from 1 to ${mostRows}`,
    fix: { span, text: String(nearest) },
  });
  return null;
}
