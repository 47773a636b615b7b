import type { Condition, Literal } from './query.ts';

/** The same condition with less to it: chains of AND and OR are flat, NOT NOT is gone, and many `field = value` in one OR are one IN, which
 * an index answers at once. For conditions within the limits (limits.ts), whose chains may be deep all the same. */
export function simplify(condition: Condition): Condition {
  switch (condition.type) {
    case 'and':
    case 'or': {
      const terms = chain(condition)
        .map(simplify)
        .flatMap((term) => (term.type === condition.type ? term.of : [term]));
      const fewer = condition.type === 'or' ? merged(terms) : terms;
      return fewer.length === 1 ? fewer[0]! : { type: condition.type, of: fewer };
    }
    case 'not': {
      const inner = simplify(condition.of);
      return inner.type === 'not' ? inner.of : { type: 'not', of: inner };
    }
    default:
      return condition;
  }
}

/** The terms of a chain in their order, however it was put in parentheses: without recursion, since a chain of 10,000 may be as deep. */
function chain(condition: Extract<Condition, { type: 'and' | 'or' }>): Condition[] {
  const terms: Condition[] = [];
  const open: Condition[] = [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === condition.type) for (const each of next.of.toReversed()) open.push(each);
    else terms.push(next);
  }
  return terms;
}

/** Each field's equalities together, where the first of them stood. */
function merged(terms: readonly Condition[]): Condition[] {
  const values = new Map<string, Set<Literal>>();
  for (const term of terms)
    if (isEquality(term)) {
      const all = values.get(term.field) ?? new Set();
      for (const value of term.type === 'in' ? term.values : [term.value]) all.add(value);
      values.set(term.field, all);
    }
  return terms.flatMap((term): Condition[] => {
    if (!isEquality(term)) return [term];
    const all = [...(values.get(term.field) ?? [])];
    values.delete(term.field);
    if (all.length === 0) return [];
    return all.length === 1
      ? [{ type: 'compare', field: term.field, op: '=', value: all[0]! }]
      : [{ type: 'in', field: term.field, values: all }];
  });
}

function isEquality(term: Condition): term is Extract<Condition, { type: 'compare' | 'in' }> {
  return (term.type === 'compare' && term.op === '=') || (term.type === 'in' && term.values.length > 0);
}
