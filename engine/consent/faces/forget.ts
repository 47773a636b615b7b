import type { Queries, Store } from '../../store/port.ts';
import { audit, lockHead } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';
import { findRequest } from '../requests/file.ts';
import { deletePicture } from './remember.ts';

/** What was deleted. */
export interface Forgotten {
  templates: number;
  /** That were not decided. */
  requests: number;
}

/** Whether somebody asked for what is known of one of these people. */
export async function mayForget(
  queries: Queries,
  people: readonly number[],
  { workspace, user }: Actor,
): Promise<boolean> {
  const rows = await queries.query(
    `select 1 from consent_requests
     where kind = 'face' and person_id = any ($1::bigint[]) and workspace = $2 and asked_by = $3 limit 1`,
    [people, workspace, user],
  );
  return rows.length > 0;
}

/** Deletes every template of these people and what was found by it, with the bytes; takes back what was asked and not decided, with the pictures. */
export async function forgetFaces(store: Store, people: readonly number[], by: Actor): Promise<Forgotten> {
  const all = { templates: 0, requests: 0 };
  for (const person of people) {
    const gone = await store.transaction(async (queries) => {
      await lockHead(queries);
      return deleteFaces(queries, person, by);
    });
    all.templates += gone.templates;
    all.requests += gone.requests;
  }
  if (all.templates > 0) await wipeFaces(store);
  return all;
}

/** The rows alone: what is left of them in the table's file goes with `wipeFaces`. Under `lockHead`. */
export async function deleteFaces(queries: Queries, person: number, by: Actor): Promise<Forgotten> {
  const gone = await queries.query<{ request: string }>(
    `with gone as (delete from face_templates where person_id = $1 returning request_id),
          found as (delete from face_findings where person_id = $1)
     update consent_requests set state = 'revoked', decided_at = now()
     where id in (select request_id from gone) returning 'r' || number as request`,
    [person],
  );
  const open = await queries.query<{ workspace: string; number: number }>(
    `update consent_requests set state = 'withdrawn', decided_at = now()
     where kind = 'face' and person_id = $1 and state in ('open', 'escalated') returning workspace, number`,
    [person],
  );
  for (const { workspace, number } of open)
    await deletePicture(queries, (await findRequest(queries, workspace, number))!);
  const requests = [...gone.map(({ request }) => request), ...open.map(({ number }) => `r${number}`)];
  if (requests.length > 0) await audit(queries, 'face forgotten', by, { person, requests });
  return { templates: gone.length, requests: open.length };
}

/** Takes what was deleted out of the table's file: a row that is deleted stays there until something else is written in its place. What is left in the
 * write-ahead log and in copies is sealed. */
export async function wipeFaces(store: Store): Promise<void> {
  await store.query('vacuum full face_templates');
}
