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

/** Makes a link to media of a workspace; returns its token, 256 random bits, of which only the hash is kept. Null where the media is gone. */
export async function makeLink(
  queries: Queries,
  link: { workspace: string; hash: string; name: string; card?: number },
  days = linkDays,
): Promise<string | null> {
  const token = randomBytes(32).toString('base64url');
  const made = await queries.query(
    `insert into links (token_hash, media_id, card_id, name, expires_at)
     select $1, id, $4, $5, now() + $6 * interval '1 day' from media where workspace = $2 and hash = $3
     returning token_hash`,
    [hashOf(token), link.workspace, link.hash, link.card ?? null, link.name, days],
  );
  return made.length === 0 ? null : token;
}

/** What a token leads to now: asked at each fetch, since media may be removed and links taken back. Null for every token that leads nowhere,
 * whatever the reason. */
export async function openLink(queries: Queries, token: string): Promise<Linked | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const [row] = await queries.query<Linked>(
    `select media.workspace, media.hash, links.name, media.letter || media.number as id, artifacts.facts, artifacts.bytes,
            media.recipe, links.expires_at as "expiresAt"
     from links join media on media.id = media_id join artifacts using (hash)
     where token_hash = $1 and expires_at > now()`,
    [hashOf(token)],
  );
  return row ?? null;
}

/** Takes back the links that a card gave out. */
export async function revokeLinks(queries: Queries, card: number): Promise<void> {
  await queries.query('delete from links where card_id = $1', [card]);
}

/** Forgets links that are over. */
export async function forgetLinks(queries: Queries): Promise<void> {
  await queries.query(`delete from links where expires_at < now()`);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
