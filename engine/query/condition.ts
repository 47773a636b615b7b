import { sql } from 'kysely';
import type { Comparison, Condition } from '../../dsl/query/query.ts';
import type { Sql } from './builder.ts';
import { type Column, known, never } from './columns.ts';

/** A condition in SQL. NOT is carried down to the comparisons, where it is another comparison: so an index sees it, and null stays null. Chains are
 * written flat: PostgreSQL's stack, small in WebAssembly, would not bear 10,000 parentheses. */
export function conditionSql(
  condition: Condition,
  columnOf: (field: string) => Column,
  negated = false,
): Sql {
  switch (condition.type) {
    case 'and':
    case 'or': {
      const terms = condition.of.map((each) => conditionSql(each, columnOf, negated));
      const all = (condition.type === 'and') !== negated;
      if (terms.length === 0) return all ? sql`true` : never;
      return sql`(${sql.join(terms, all ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      return conditionSql(condition.of, columnOf, !negated);
    case 'compare':
      return columnOf(condition.field).test(negated ? opposite[condition.op] : condition.op, condition.value);
    case 'between': {
      const { test } = columnOf(condition.field);
      const [from, to] = [condition.from, condition.to];
      return negated
        ? sql`(${test('<', from)} or ${test('>', to)})`
        : sql`(${test('>=', from)} and ${test('<=', to)})`;
    }
    case 'in':
      return columnOf(condition.field).among(condition.values, negated);
    case 'contains': {
      const { contains } = columnOf(condition.field);
      if (contains === null) return never;
      return negated ? sql`not (${contains(condition.text)})` : contains(condition.text);
    }
    case 'known': {
      const { value } = columnOf(condition.field);
      return negated ? sql`${value} is null` : known(value);
    }
  }
}

/** Fields that are surely known in every row that meets the condition. */
export function surelyKnown(condition: Condition | null): Set<string> {
  const terms = condition?.type === 'and' ? condition.of : condition === null ? [] : [condition];
  return new Set(terms.flatMap((term) => ('field' in term ? [term.field] : [])));
}

const opposite: Readonly<Record<Comparison, Comparison>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
