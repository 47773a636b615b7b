import type { Condition } from './query.ts';

/** So many comparisons may stand in one condition; a value of an IN list counts as one. */
export const mostTerms = 10_000;

/** So deep may AND and OR alternate, NOT included: what stands in one chain of ANDs or ORs counts once, whatever its parentheses. */
export const mostDepth = 100;

/** Why a condition is too much for one question, for the asker to read; null when it is fine. Needs no stack of its own. */
export function tooMuch(condition: Condition): string | null {
  let terms = 0;
  const open: { condition: Condition; depth: number; inside: Condition['type'] | null }[] = [
    { condition, depth: 0, inside: null },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { type } = next.condition;
    const depth = next.depth + (type === next.inside && type !== 'not' ? 0 : 1);
    if (depth > mostDepth) return `the condition is nested more than ${mostDepth} deep`;
    if (type === 'and' || type === 'or')
      for (const each of next.condition.of) open.push({ condition: each, depth, inside: type });
    else if (type === 'not') open.push({ condition: next.condition.of, depth, inside: type });
    else terms += type === 'in' ? Math.max(1, next.condition.values.length) : 1;
    if (terms > mostTerms) return `the condition has more than ${mostTerms.toLocaleString('en')} comparisons`;
  }
  return null;
}
