import type { Queries } from '../../store/port.ts';
import type { NamedUse } from '../grants/uses-of.ts';

/** What is held for people in a workspace. */
export function heldOf(queries: Queries, workspace: string, people: readonly number[]): Promise<NamedUse[]> {
  return queries.query<NamedUse>(
    `select letter || number as what, 'held' as state, held_for.held_at as at, because as says
     from held_media join held_for on media_id = id
     where workspace = $1 and person_id = any ($2::bigint[]) order by held_for.held_at desc limit 500`,
    [workspace, people],
  );
}
