import { collectionOf } from '../../dsl/query/collections.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Answer } from '../answer.ts';
import type { Asker } from '../asker.ts';
import type { CommandTools } from './answerer.ts';
export async function answerFrom(
  query: Query,
  page: number,
  tools: CommandTools,
  asker: Asker,
): Promise<Answer> {
  const { queryRows } = await import('../query/query-rows.ts');
  const found = await queryRows(tools.parts.store, asker.workspace, query, {
    size: 50,
    offset: (page - 1) * 50,
  });
  if (found === null)
    return {
      type: 'refused',
      code: 'PQL303',
      message: `there is no ${query.group} in this workspace`,
      hint: 'SHOW GROUPS',
    };
  const { shown } = collectionOf(query.collection)!;
  return {
    type: 'table',
    title: query.collection,
    columns: shown.map((name) => ({ name, type: 'text' as const })),
    rows: found.rows.map((row) => shown.map((name) => row[name] ?? null)),
    total: found.total.count,
    hint: null,
  };
}
