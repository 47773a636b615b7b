import type { Queries } from '../../store/port.ts';
import { lockHead } from '../audit/append.ts';
import type { RequestDetails, RequestKind, RequestState } from '../requests/states.ts';
import { isSecret, secretHash } from './secret.ts';

/** A request as whoever asked sees it: never who decided, nor anything of the register. */
export interface FollowedRequest {
  request: number;
  /** `r9`, to say it to a moderator. */
  id: string;
  workspace: string;
  kind: RequestKind;
  state: RequestState;
  said: string;
  askedAt: Date;
  dueAt: Date;
  decidedAt: Date | null;
  details: RequestDetails;
  /** Of a request that was denied: why, in the moderator's words. */
  reason: string | null;
  appealedAt: Date | null;
  /** What became of asking that what was made be deleted; null where nobody did. */
  erasure: RequestState | null;
  /** Whether somebody approved it already, so that what it rests on must stay as it is. */
  begun: boolean;
  clearedAt: Date | null;
}

/** The request that a secret follows; null for every secret that follows none. */
export async function followRequest(queries: Queries, secret: string): Promise<FollowedRequest | null> {
  if (!isSecret(secret)) return null;
  const [row] = await queries.query<FollowedRequest>(
    `select asked.id as request, 'r' || asked.number as id, asked.workspace, asked.kind, asked.state, asked.said,
            asked.asked_at as "askedAt", asked.due_at as "dueAt", asked.decided_at as "decidedAt", asked.details,
            appealed_at as "appealedAt", cleared_at as "clearedAt",
            (select state from consent_requests where id = erasure_id) as erasure,
            (select reason from consent_decisions where request_id = asked.id and verdict = 'deny'
             order by at desc limit 1) as reason,
            exists (select from consent_decisions where request_id = asked.id and verdict = 'approve') as begun
     from public_requests join consent_requests asked on asked.id = request_id
     where token_hash = $1`,
    [secretHash(secret)],
  );
  return row ?? null;
}

/** The same, under `lockHead`: nobody decides until the end of the transaction. */
export async function followLocked(queries: Queries, secret: string): Promise<FollowedRequest | null> {
  await lockHead(queries);
  return followRequest(queries, secret);
}
