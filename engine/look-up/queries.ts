import type { Query } from '../../dsl/query/query.ts';
import { mostRows } from '../../dsl/query/read-query.ts';
import type { Answered } from '../../dsl/world.ts';
import type { Queries } from '../store/port.ts';

/** Answers what MAP and REDUCE are to work on, by the text of each query. The builder of SQL is loaded only when there is a question. */
export async function lookUpQueries(
  queries: Queries,
  workspace: string,
  asked: readonly Query[],
): Promise<Map<string, Answered>> {
  const answers = new Map<string, Answered>();
  for (const query of asked) answers.set(JSON.stringify(query), await answer(queries, workspace, query));
  return answers;
}

async function answer(queries: Queries, workspace: string, query: Query): Promise<Answered> {
  if (query.group !== null && (await isRunning(queries, workspace, query.group)))
    return { problem: 'running group' };
  const { queryMedia } = await import('../query/query-media.ts');
  // One more than can be worked on, to learn whether there are more.
  const items = await queryMedia(queries, workspace, query, mostRows + 1);
  if (items === null) return { problem: 'unknown group' };
  return items.length > mostRows ? { problem: 'too many' } : { items };
}

async function isRunning(queries: Queries, workspace: string, group: string): Promise<boolean> {
  const [row] = await queries.query<{ running: boolean }>(
    `select state = 'running' as running from runs where workspace = $1 and number = $2`,
    [workspace, Number(group.slice(1))],
  );
  return row?.running === true;
}
