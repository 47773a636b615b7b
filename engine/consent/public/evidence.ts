import { createHash } from 'node:crypto';
import type { Store } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import { keepEvidence } from '../grants/evidence.ts';
import { visitorIn } from './ask.ts';
import { type FollowedRequest, followLocked } from './follow.ts';

/** Largest evidence that somebody outside may send, bytes. */
export const largestSent = 10_000_000;

/** What evidence may be, by its content. */
export type EvidenceType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp';

const endings: Readonly<Record<EvidenceType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** What bytes are, by how they begin, whatever they are called; null for what is taken from nobody. */
export function evidenceType(bytes: Uint8Array): EvidenceType | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('%PDF-')) return 'application/pdf';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  return /^RIFF.{4}WEBP$/s.test(start) ? 'image/webp' : null;
}

/** Whether evidence can still be added: once, and not after somebody has agreed, or they would have agreed to something else. */
export function mayAddEvidence({ state, details, begun, clearedAt }: FollowedRequest): boolean {
  const waits = state === 'open' || state === 'escalated';
  return waits && details.evidence === undefined && !begun && clearedAt === null;
}

/** Adds what shows that somebody is who they say. It is called by what it is: a file's own name may tell more than was meant. False when it comes
 * too late, or is none. */
export function addEvidence(store: Store, secret: string, bytes: Uint8Array): Promise<boolean> {
  const type = evidenceType(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return store.transaction(async (queries) => {
    const followed = await followLocked(queries, secret);
    if (type === null || followed === null || !mayAddEvidence(followed)) return false;
    const name = `${followed.id}.${endings[type]}`;
    await keepEvidence(queries, { sha256, name, bytes });
    await queries.query(
      `update consent_requests set details = details || jsonb_build_object('evidence', $2::jsonb) where id = $1`,
      [followed.request, JSON.stringify({ sha256, name })],
    );
    await audit(queries, 'evidence added', visitorIn(followed.workspace), { request: followed.id, sha256 });
    return true;
  });
}
