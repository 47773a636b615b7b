import { rank } from '../search/rank.ts';
import { type Answerer, refused } from './answerer.ts';
import { column, firstLine, mostRows } from './list.ts';

/** So many groups are read through, the newest: some 20 MB at most, a tenth of a second. */
const mostGroups = 5000;

/** Of each, so much. */
const mostText = 4000;

/** SEARCH PIPELINES "words": earlier statements that contain all words, also mistyped ones, the best first. */
export const search: Answerer<'search'> = async ({ arguments: { text }, asker }, { parts }) => {
  if (!/[\p{Letter}\p{Number}]/u.test(text))
    return refused('PQL451', 'there is no word to search for', 'write SEARCH PIPELINES "harbour"');
  const rows = await parts.store.query<{ id: string; state: string; source: string; created: Date }>(
    `select 'g' || number as id, state, left(source, $3) as source, created_at as created
     from runs where workspace = $1 order by runs.id desc limit $2`,
    [asker.workspace, mostGroups, mostText],
  );
  const found = rank(text, rows, ({ source }) => source);
  return {
    type: 'table',
    title: `Pipelines with ${JSON.stringify(text)}`,
    columns: [
      column('group', 'id'),
      column('state', 'state'),
      column('asked', 'time'),
      column('statement', 'pql'),
    ],
    rows: found
      .slice(0, mostRows)
      .map(({ item: { id, state, created, source } }) => [
        id,
        state,
        created.toISOString(),
        firstLine(source),
      ]),
    total: found.length,
    hint: found.length === 0 ? 'try fewer words, or SHOW GROUPS' : null,
  };
};
