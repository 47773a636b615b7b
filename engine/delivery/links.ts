import { createHash, randomBytes } from 'node:crypto';
import type { Facts } from '../../dsl/facts.ts';
import type { Queries } from '../store/port.ts';

/** How long a link shows its film, in days. */
export const linkDays = 7;

/** What a link leads to, as long as it may be seen. */
export interface Linked {
  workspace: string;
  hash: string;
  /** A file name. */
  name: string;
  /** `v12`. */
  id: string;
  facts: Facts;
  bytes: number;
  /** Canonical PQL that makes it; null for what came from a file. */
  recipe: string | null;
  expiresAt: Date;
}

/** Makes a link to media of a workspace; returns its token, 256 random bits, of which only the hash is kept. */
export async function makeLink(
  queries: Queries,
  link: { workspace: string; hash: string; name: string },
  days = linkDays,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await queries.query(
    `insert into links (token_hash, workspace, hash, name, expires_at)
     values ($1, $2, $3, $4, now() + $5 * interval '1 day')`,
    [hashOf(token), link.workspace, link.hash, link.name, days],
  );
  return token;
}

/** What a token leads to now: asked at each fetch, since media may be removed and links taken back. Null for every token that leads nowhere,
 * whatever the reason. */
export async function openLink(queries: Queries, token: string): Promise<Linked | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const [row] = await queries.query<Linked>(
    `select links.workspace, links.hash, links.name, media.letter || media.number as id, artifacts.facts, artifacts.bytes,
            media.recipe, links.expires_at as "expiresAt"
     from links
       join media on media.workspace = links.workspace and media.hash = links.hash
       join artifacts on artifacts.hash = links.hash
     where token_hash = $1 and revoked_at is null and expires_at > now()`,
    [hashOf(token)],
  );
  return row ?? null;
}

/** Takes back every link to media; returns how many there were. */
export async function revokeLinks(queries: Queries, workspace: string, hash: string): Promise<number> {
  const rows = await queries.query(
    `update links set revoked_at = now()
     where workspace = $1 and hash = $2 and revoked_at is null and expires_at > now() returning token_hash`,
    [workspace, hash],
  );
  return rows.length;
}

/** Forgets links that ended a month ago. */
export async function forgetLinks(queries: Queries): Promise<void> {
  await queries.query(`delete from links where expires_at < now() - interval '30 days'`);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
