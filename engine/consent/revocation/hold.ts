import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';

/** Why media is held: whose consent ended, in which way. */
export interface HoldReason {
  person: number;
  because: 'opted out' | 'grant revoked';
}

/** Takes media out of their workspace, whole and with their names: whatever reads media finds them no more, and no work is recalled as their bytes.
 * Their bytes stay, so that nobody loses by a mistake. What is held for somebody else already is held for this person too. `made` are the hashes of
 * all that shows them. Returns the ids (`v12`) of what was not held for them before. */
export async function holdMedia(
  queries: Queries,
  workspace: string,
  { media, hashes: made }: { media: readonly number[]; hashes: readonly string[] },
  { person, because }: HoldReason,
  by: Actor,
): Promise<string[]> {
  const rows = await queries.query<{ hash: string }>(
    `with called as (
       select media_id, jsonb_agg(to_jsonb(names)) as names from names where media_id = any ($1::bigint[]) group by media_id
     )
     insert into held_media (id, workspace, letter, number, hash, media_row, names)
     select media.id, workspace, letter, number, hash, to_jsonb(media), coalesce(called.names, '[]')
     from media left join called on called.media_id = media.id
     where media.id = any ($1::bigint[]) and workspace = $2
     returning hash`,
    [media, workspace],
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
  const named = await queries.query<{ id: string }>(
    `with named as (
       insert into held_for (media_id, person_id, because)
       select id, $3, $4 from held_media where workspace = $1 and hash = any ($2::text[])
       on conflict (media_id, person_id) do update set because = excluded.because
       where excluded.because = 'opted out' and held_for.because <> 'opted out'
       returning media_id
     )
     select letter || number as id from named join held_media on held_media.id = media_id order by held_media.id`,
    [workspace, made, person, because],
  );
  const held = named.map(({ id }) => id);
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
    where (held_media.workspace = ${workspace}
        or exists (select from held_for where media_id = held_media.id and because = 'opted out'))
      and held_media.hash in (
        select ${hash}
        union all select of from signed_copies where signed_copies.hash = ${hash}
        union all select of from previews where previews.hash = ${hash}))`;
}
