import { sql } from 'kysely';
import { folded as inLowerCase } from '../../dsl/query/folded.ts';
import type { Comparison, Literal } from '../../dsl/query/query.ts';
import type { Sql } from './builder.ts';

/** A field in SQL. What is not known is null; no test is ever put under a NOT, so false may stand for null. */
export interface Column {
  /** As it stands in rows. */
  value: Sql;
  /** What orders it, in turn; `flipped`: the greater, the earlier. */
  sort: readonly { by: Sql; flipped?: true }[];
  /** It is never null. */
  always: boolean;
  /** What `test` finds may be null in rows all the same. */
  loose?: true;
  test(op: Comparison, literal: Literal): Sql;
  among(literals: readonly Literal[], negated: boolean): Sql;
  /** Null where it has no text. */
  contains: ((text: string) => Sql) | null;
}

/** Of the expression itself. */
interface More {
  always?: boolean;
}

export const never = sql`false`;

/** In SQL's own words. */
export const operators: Readonly<Record<Comparison, Sql>> = {
  '=': sql`=`,
  '!=': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

/** The same comparison of the negated: older is created before. */
export const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Double precision. */
export function real(by: Sql, { always = false }: More = {}): Column {
  return {
    value: by,
    sort: [{ by }],
    always,
    test: (op, literal) => sql`${by} ${operators[op]} ${Number(literal)}::double precision`,
    among: (literals, negated) => any(by, sql`${literals.map(Number)}::double precision[]`, negated),
    contains: null,
  };
}

/** Integer or bigint: what is asked in fractions or beyond 2^63 becomes the nearest question about whole numbers, so that an index answers. */
export function whole(by: Sql, { always = false }: More = {}): Column {
  return {
    value: by,
    sort: [{ by }],
    always,
    test(op, literal) {
      const value = Number(literal);
      if (!Number.isInteger(value) && (op === '=' || op === '!=')) return op === '=' ? never : known(by);
      const bound = op === '<' || op === '>=' ? Math.ceil(value) : Math.floor(value);
      return sql`${by} ${operators[op]} ${bigint(bound)}::bigint`;
    },
    among: (literals, negated) =>
      any(by, sql`${literals.map(Number).filter(Number.isInteger).map(bigint)}::bigint[]`, negated),
    contains: null,
  };
}

export function flag(by: Sql, { always = false }: More = {}): Column {
  return {
    value: by,
    sort: [{ by }],
    always,
    test: (op, literal) => sql`${by} ${operators[op]} ${literal === true}::boolean`,
    among: (literals, negated) =>
      any(by, sql`${literals.map((literal) => String(literal === true))}::boolean[]`, negated),
    contains: null,
  };
}

/** Without regard to case. Rows carry its beginning, since a script may be megabytes. */
export function text(by: Sql, { always = false, shown = by }: More & { shown?: Sql } = {}): Column {
  const folded = sql`folded(${by})`;
  return {
    value: shown,
    sort: [{ by: sql`${folded} collate "C"` }],
    always,
    test: (op, literal) =>
      op === '=' || op === '!='
        ? sql`${folded} ${operators[op]} folded(${said(literal)}::text)`
        : sql`${folded} collate "C" ${operators[op]} folded(${said(literal)}::text)`,
    among: (literals, negated) =>
      any(
        folded,
        sql`array(select folded(word) from unnest(${literals.map(said)}::text[]) as list(word))`,
        negated,
      ),
    contains: (part) => sql`position(folded(${said(part)}::text) in ${folded}) > 0`,
  };
}

/** One of a few, kept in lower case. */
export function word(by: Sql, { always = false }: More = {}): Column {
  const lower = (literal: Literal) => inLowerCase(said(literal));
  return {
    value: by,
    sort: [{ by: sql`${by} collate "C"` }],
    always,
    test: (op, literal) =>
      op === '=' || op === '!='
        ? sql`${by} ${operators[op]} ${lower(literal)}::text`
        : sql`${by} collate "C" ${operators[op]} ${lower(literal)}::text`,
    among: (literals, negated) => any(by, sql`${literals.map(lower)}::text[]`, negated),
    contains: (part) => sql`position(folded(${said(part)}::text) in ${by}) > 0`,
  };
}

/** In the list, or known and not in it: what is not known is in no list, not even under NOT. */
export function any(by: Sql, list: Sql, negated: boolean): Sql {
  return negated ? sql`(${known(by)} and not (${by} = any(${list})))` : sql`${by} = any(${list})`;
}

export function known(by: Sql): Sql {
  return sql`${by} is not null`;
}

/** PostgreSQL has no text with a NUL in it, so nothing is equal to one. */
function said(literal: Literal): string {
  return String(literal).replaceAll('\0', '\uFFFD');
}

function bigint(value: number): string {
  const most = 2n ** 63n - 1n;
  if (Math.abs(value) >= 2 ** 63) return String(value > 0 ? most : -most);
  return BigInt(value).toString();
}
