import { heldHashes } from '../consent/revocation/hold.ts';
import { Failure } from '../failure.ts';
import { originalsOf } from '../provenance/signed-copies.ts';
import type { Queries } from '../store/port.ts';

/** The media of a workspace that bytes from outside are: the same bytes, or a film that left it, with credentials or as a preview. So what comes back is
 * what it was, with its recipe, its lineage and all work that was done on it. Null where the workspace has none. Throws Failure PQL546 for
 * what is held. */
export async function knownMedia(
  queries: Queries,
  workspace: string,
  hash: string,
): Promise<{ media: number; id: string } | null> {
  const same = [hash, ...(await originalsOf(queries, workspace, hash))];
  if ((await heldHashes(queries, workspace, same)).size > 0)
    throw new Failure('user', 'PQL546', 'this is held: somebody in it took their consent back', {
      hint: 'leave it out; moderators see why with USES OF the person',
    });
  const [row] = await queries.query<{ media: number; id: string }>(
    `select id as media, letter || number as id from media
     where workspace = $1 and hash = any ($2::text[]) order by array_position($2::text[], hash) limit 1`,
    [workspace, same],
  );
  return row ?? null;
}
