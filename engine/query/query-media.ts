import { sql } from 'kysely';
import type { Facts } from '../../dsl/facts.ts';
import type { Json } from '../../dsl/json.ts';
import type { Kind } from '../../dsl/kind.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Known } from '../../dsl/world.ts';
import type { Queries } from '../store/port.ts';
import { run } from './builder.ts';
import { resultsFor } from './results.ts';
import { columnIn, select } from './select.ts';

/** Media that a query found, as the planner knows media, with every field of the collection. */
export type Found = Known & { id: string; fields: Record<string, Json> };

/** What MAP and REDUCE work on: the first `most` that a query finds in one workspace, in its order; null where it asks for a group that is not there. */
export async function queryMedia(
  queries: Queries,
  workspace: string,
  query: Query,
  most: number,
): Promise<Found[] | null> {
  const results = await resultsFor(queries, workspace, query);
  if (results === null) return null;
  const { collection, source, rows, order } = select(query, workspace, results === 'all' ? null : results);
  if (collection.gives === null) throw new Error(`${collection.name} are no media`);
  const limit = Math.min(most, query.limit ?? most);
  if (limit <= 0) return [];
  const found = await run(
    queries,
    rows
      .innerJoin('artifacts', (join) => join.on(sql<boolean>`artifacts.hash = media.hash`))
      .select([
        sql`artifacts.hash`.as('known_hash'),
        sql`artifacts.kind`.as('known_kind'),
        sql`artifacts.facts`.as('known_facts'),
        sql`media.recipe`.as('known_recipe'),
        ...collection.fields.map(({ name }) => columnIn(source, name).value.as(name)),
      ])
      .orderBy(sql.join(order))
      .limit(sql<number>`${limit}::bigint`),
  );
  return found.map(({ known_hash, known_kind, known_facts, known_recipe, ...fields }) => ({
    hash: known_hash as string,
    kind: known_kind as Kind,
    facts: known_facts as unknown as Facts,
    recipe: known_recipe as string | null,
    id: fields.id as string,
    fields,
  }));
}
