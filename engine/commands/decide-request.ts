import type { Answer } from '../answer.ts';
import { sweepFreed } from '../artifacts/freed.ts';
import type { Asker } from '../asker.ts';
import { wipeFaces } from '../consent/faces/forget.ts';
import { type NoFace, type PreparedFace, prepareFace } from '../consent/faces/remember.ts';
import { consentOf } from '../consent/of.ts';
import { type Decision, decide, decisionsOn } from '../consent/requests/decide.ts';
import { findRequest, requestNumber } from '../consent/requests/file.ts';
import type { ConsentRequest } from '../consent/requests/states.ts';
import { type CommandTools, plainText } from './answerer.ts';
import { isModerator, noRequest, notYours } from './consent-roles.ts';

/** Hears what a moderator says to a request, and says what came of it. */
export async function decideRequest(
  target: string,
  asker: Asker,
  { parts }: CommandTools,
  decision: Decision,
): Promise<Answer> {
  const number = requestNumber(target);
  if (number === null) return noRequest(target);
  const { signer } = consentOf(parts);
  const face = await faceFor(number, asker, parts, decision);
  if (face !== null && 'problem' in face) return notYours(face.problem, face.hint);
  const decided = await decide({ store: parts.store, signer, face }, asker, number, decision);
  if (decided === null) return noRequest(target);
  if ('refused' in decided) return notYours(decided.refused, decided.hint);
  const { request, missing } = decided;
  // What is back may show somebody else who said no meanwhile.
  if (request.kind === 'opt in' || request.kind === 'objection') await consentOf(parts).revoke(parts);
  if (request.kind === 'erasure' && request.state === 'approved') {
    await wipeFaces(parts.store);
    await sweepFreed(parts);
  }
  return plainText(`r${number} ${outcome(request, missing, decision.verdict)}`);
}

/** What the last of two approvals needs: the face in the picture is known by nothing before. */
async function faceFor(
  number: number,
  asker: Asker,
  parts: CommandTools['parts'],
  { verdict }: Decision,
): Promise<PreparedFace | NoFace | null> {
  const request = await findRequest(parts.store, asker.workspace, number);
  if (request?.kind !== 'face' || verdict !== 'approve' || !isModerator(asker)) return null;
  const said = await decisionsOn(parts.store, request.id);
  const { faces } = consentOf(parts);
  if (faces === null || !said.some((each) => each.verdict === 'approve')) return null;
  return prepareFace(parts.store, faces, request);
}

function outcome(
  { kind, state, number }: ConsentRequest,
  missing: number,
  verdict: Decision['verdict'],
): string {
  const said = verdict === 'deny' ? ['denial', 'deny'] : ['approval', 'approve'];
  if (state === 'denied' && kind === 'objection')
    return 'is denied: what was held for it is back. Whoever asked reads why, and may appeal.';
  if (state === 'denied') return 'is denied; whoever asked reads why.';
  if (state === 'escalated' && missing === 0) return 'waits for an admin now.';
  if (missing > 0)
    return `has your ${said[0]}; ${missing === 1 ? 'another moderator has' : `${missing} have`} to ${said[1]} too.`;
  switch (kind) {
    case 'grant':
      return `is a grant now: CAST … UNDER r${number}.`;
    case 'opt in':
      return 'is approved: the opt-out is undone, and what was held is back.';
    case 'face':
      return 'is approved: this person is looked for now, and the picture is deleted.';
    case 'erasure':
      return 'is approved: what was held is deleted, bytes and evidence.';
    case 'opt out':
    case 'report':
      return 'is closed.';
    case 'objection':
      return 'is confirmed: this person opted out, everywhere.';
    case 'review':
    case 'namesake':
      return 'is approved: this text may stand in this workspace.';
  }
}
