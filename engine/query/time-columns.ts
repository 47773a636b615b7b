import { sql } from 'kysely';
import type { Comparison, Literal } from '../../dsl/query/query.ts';
import type { Sql } from './builder.ts';
import { any, type Column, mirrored, never, operators } from './columns.ts';

/** A point in time, to the millisecond: rows show so much, so what is asked with a time from a row finds that row, although the database keeps
 * microseconds. */
export function moment(by: Sql, { always = false }: { always?: boolean } = {}): Column {
  const rounded = sql`date_trunc('milliseconds', ${by})`;
  return {
    value: by,
    sort: [{ by }],
    always,
    test(op, literal) {
      const from = instant(literal);
      if (from === null) return never;
      const until = sql`${from}::timestamptz + interval '1 millisecond'`;
      switch (op) {
        case '=':
          return sql`(${by} >= ${from}::timestamptz and ${by} < ${until})`;
        case '!=':
          return sql`(${by} < ${from}::timestamptz or ${by} >= ${until})`;
        case '<':
        case '>=':
          return sql`${by} ${operators[op]} ${from}::timestamptz`;
        case '<=':
          return sql`${by} < ${until}`;
        case '>':
          return sql`${by} >= ${until}`;
      }
    },
    among: (literals, negated) =>
      any(rounded, sql`${literals.flatMap((each) => instant(each) ?? [])}::timestamptz[]`, negated),
    contains: null,
  };
}

/** Seconds since a point in time: asked of the time itself, which has an index. */
export function age(since: Sql): Column {
  const by = sql`extract(epoch from now() - ${since})::double precision`;
  const test = (op: Comparison, literal: Literal) => {
    if (op === '=' || op === '!=') return sql`${by} ${operators[op]} ${Number(literal)}::double precision`;
    const seconds = Math.max(-longest, Math.min(longest, Number(literal)));
    return sql`${since} ${operators[mirrored[op]]} now() - make_interval(secs => ${seconds}::double precision)`;
  };
  return {
    value: by,
    sort: [{ by: since, flipped: true }],
    always: true,
    test,
    among: (literals, negated) => any(by, sql`${literals.map(Number)}::double precision[]`, negated),
    contains: null,
  };
}

/** From one time to another, or to now; null when it has not begun. */
export function between(from: Sql, to: Sql): Sql {
  return sql`extract(epoch from coalesce(${to}, now()) - ${from})::double precision`;
}

/** Three hundred years: older than anything here, and no interval that PostgreSQL refuses. */
const longest = 1e10;

/** PostgreSQL would read a time without a zone by the server's; ISO 8601 without one is UTC here. */
function instant(literal: Literal): string | null {
  const time = new Date(String(literal));
  const year = time.getUTCFullYear();
  return Number.isNaN(time.getTime()) || year < 1 || year > 9999 ? null : time.toISOString();
}
