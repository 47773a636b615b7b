import { sql } from 'kysely';
import type { Collection } from '../../dsl/query/collection.ts';
import { collectionOf } from '../../dsl/query/collections.ts';
import { tooMuch } from '../../dsl/query/limits.ts';
import type { Order, Query } from '../../dsl/query/query.ts';
import { simplify } from '../../dsl/query/simplify.ts';
import { Failure } from '../failure.ts';
import { builder, type Sql } from './builder.ts';
import type { Column } from './columns.ts';
import { conditionSql, surelyKnown } from './condition.ts';
import type { Source } from './sources/source.ts';
import { sourceOf } from './sources/source-of.ts';

/** A query understood: what to select from, and what of it. */
export interface Selection {
  collection: Collection;
  source: Source;
  /** The rows of the workspace that meet the condition, in no order. */
  rows: ReturnType<typeof rowsOf>;
  /** What ORDER BY is given. */
  order: Sql[];
}

/** Turns a query into the beginning of a statement. `results`: only media of these hashes, in this order unless another is asked. */
export function select(query: Query, workspace: string, results: readonly string[] | null): Selection {
  const collection = collectionOf(query.collection);
  if (collection === null) throw new Error(`there is no collection ${query.collection}`);
  const problem = query.where === null ? null : tooMuch(query.where);
  if (problem !== null)
    throw new Failure('user', 'PQL461', problem, { hint: 'ask in several questions, or by name' });
  const source = sourceOf(collection.name, workspace);
  const where = query.where === null ? null : simplify(query.where);
  const columnOf = (field: string) => columnIn(source, field);
  const rows = rowsOf(source, workspace, where === null ? null : conditionSql(where, columnOf), results);
  const order =
    results !== null && query.order.length === 0
      ? [positionIn(results)]
      : orderSql(query.order.length > 0 ? query.order : [collection.order], source, surelyKnown(where));
  return { collection, source, rows, order };
}

/** How a field stands in SQL. */
export function columnIn(source: Source, field: string): Column {
  const column = source.columns[field];
  if (column === undefined) throw new Error(`there is no field ${field} of ${source.table}`);
  return column;
}

function rowsOf(source: Source, workspace: string, where: Sql | null, results: readonly string[] | null) {
  let rows = builder.selectFrom(source.table).where(`${source.table}.workspace`, '=', workspace);
  const among = results === null ? null : sql`media.hash = any(${results}::text[])`;
  for (const each of [among, source.only, where]) if (each !== null) rows = rows.where(sql<boolean>`${each}`);
  return rows;
}

/** By a look-up in an object, where `array_position` would go through all of it for each row. */
function positionIn(results: readonly string[]): Sql {
  const positions = JSON.stringify(Object.fromEntries(results.map((hash, position) => [hash, position])));
  return sql`(${positions}::jsonb ->> media.hash)::integer`;
}

/** What is not known comes last; said only of what may be unknown, since an index is in one order. */
function orderSql(order: readonly Order[], source: Source, surely: ReadonlySet<string>): Sql[] {
  const all = order.flatMap(({ field, descending }) => {
    const { sort, always, loose } = columnIn(source, field);
    return sort.map(({ by, flipped }) => {
      const down = descending !== (flipped === true);
      if (always || (surely.has(field) && loose !== true)) return down ? sql`${by} desc` : sql`${by}`;
      return down ? sql`${by} desc nulls last` : sql`${by} nulls last`;
    });
  });
  const last = order.at(-1);
  return [...all, last?.descending === false ? source.tie : sql`${source.tie} desc`];
}
