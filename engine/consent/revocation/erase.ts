import { freeUnneeded } from '../../artifacts/freed.ts';
import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';

/** Deletes for good what is held for a person, whoever else is in it, with the bytes, and what was shown as evidence of their grants; the audit keeps the hashes. Files go
 * with the next sweep of what was freed, which the caller begins. Under `holdBytesAlone` and
 * `lockHead`. */
export async function eraseResults(queries: Queries, person: number, by: Actor): Promise<void> {
  const held = await queries.query<{ hash: string }>(
    'delete from held_media where id in (select media_id from held_for where person_id = $1) returning hash',
    [person],
  );
  const own = held.map(({ hash }) => hash);
  const segments = await queries.query<{ hash: string }>(
    `select distinct segment.result as hash
     from jobs whole join jobs segment on segment.segment_of = whole.id
     where whole.result = any ($1::text[]) and segment.result is not null`,
    [own],
  );
  const hashes = [...new Set([...own, ...segments.map(({ hash }) => hash)])];
  await queries.query('delete from works where hash = any ($1::text[])', [hashes]);
  const gone = await freeUnneeded(queries, hashes);
  const evidence = await queries.query<{ hash: string }>(
    `delete from consent_evidence where hash in (
         select details -> 'evidence' ->> 'sha256' from consent_requests where person_id = $1
         union select details -> 'picture' ->> 'sha256' from consent_requests where person_id = $1)
       and not exists (
         select from consent_requests
         where person_id <> $1 and hash in (details -> 'evidence' ->> 'sha256', details -> 'picture' ->> 'sha256'))
     returning hash`,
    [person],
  );
  await audit(queries, 'results erased', by, {
    person,
    hashes,
    freed: gone.map(({ hash }) => hash),
    evidence: evidence.map(({ hash }) => hash),
  });
}
