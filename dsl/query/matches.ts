import type { Json } from '../json.ts';
import { byCodePoint, folded } from './folded.ts';
import type { Comparison, Condition, Order } from './query.ts';

/** A row of a collection by field; what is not known is null or absent. */
export type Row = Readonly<Record<string, Json | undefined>>;

/** Whether a row meets a condition: the same as SQL says of the same row. Texts compare without regard to case, ids by letter and number, times as
 * moments. */
export function matches(condition: Condition, row: Row): boolean {
  return truth(condition, row) === true;
}

/** Orders rows; what is not known comes last, whichever way. */
export function compareBy(order: readonly Order[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const { field, descending } of order) {
      const [one, other] = [a[field] ?? null, b[field] ?? null];
      if (one === null || other === null) {
        if (one !== other) return one === null ? 1 : -1;
        continue;
      }
      const difference = compare(one, other) ?? 0;
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  };
}

/** Null is neither true nor false: not known. */
function truth(condition: Condition, row: Row): boolean | null {
  switch (condition.type) {
    case 'and':
      return every(condition.of, false, row);
    case 'or':
      return every(condition.of, true, row);
    case 'not':
      return negated(truth(condition.of, row));
    case 'known':
      return (row[condition.field] ?? null) !== null;
    case 'compare':
      return holds(row[condition.field] ?? null, condition.op, condition.value);
    case 'between': {
      const value = row[condition.field] ?? null;
      return both(holds(value, '>=', condition.from), holds(value, '<=', condition.to));
    }
    case 'in': {
      const value = row[condition.field] ?? null;
      return value === null ? null : condition.values.some((each) => compare(value, each) === 0);
    }
    case 'contains': {
      const value = row[condition.field] ?? null;
      return typeof value === 'string' ? folded(value).includes(folded(condition.text)) : null;
    }
  }
}

/** One `decisive` term decides; else one that is not known leaves it open. */
function every(terms: readonly Condition[], decisive: boolean, row: Row): boolean | null {
  let open = false;
  for (const term of terms) {
    const value = truth(term, row);
    if (value === decisive) return decisive;
    if (value === null) open = true;
  }
  return open ? null : !decisive;
}

function both(a: boolean | null, b: boolean | null): boolean | null {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function holds(value: Json, op: Comparison, literal: Json): boolean | null {
  const difference = compare(value, literal);
  if (difference === null) return null;
  switch (op) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}

/** Below, equal or above 0; null for what cannot be compared. */
function compare(a: Json, b: Json): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (typeof a !== 'string' || typeof b !== 'string') return null;
  if (time.test(a) && time.test(b)) return Date.parse(a) - Date.parse(b);
  const [one, other] = [id.exec(a), id.exec(b)];
  if (one !== null && other !== null)
    return byCodePoint(folded(one[1]!), folded(other[1]!)) || Number(one[2]) - Number(other[2]);
  return byCodePoint(folded(a), folded(b));
}

const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/;
const id = /^([a-z])(\d{1,9})$/i;
