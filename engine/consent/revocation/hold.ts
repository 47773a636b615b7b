import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';

/** Why media is held: whose consent ended, in which way. */
export interface HoldReason {
  person: number;
  because: 'opted out' | 'grant revoked';
}

/** Takes media out of their workspace, whole and with their names: whatever reads media finds them no more, and no work is recalled as their bytes.
 * Their bytes stay, so that nobody loses by a mistake. Returns their ids (`v12`). */
export async function holdMedia(
  queries: Queries,
  workspace: string,
  media: readonly number[],
  { person, because }: HoldReason,
  by: Actor,
): Promise<string[]> {
  if (media.length === 0) return [];
  const rows = await queries.query<{ id: string; hash: string }>(
    `with called as (
       select media_id, jsonb_agg(to_jsonb(names)) as names from names where media_id = any ($1::bigint[]) group by media_id
     )
     insert into held_media (id, workspace, letter, number, hash, person_id, because, media_row, names)
     select media.id, workspace, letter, number, hash, $3, $4, to_jsonb(media), coalesce(called.names, '[]')
     from media left join called on called.media_id = media.id
     where media.id = any ($1::bigint[]) and workspace = $2
     returning letter || number as id, hash`,
    [media, workspace, person, because],
  );
  await queries.query('delete from media where id = any ($1::bigint[]) and workspace = $2', [
    media,
    workspace,
  ]);
  const hashes = rows.map(({ hash }) => hash);
  await queries.query('delete from works where workspace = $1 and hash = any ($2::text[])', [
    workspace,
    hashes,
  ]);
  const held = rows.map(({ id }) => id);
  if (held.length > 0) await audit(queries, 'results held', by, { workspace, person, because, held });
  return held;
}

/** Which of these bytes a workspace may not read, deliver or link to: held there, or anywhere since somebody opted out, whatever name they have. */
export async function heldHashes(
  queries: Queries,
  workspace: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await queries.query<{ hash: string }>(
    `select hash from unnest($2::text[]) as asked(hash) where ${isHeld('asked.hash', '$1')}`,
    [workspace, hashes],
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** The condition under which bytes are held in a workspace: they themselves, or what they are a preview or the signed copy of. */
export function isHeld(hash: string, workspace: string): string {
  return `exists (
    select from held_media
    where (held_media.workspace = ${workspace} or held_media.because = 'opted out')
      and held_media.hash in (
        select ${hash}
        union all select of from signed_copies where signed_copies.hash = ${hash}
        union all select of from previews where previews.hash = ${hash}))`;
}
