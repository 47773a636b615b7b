import type { Queries, Store } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import { dropEvidence } from '../grants/evidence.ts';
import { findRequest, requestNumber } from '../requests/file.ts';
import type { ConsentRequest } from '../requests/states.ts';
import { endGrant } from '../revocation/revoke-grant.ts';
import { askForErasure, visitorIn } from './ask.ts';
import { type FollowedRequest, followLocked } from './follow.ts';

/** Deletes what somebody sent: their words and the bytes of their evidence. A consent ends with it, whatever state it is in, since nothing would
 * prove it any more; an objection goes on, for which the name is enough. False where that was done before. */
export function clearSent(store: Store, secret: string): Promise<boolean> {
  return store.transaction(async (queries) => {
    const followed = await followLocked(queries, secret);
    if (followed === null || followed.clearedAt !== null) return false;
    if (followed.kind === 'grant') await takeBack(queries, followed);
    const evidence = followed.details.evidence?.sha256 ?? null;
    if (evidence !== null) await deleteEvidence(queries, followed.request, evidence);
    await queries.query(
      'update public_requests set message = null, appeal = null, cleared_at = now() where request_id = $1',
      [followed.request],
    );
    await audit(queries, 'sent data deleted', visitorIn(followed.workspace), {
      request: followed.id,
      ...(evidence === null ? {} : { evidence }),
    });
    return true;
  });
}

/** Asks that what was made of somebody who objects be deleted for good. False where it was asked before, or nobody objects any more. */
export function eraseToo(store: Store, secret: string): Promise<boolean> {
  return store.transaction(async (queries) => {
    const followed = await followLocked(queries, secret);
    if (followed === null || !mayErase(followed)) return false;
    const request = await findRequest(queries, followed.workspace, requestNumber(followed.id)!);
    await askForErasure(queries, request as ConsentRequest, visitorIn(followed.workspace));
    return true;
  });
}

/** Whether deleting what was made can still be asked for. */
export function mayErase({ kind, state, erasure }: FollowedRequest): boolean {
  return (
    kind === 'objection' &&
    erasure === null &&
    (state === 'open' || state === 'escalated' || state === 'approved')
  );
}

async function takeBack(queries: Queries, followed: FollowedRequest): Promise<void> {
  const by = visitorIn(followed.workspace);
  const request = await findRequest(queries, followed.workspace, requestNumber(followed.id)!, true);
  if (followed.state === 'approved') await endGrant(queries, request as ConsentRequest, by, null);
  if (followed.state !== 'open' && followed.state !== 'escalated') return;
  await queries.query(`update consent_requests set state = 'withdrawn', decided_at = now() where id = $1`, [
    followed.request,
  ]);
  await audit(queries, 'request withdrawn', by, { request: followed.id });
}

/** Unless somebody else showed the same bytes. */
async function deleteEvidence(queries: Queries, request: number, sha256: string): Promise<void> {
  await queries.query(`update consent_requests set details = details - 'evidence' where id = $1`, [request]);
  await dropEvidence(queries, sha256);
}
