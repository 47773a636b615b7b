import type { Json } from '../../dsl/json.ts';
import type { Answer, Column } from '../answer.ts';
import { pipelines, prompts, videos } from '../search/places.ts';
import { mostFound, type Place, search as searchIn } from '../search/search.ts';
import type { Queries } from '../store/port.ts';
import { whereWeAre } from './answer-query.ts';
import { type Answerer, refused } from './answerer.ts';
import { column, firstLine, mostRows } from './list.ts';

interface Table {
  title: string;
  columns: Column[];
  rows: Json[][];
}

/** By `Command.subject`. */
const places: Readonly<
  Record<string, (queries: Queries, workspace: string, text: string) => Promise<Table>>
> = {
  pipelines: table(
    'Pipelines',
    pipelines,
    [column('group', 'id'), column('state', 'state'), column('asked', 'time'), column('statement', 'pql')],
    ({ id, state, created, source }) => [id, state, created.toISOString(), firstLine(source)],
  ),
  prompts: table(
    'Prompts',
    prompts,
    [column('newest', 'id'), column('clips', 'number'), column('made', 'time'), column('prompt')],
    ({ id, clips, created, prompt }) => [id, clips, created.toISOString(), firstLine(prompt)],
  ),
  videos: table(
    'Videos',
    videos,
    [
      column('id', 'id'),
      column('name'),
      column('length', 'seconds'),
      column('bytes', 'bytes'),
      column('made', 'time'),
      column('from', 'pql'),
    ],
    ({ id, name, duration, bytes, created, recipe, source }) => [
      id,
      name,
      duration,
      bytes,
      created.toISOString(),
      firstLine((recipe ?? source ?? '').replace(/^\s*--.*$/gm, '')),
    ],
  ),
};

/** SEARCH PIPELINES "words": what contains all words, also mistyped ones, the best first. */
export const search: Answerer<'search'> = async (asked, { parts }): Promise<Answer> => {
  const { text, page = 1 } = asked.arguments;
  if (!/[\p{Letter}\p{Number}]/u.test(text))
    return refused('PQL451', 'there is no word to search for', 'write SEARCH PIPELINES "harbour"');
  const place = places[asked.subject];
  if (place === undefined) throw new Error(`nobody searches ${asked.subject}`);
  const { title, columns, rows } = await place(parts.store, asked.asker.workspace, text);
  const shown = rows.slice((page - 1) * mostRows, page * mostRows);
  const total = { count: rows.length, exact: rows.length < mostFound };
  return {
    type: 'table',
    title: `${title} with ${JSON.stringify(text)}`,
    columns,
    rows: shown,
    total: rows.length,
    hint: rows.length === 0 ? 'try fewer words, or SHOW GROUPS' : whereWeAre(page, shown.length, total),
  };
};

function table<Row>(title: string, place: Place<Row>, columns: Column[], cells: (row: Row) => Json[]) {
  return async (queries: Queries, workspace: string, text: string): Promise<Table> => ({
    title,
    columns,
    rows: (await searchIn(queries, workspace, text, place)).map(cells),
  });
}
