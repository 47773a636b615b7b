import type { Asker } from '../../asker.ts';
import type { Queries, Store } from '../../store/port.ts';
import { audit, lockHead, raiseEpoch } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';
import { findRequest } from '../requests/file.ts';
import type { ConsentRequest } from '../requests/states.ts';

/** Ends a grant at once; what was made under it is to be looked for. Returns why not, in words; null when it is done. */
export function revokeGrant(
  store: Store,
  asker: Asker,
  number: number,
  reason: string | null,
): Promise<{ refused: string; hint: string | null } | null> {
  return store.transaction(async (queries) => {
    await lockHead(queries);
    const request = await findRequest(queries, asker.workspace, number, true);
    const id = `r${number}`;
    if (request === null || request.kind !== 'grant')
      return { refused: `there is no grant ${id} in this workspace`, hint: 'SHOW GRANTS lists them' };
    if (!asker.roles.includes('moderator') && !asker.roles.includes('admin'))
      return {
        refused: 'moderators end grants',
        hint: 'the person themselves may say OPT OUT, which ends all of theirs',
      };
    if (!(await endGrant(queries, request, asker, reason)))
      return {
        refused: `the grant ${id} does not stand: it is ${request.state}`,
        hint: `FIND REQUEST ${id} shows it`,
      };
    await queries.query(
      `insert into consent_decisions (request_id, moderator, verdict, reason) values ($1, $2, 'revoke', $3)`,
      [request.id, asker.user, reason],
    );
    return null;
  });
}

/** Ends a grant; what was made under it is to be looked for. False when it does not stand. Under `lockHead`. */
export async function endGrant(
  queries: Queries,
  { id, number, person, workspace }: ConsentRequest,
  by: Actor,
  reason: string | null,
): Promise<boolean> {
  const rows = await queries.query(
    `update grants set revoked_at = now(), revoked_by = $2 where request_id = $1 and revoked_at is null returning 1 as one`,
    [id, by.user],
  );
  if (rows.length === 0) return false;
  await queries.query(`update consent_requests set state = 'revoked', decided_at = now() where id = $1`, [
    id,
  ]);
  await raiseEpoch(queries);
  await queries.query(
    `insert into consent_scans (person_id, workspace, because) values ($1, $2, 'grant revoked')`,
    [person, workspace],
  );
  await audit(queries, 'grant revoked', by, { grant: `r${number}`, person, reason });
  return true;
}
