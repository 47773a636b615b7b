import { holdBytesAlone } from '../../artifacts/freed.ts';
import type { Asker } from '../../asker.ts';
import type { Queries, Store } from '../../store/port.ts';
import { type AuditAction, audit, lockHead } from '../audit/append.ts';
import { deleteFaces } from '../faces/forget.ts';
import { deletePicture, type PreparedFace, rememberFace } from '../faces/remember.ts';
import { soundEvidence } from '../grants/evidence.ts';
import { signGrant } from '../grants/sign.ts';
import { confirmOptOut, liftOptOut, unconfirmed } from '../public/opt-out-for-now.ts';
import { endOptOut } from '../registry/opt-out.ts';
import { peopleById } from '../registry/people.ts';
import { eraseResults } from '../revocation/erase.ts';
import { releaseResults } from '../revocation/release.ts';
import type { Signer } from '../signing/signer.ts';
import { findRequest } from './file.ts';
import { approvalsNeeded, type ConsentRequest, denialsNeeded } from './states.ts';

/** What a moderator says to a request. */
export interface Decision {
  verdict: 'approve' | 'deny' | 'escalate';
  reason: string | null;
}

/** What came of it: the request as it is now, and how many approvals it still needs; or why it was not heard. */
export type Decided = { request: ConsentRequest; missing: number } | { refused: string; hint: string | null };

interface Said {
  moderator: string;
  verdict: string;
  at: Date;
}

/** Hears a decision. Whoever comes second finds the request decided and is told by whom: its row is locked from the look to the end. */
export async function decide(
  { store, signer, face = null }: { store: Store; signer: Signer; face?: PreparedFace | null },
  asker: Asker,
  number: number,
  { verdict, reason }: Decision,
): Promise<Decided | null> {
  const erases = (await findRequest(store, asker.workspace, number))?.kind === 'erasure';
  return store.transaction(async (queries) => {
    // Before every row lock, as everywhere (engine/artifacts/freed.ts).
    if (erases) await holdBytesAlone(queries);
    await lockHead(queries);
    const request = await findRequest(queries, asker.workspace, number, true);
    if (request === null) return null;
    const said = await decisionsOn(queries, request.id);
    const refused =
      whyNotHeard(request, said, asker, verdict) ??
      (verdict === 'approve' ? await whyNotReady(queries, request) : null) ??
      (verdict === 'approve' && request.kind === 'face' && face === null && said.some(approved)
        ? { refused: `r${number} cannot be looked at here`, hint: 'try again' }
        : null);
    if (refused !== null) return refused;
    await queries.query(
      'insert into consent_decisions (request_id, moderator, verdict, reason) values ($1, $2, $3, $4)',
      [request.id, asker.user, verdict, reason],
    );
    const agreed = (to: string) =>
      said.filter((each) => each.verdict === to).map(({ moderator }) => moderator);
    const approvals = verdict === 'approve' ? [...agreed('approve'), asker.user] : agreed('approve');
    const missing =
      verdict === 'deny'
        ? denialsNeeded(request.kind) - agreed('deny').length - 1
        : approvalsNeeded[request.kind] - approvals.length;
    const state = nextState(request, verdict, missing);
    await queries.query(
      `update consent_requests set state = $2, decided_at = case when $2 in ('approved', 'denied') then now() end where id = $1`,
      [request.id, state],
    );
    await audit(queries, actions[verdict], asker, {
      ...{ request: `r${number}`, person: request.person, kind: request.kind, reason },
      missing: state === 'approved' ? 0 : missing,
    });
    if (state === 'approved') await carryOut(queries, { signer, face }, request, approvals, asker);
    if (state === 'denied') await deletePicture(queries, request);
    if (state === 'denied' && request.kind === 'objection') await liftOptOut(queries, request, asker);
    return { request: { ...request, state }, missing: verdict === 'escalate' ? 0 : Math.max(0, missing) };
  });
}

const actions: Readonly<Record<Decision['verdict'], AuditAction>> = {
  approve: 'request approved',
  deny: 'request denied',
  escalate: 'request escalated',
};

const approved = ({ verdict }: Said) => verdict === 'approve';

/** Who said what to a request, in order. */
export function decisionsOn(
  queries: Queries,
  request: number,
): Promise<(Said & { reason: string | null })[]> {
  return queries.query(
    'select moderator, verdict, reason, at from consent_decisions where request_id = $1 order by at',
    [request],
  );
}

