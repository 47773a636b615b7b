import type { Json } from '../../dsl/json.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Answer, Column } from '../answer.ts';
import type { Asker } from '../asker.ts';
import type { Rows } from '../query/query-rows.ts';
import { type CommandTools, refused } from './answerer.ts';
import { mostRows } from './list.ts';
import { settingRows } from './setting-rows.ts';

/** How the rows of a query become a table. */
export interface Shown {
  title: string;
  columns: readonly ShownColumn[];
  /** What to do when there is nothing. */
  empty: string;
}

export interface ShownColumn {
  head: Column;
  /** What `of` looks at. */
  fields: readonly string[];
  of(row: Readonly<Record<string, Json>>): Json;
}

/** A page of what a query finds, as a table; `page` counts from 1. The builder of SQL is loaded only here, when there is a question. */
export async function answerQuery(
  query: Query,
  page: number,
  shown: Shown,
  tools: CommandTools,
  asker: Asker,
): Promise<Answer> {
  const part = { size: mostRows, offset: (page - 1) * mostRows };
  const found =
    query.collection === 'settings'
      ? await settingRows(query, part, tools, asker)
      : await rowsOf(query, part, shown, tools, asker);
  if (found === null)
    return refused('PQL303', `there is no ${query.group} in this workspace`, 'SHOW GROUPS lists the groups');
  const { rows, total } = found;
  return {
    type: 'table',
    title: shown.title,
    columns: shown.columns.map(({ head }) => head),
    rows: rows.map((row) => shown.columns.map(({ of }) => of(row))),
    total: total.count,
    hint: total.count === 0 ? shown.empty : whereWeAre(page, rows.length, total),
  };
}

async function rowsOf(
  query: Query,
  page: { size: number; offset: number },
  { columns }: Shown,
  { parts }: CommandTools,
  { workspace }: Asker,
): Promise<Rows | null> {
  const { queryRows } = await import('../query/query-rows.ts');
  const wanted = new Set(columns.flatMap(({ fields }) => fields));
  return queryRows(parts.store, workspace, query, page, [...wanted]);
}

/** `1–50 of 1234; PAGE 2 shows more`; null where everything is shown. */
export function whereWeAre(page: number, rows: number, { count, exact }: Rows['total']): string | null {
  const from = (page - 1) * mostRows;
  if (page === 1 && rows === count && exact) return null;
  const all = exact ? String(count) : `more than ${count}`;
  if (rows === 0)
    return exact
      ? `there is no page ${page}; the last is PAGE ${Math.ceil(count / mostRows)}`
      : `there is no page ${page}`;
  const shown = `${from + 1}–${from + rows} of ${all}`;
  return exact && from + rows >= count ? shown : `${shown}; PAGE ${page + 1} shows more`;
}
