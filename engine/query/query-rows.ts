import { sql } from 'kysely';
import type { Json } from '../../dsl/json.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Queries } from '../store/port.ts';
import { builder, run } from './builder.ts';
import { resultsFor } from './results.ts';
import { columnIn, type Selection, select } from './select.ts';

/** Part of an answer: so many rows after so many others. */
export interface Page {
  size: number;
  offset: number;
}

/** Rows by field, and how many there are on all pages: counted up to 10,000, beyond which `exact` is false. */
export interface Rows {
  rows: Record<string, Json>[];
  total: { count: number; exact: boolean };
}

/** Answers a query from one workspace, a page of it, with all fields of the collection or those that are wanted; null where it asks for a group that
 * is not there. */
export async function queryRows(
  queries: Queries,
  workspace: string,
  query: Query,
  page: Page,
  wanted: readonly string[] | null = null,
): Promise<Rows | null> {
  const results = await resultsFor(queries, workspace, query);
  if (results === null) return null;
  const selection = select(query, workspace, results === 'all' ? null : results);
  const left = query.limit === null ? page.size : Math.min(page.size, query.limit - page.offset);
  const rows = left <= 0 ? [] : await read(queries, selection, wanted, left, page.offset);
  // The last page shows by itself how many there are.
  const shown = rows.length > 0 || page.offset === 0;
  if (query.limit === 0 || (shown && rows.length < left))
    return { rows, total: { count: page.offset + rows.length, exact: true } };
  return { rows, total: await count(queries, selection, query.limit) };
}

/** Counting a million takes seconds, and nobody turns so many pages. */
const mostCounted = 10_000;

async function count(queries: Queries, { rows }: Selection, limit: number | null): Promise<Rows['total']> {
  const most = Math.min(limit ?? mostCounted + 1, mostCounted + 1);
  const some = rows.select(sql`1`.as('one')).limit(most).as('some');
  const [row] = await run(queries, builder.selectFrom(some).select(sql`count(*)::integer`.as('count')));
  const counted = row?.count as number;
  return counted > mostCounted ? { count: mostCounted, exact: false } : { count: counted, exact: true };
}

function read(
  queries: Queries,
  { collection, source, rows, order }: Selection,
  wanted: readonly string[] | null,
  limit: number,
  offset: number,
): Promise<Record<string, Json>[]> {
  const names = wanted ?? collection.fields.map(({ name }) => name);
  const fields = names.map((name) => columnIn(source, name).value.as(name));
  return run(
    queries,
    rows
      .select(fields)
      .orderBy(sql.join(order))
      .limit(sql<number>`${limit}::bigint`)
      .offset(sql<number>`${offset}::bigint`),
  );
}
