import { sql } from 'kysely';
import type { Comparison, Literal } from '../../dsl/query/query.ts';
import type { Sql } from './builder.ts';
import { any, type Column, known, never, operators } from './columns.ts';

/** An id whose letter is always the same: `g7`. */
export function numbered(letter: string, number: Sql, { always = false }: { always?: boolean } = {}): Column {
  return {
    value: sql`${letter}::text || ${number}`,
    sort: [{ by: number }],
    always,
    test(op, literal) {
      const id = apart(literal);
      if (id === null) return op === '!=' ? known(number) : never;
      if (id.letter !== letter) return holds(op, letter < id.letter) ? known(number) : never;
      return sql`${number} ${operators[op]} ${id.number}::integer`;
    },
    among(literals, negated) {
      return any(number, sql`${numbersOf(literals, letter)}::integer[]`, negated);
    },
    contains: null,
  };
}

/** An id of any kind of media: `v12`, `t5`. */
export function lettered(letter: Sql, number: Sql, { always = false }: { always?: boolean } = {}): Column {
  const byLetter = sql`${letter} collate "C"`;
  return {
    value: sql`${letter} || ${number}`,
    sort: [{ by: byLetter }, { by: number }],
    always,
    test(op, literal) {
      const id = apart(literal);
      if (id === null) return op === '!=' ? known(number) : never;
      // As two questions, so that the index by letter and number answers.
      if (op === '=') return sql`(${letter} = ${id.letter}::text and ${number} = ${id.number}::integer)`;
      return sql`(${byLetter}, ${number}) ${operators[op]} (${id.letter}::text, ${id.number}::integer)`;
    },
    among(literals, negated) {
      const letters = new Set(literals.flatMap((each) => apart(each)?.letter ?? []));
      const each = [...letters].map(
        (one) => sql`(${letter} = ${one}::text and ${number} = any(${numbersOf(literals, one)}::integer[]))`,
      );
      const all = each.length === 0 ? never : sql`(${sql.join(each, sql` or `)})`;
      return negated ? sql`(${known(number)} and not ${all})` : all;
    },
    contains: null,
  };
}

/** The numbers of those ids that begin with a letter. */
export function numbersOf(literals: readonly Literal[], letter: string): number[] {
  return literals.flatMap((literal) => {
    const id = apart(literal);
    return id?.letter === letter ? [id.number] : [];
  });
}

function apart(literal: Literal): { letter: string; number: number } | null {
  const id = /^([a-z])(\d{1,9})$/i.exec(String(literal));
  return id === null ? null : { letter: id[1]!.toLowerCase(), number: Number(id[2]) };
}

/** Of two that differ. */
function holds(op: Comparison, less: boolean): boolean {
  if (op === '=' || op === '!=') return op === '!=';
  return op === '<' || op === '<=' ? less : !less;
}
