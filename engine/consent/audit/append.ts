import { canonicalJson, type JsonObject } from '../../../dsl/json.ts';
import type { Queries } from '../../store/port.ts';
import { consentLock } from '../gate/stale.ts';
import type { Actor } from '../registry/person.ts';

/** What the audit tells of. */
export type AuditAction =
  | 'people imported'
  | 'opted out'
  | 'opted out for now'
  | 'opted in'
  | 'request filed'
  | 'request approved'
  | 'request denied'
  | 'request escalated'
  | 'request appealed'
  | 'request withdrawn'
  | 'evidence added'
  | 'evidence read'
  | 'sent data deleted'
  | 'face remembered'
  | 'face forgotten'
  | 'grant signed'
  | 'grant revoked'
  | 'results held'
  | 'results released'
  | 'results erased'
  | 'epoch raised';

/** Adds an entry to the audit in the transaction of what it tells of. The database numbers, dates and chains it (migrations/0016-consent.sql),
 * so that whoever adds one holds the head of the chain until the end of the transaction. */
export async function audit(
  queries: Queries,
  action: AuditAction,
  by: Actor,
  about: JsonObject,
): Promise<void> {
  await queries.query('insert into consent_audit (action, body) values ($1, $2)', [
    action,
    canonicalJson({ by: { workspace: by.workspace, user: by.user }, ...about }),
  ]);
}

/** Takes the head of the chain until the transaction ends: first in every transaction that changes who may be shown. Returns the epoch. */
export async function lockHead(queries: Queries): Promise<number> {
  await queries.query('select pg_advisory_xact_lock($1::bigint)', [consentLock]);
  const [head] = await queries.query<{ epoch: number }>('select epoch from consent_head for update');
  return (head as { epoch: number }).epoch;
}

/** Makes every admission so far void, so that it is judged anew. Returns the new epoch. Under `lockHead`, whose lock it takes where nobody has. Whoever
 * publishes holds that lock shared, so what was admitted before is published before or not at all. */
export async function raiseEpoch(queries: Queries): Promise<number> {
  const [head] = await queries.query<{ epoch: number }>(
    'update consent_head set epoch = epoch + 1 where pg_advisory_xact_lock($1::bigint) is not null returning epoch',
    [consentLock],
  );
  return (head as { epoch: number }).epoch;
}