/** Why a decision would not be heard now, before anybody is asked for reasons; null when it would, and for a request that is not there. */
export async function whyNotDecide(
  queries: Queries,
  asker: Asker,
  number: number,
  verdict: Decision['verdict'],
): Promise<{ refused: string; hint: string | null } | null> {
  const request = await findRequest(queries, asker.workspace, number);
  if (request === null) return null;
  return whyNotHeard(request, await decisionsOn(queries, request.id), asker, verdict);
}

function nextState(
  { state }: ConsentRequest,
  verdict: Decision['verdict'],
  missing: number,
): ConsentRequest['state'] {
  if (verdict === 'escalate') return 'escalated';
  if (missing > 0) return state;
  return verdict === 'deny' ? 'denied' : 'approved';
}

function whyNotHeard(
  request: ConsentRequest,
  said: readonly Said[],
  { user, roles }: Asker,
  verdict: Decision['verdict'],
): { refused: string; hint: string | null } | null {
  const id = `r${request.number}`;
  if (!roles.includes('moderator') && !roles.includes('admin'))
    return { refused: `moderators decide on ${id}`, hint: 'ask one of them' };
  // Before everything that it would tell about the decision.
  if (request.askedBy === user)
    return {
      refused: `${id} is your own request: nobody decides on their own`,
      hint: 'another moderator has to',
    };
  if (request.state !== 'open' && request.state !== 'escalated') {
    const last = said.at(-1);
    const who = last === undefined ? '' : `: ${last.moderator} was first, at ${last.at.toISOString()}`;
    return { refused: `${id} is ${request.state} already${who}`, hint: `FIND REQUEST ${id} shows it` };
  }
  if (request.state === 'escalated' && (verdict === 'escalate' || !roles.includes('admin')))
    return { refused: `${id} was escalated: an admin decides`, hint: null };
  if (verdict === 'approve' && said.some((each) => each.moderator === user && each.verdict === 'approve'))
    return { refused: `you approved ${id} already`, hint: 'it needs another moderator too' };
  // Whoever is appealed from does not judge the appeal.
  if (verdict !== 'escalate' && said.some((each) => each.moderator === user && each.verdict === 'deny'))
    return { refused: `you denied ${id} already`, hint: 'another moderator has to decide' };
  return null;
}

/** What nobody may agree to without having seen what proves it. */
const restOnEvidence: ReadonlySet<ConsentRequest['kind']> = new Set(['grant', 'face', 'opt in']);

/** Whoever agrees next agrees to what the ones before were shown. */
async function whyNoProof(
  queries: Queries,
  id: string,
  { evidence }: ConsentRequest['details'],
): Promise<{ refused: string; hint: string | null } | null> {
  if (evidence === undefined)
    return {
      refused: `${id} comes without evidence so far`,
      hint: 'whoever asked can still add it; DENY … BECAUSE tells them what is missing',
    };
  const there = await soundEvidence(queries, [evidence.sha256]);
  if (there.get(evidence.sha256) === true) return null;
  return {
    refused: `the evidence of ${id} is gone, or another than was shown`,
    hint: 'DENY it; whoever asked can ask anew',
  };
}

/** What an approval has to wait for. */
async function whyNotReady(
  queries: Queries,
  { kind, number, person, details }: ConsentRequest,
): Promise<{ refused: string; hint: string | null } | null> {
  const id = `r${number}`;
  const proof = restOnEvidence.has(kind) ? await whyNoProof(queries, id, details) : null;
  if (proof !== null) return proof;
  const [who] = kind === 'grant' ? await peopleById(queries, [person]) : [];
  if (who?.optedOut === true)
    return {
      refused: `${who.names[0]} opted out, which counts more than any grant`,
      hint: 'take that back first: OPT IN, with evidence; or DENY',
    };
  const waits = kind === 'erasure' ? await unconfirmed(queries, person) : null;
  if (waits !== null)
    return {
      refused: `what it deletes is held for now only: ${waits} is not decided`,
      hint: `decide on ${waits} first`,
    };
  return null;
}

/** What an approval does. */
async function carryOut(
  queries: Queries,
  { signer, face }: { signer: Signer; face: PreparedFace | null },
  request: ConsentRequest,
  approvals: readonly string[],
  asker: Asker,
): Promise<void> {
  switch (request.kind) {
    case 'grant':
      return signGrant(queries, signer, request, approvals, asker);
    case 'opt in':
      await endOptOut(queries, request.person, request, asker);
      return releaseResults(queries, request.person, asker);
    case 'face':
      return rememberFace(queries, request, face as PreparedFace, asker);
    case 'erasure':
      await deleteFaces(queries, request.person, asker);
      return eraseResults(queries, request.person, asker);
    case 'objection':
      return confirmOptOut(queries, request, asker);
    case 'review':
    case 'namesake':
    case 'opt out':
    case 'report':
      return;
  }
}
