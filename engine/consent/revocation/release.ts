import { putCardsBack } from '../../cards/take-away.ts';
import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';

/** Puts back what was held for a person, under the ids that they had, with their names where nobody took them since, and the cards that showed it. What a workspace made anew
 * meanwhile stays as it is, and what is held for somebody else as well stays held. Whoever said no since it was made is looked for again: held media of
 * before were held for one of several only. Under `lockHead`. */
export async function releaseResults(queries: Queries, person: number, by: Actor): Promise<void> {
  const named = await queries.query<{ id: number }>(
    'delete from held_for where person_id = $1 returning media_id as id',
    [person],
  );
  const free = named.map(({ id }) => id);
  const rows = await queries.query<{ id: number; workspace: string; hash: string; at: Date }>(
    `insert into media overriding system value
     select (jsonb_populate_record(null::media, media_row || jsonb_build_object(
               'job_id', (select jobs.id from jobs where jobs.id = (media_row ->> 'job_id')::bigint)))).*
     from held_media held
     where id = any ($1::bigint[]) and not exists (select from held_for where media_id = held.id)
       and not exists (select from media where media.workspace = held.workspace and media.hash = held.hash)
     returning id, workspace, hash, created_at as at`,
    [free],
  );
  const media = rows.map(({ id }) => id);
  await queries.query(
    `insert into names
     select (jsonb_populate_record(null::names, name)).*
     from held_media, jsonb_array_elements(held_media.names) as name
     where held_media.id = any ($1::bigint[])
     on conflict (workspace, key) do nothing`,
    [media],
  );
  await queries.query(
    `delete from held_media where id = any ($1::bigint[]) and not exists (select from held_for where media_id = id)`,
    [free],
  );
  if (rows.length > 0) await seekOthers(queries, person, rows);
  for (const workspace of new Set(rows.map((row) => row.workspace)))
    await putCardsBack(
      queries,
      workspace,
      rows.filter((row) => row.workspace === workspace).map(({ hash }) => hash),
    );
  await audit(queries, 'results released', by, { person, media });
}

/** An opt-out ends the grants of its person in the same transaction, at the same time: that is no revocation of its own. */
async function seekOthers(
  queries: Queries,
  person: number,
  released: readonly { workspace: string; at: Date }[],
): Promise<void> {
  const since = new Date(Math.min(...released.map(({ at }) => at.getTime())));
  await queries.query(
    `insert into consent_scans (person_id, workspace, because)
     select person_id, null, 'opted out' from opt_outs where ended_at is null and at >= $1
     union
     select person_id, workspace, 'grant revoked' from grants
     where revoked_at >= $1 and workspace = any ($2::text[]) and person_id <> $3
       and not exists (select from opt_outs where opt_outs.person_id = grants.person_id and at = revoked_at)`,
    [since, [...new Set(released.map(({ workspace }) => workspace))], person],
  );
}
