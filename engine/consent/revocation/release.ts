import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';

/** Puts back what was held for a person, under the ids that they had, and their names where nobody took them since. What a workspace made anew
 * meanwhile stays as it is. Under `lockHead`. */
export async function releaseResults(queries: Queries, person: number, by: Actor): Promise<void> {
  const rows = await queries.query<{ id: number }>(
    `insert into media overriding system value
     select (jsonb_populate_record(null::media, media_row || jsonb_build_object(
               'job_id', (select jobs.id from jobs where jobs.id = (media_row ->> 'job_id')::bigint)))).*
     from held_media held
     where person_id = $1
       and not exists (select from media where media.workspace = held.workspace and media.hash = held.hash)
     returning id`,
    [person],
  );
  const media = rows.map(({ id }) => id);
  await queries.query(
    `insert into names
     select (jsonb_populate_record(null::names, name)).*
     from held_media, jsonb_array_elements(held_media.names) as name
     where person_id = $1 and held_media.id = any ($2::bigint[])
     on conflict (workspace, key) do nothing`,
    [person, media],
  );
  await queries.query('delete from held_media where person_id = $1', [person]);
  await audit(queries, 'results released', by, { person, media });
}
