import type { Queries, Store } from '../../store/port.ts';
import { audit, lockHead } from '../audit/append.ts';
import { newSecret, secretHash } from './secret.ts';

/** Minutes in which a moderator can read evidence by a link. */
export const linkMinutes = 15;

/** Evidence that a moderator may read. */
export interface LinkedEvidence {
  /** `r9`. */
  request: string;
  name: string;
  sha256: string;
  bytes: number;
}

/** Makes a link for one moderator to the evidence of a request; returns its secret. Null where the evidence is gone. */
export async function linkEvidence(
  queries: Queries,
  request: number,
  sha256: string,
  moderator: string,
): Promise<string | null> {
  const secret = newSecret();
  const made = await queries.query(
    `insert into evidence_links (token_hash, hash, request_id, moderator, expires_at)
     select $1, hash, $3, $4, now() + $5 * interval '1 minute' from consent_evidence where hash = $2
     returning 1 as one`,
    [secretHash(secret), sha256, request, moderator, linkMinutes],
  );
  return made.length === 0 ? null : secret;
}

/** What a link leads to; null for every link that leads nowhere. */
export async function openEvidence(queries: Queries, secret: string): Promise<LinkedEvidence | null> {
  const [row] = await queries.query<LinkedEvidence>(
    `select 'r' || number as request, name, hash as sha256, length(bytes) as bytes
     from evidence_links join consent_evidence using (hash) join consent_requests on id = request_id
     where token_hash = $1 and expires_at > now()`,
    [secretHash(secret)],
  );
  return row ?? null;
}

/** The bytes behind a link, which the audit tells of: who read what. */
export function readEvidence(store: Store, secret: string): Promise<Uint8Array | null> {
  return store.transaction(async (queries) => {
    await lockHead(queries);
    const [row] = await queries.query<{
      content: Uint8Array;
      moderator: string;
      workspace: string;
      request: string;
      sha256: string;
    }>(
      `select bytes as content, moderator, workspace, 'r' || number as request, hash as sha256
       from evidence_links join consent_evidence using (hash) join consent_requests on id = request_id
       where token_hash = $1 and expires_at > now()`,
      [secretHash(secret)],
    );
    if (row === undefined) return null;
    const { content, moderator, workspace, request, sha256 } = row;
    await audit(queries, 'evidence read', { workspace, user: moderator }, { request, sha256 });
    return content;
  });
}

/** Forgets links that are over. */
export async function forgetEvidenceLinks(queries: Queries): Promise<void> {
  await queries.query('delete from evidence_links where expires_at < now()');
}
