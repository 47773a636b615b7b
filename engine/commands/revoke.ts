import { consentOf } from '../consent/of.ts';
import { requestNumber } from '../consent/requests/file.ts';
import { revokeGrant } from '../consent/revocation/revoke-grant.ts';
import { type Answerer, plainText } from './answerer.ts';
import { noRequest, notYours } from './consent-roles.ts';

/** REVOKE r9: the grant ends, work under it stops, results are held. */
export const revoke: Answerer<'revoke'> = async ({ arguments: { target, because }, asker }, { parts }) => {
  const number = requestNumber(target);
  if (number === null) return noRequest(target);
  const refused = await revokeGrant(parts.store, asker, number, because);
  if (refused !== null) return notYours(refused.refused, refused.hint);
  const [done] = await consentOf(parts).revoke(parts);
  return plainText(
    done === undefined
      ? `The grant r${number} ended; nothing was made under it.`
      : `The grant r${number} ended. Stopped: ${done.stopped.join(', ') || 'nothing'}. Held: ${done.held.join(', ') || 'nothing'}. ${done.request} tells what is left to do.`,
  );
};
