import type { Queries } from '../store/port.ts';

/** What a mark in frames leads back to. */
export interface Marked {
  /** Whether the workspace that asks made it; of others nothing is told. */
  own: boolean;
  /** `v12`; null where it has no id, or is not shown any more. */
  media: string | null;
  /** `g7`; null where the run was removed. */
  group: string | null;
  /** Canonical PQL. */
  recipe: string | null;
}

/** Finds the finished work whose key begins with the payload of a mark: that of the workspace, or else of any other of this installation; null
 * where nobody remembers it. */
export async function findMarked(
  queries: Queries,
  workspace: string,
  payload: string,
): Promise<Marked | null> {
  return (await ownWork(queries, workspace, payload)) ?? (await othersWork(queries, payload));
}

/** Keys are hexadecimal, so that all which begin like this come before the same with a g. */
async function ownWork(queries: Queries, workspace: string, payload: string): Promise<Marked | null> {
  const [row] = await queries.query<Marked>(
    `select true as own, media.letter || media.number as media, 'g' || runs.number as group, made.recipe
     from works
     left join media on media.workspace = works.workspace and media.hash = works.hash
     left join lateral (
       select run_id, recipe from jobs
       where jobs.workspace = works.workspace and operation = 'generate' and state = 'done' and jobs.work_key = works.work_key
       order by id limit 1) made on true
     left join runs on runs.id = made.run_id
     where works.workspace = $1 and works.work_key >= $2 and works.work_key < $2 || 'g' and works.operation = 'generate'
     limit 1`,
    [workspace, payload],
  );
  return row ?? null;
}

async function othersWork(queries: Queries, payload: string): Promise<Marked | null> {
  const [row] = await queries.query(
    `select from workspaces
     where exists (
       select from works
       where works.workspace = workspaces.name and work_key >= $1 and work_key < $1 || 'g' and operation = 'generate')
     limit 1`,
    [payload],
  );
  return row === undefined ? null : { own: false, media: null, group: null, recipe: null };
}
