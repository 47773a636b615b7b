import type { Store } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import { hoursToDecide } from '../requests/states.ts';
import { visitorIn } from './ask.ts';
import { followLocked } from './follow.ts';

/** Asks that a denied request be looked at again, once, by an admin who did not deny it. False where there is nothing to appeal from. */
export function appeal(store: Store, secret: string, words: string): Promise<boolean> {
  return store.transaction(async (queries) => {
    const followed = await followLocked(queries, secret);
    if (followed === null || followed.state !== 'denied' || followed.appealedAt !== null) return false;
    await queries.query('update public_requests set appeal = $2, appealed_at = now() where request_id = $1', [
      followed.request,
      words,
    ]);
    await queries.query(
      `update consent_requests set state = 'escalated', decided_at = null, due_at = now() + $2 * interval '1 hour' where id = $1`,
      [followed.request, hoursToDecide[followed.kind]],
    );
    await audit(queries, 'request appealed', visitorIn(followed.workspace), { request: followed.id });
    return true;
  });
}
