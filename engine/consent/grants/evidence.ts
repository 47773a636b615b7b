import type { Queries } from '../../store/port.ts';

/** What is shown to prove that somebody said yes: a scan, a recording, a letter. */
export interface Evidence {
  /** Of the bytes. */
  sha256: string;
  name: string;
  bytes: Uint8Array;
}

/** Largest evidence, bytes: it lies in the database, beside what it proves. */
export const largestEvidence = 20_000_000;

/** Keeps evidence by its hash; equal bytes once. */
export async function keepEvidence(queries: Queries, { sha256, name, bytes }: Evidence): Promise<void> {
  await queries.query(
    `insert into consent_evidence (hash, name, bytes) values ($1, $2, decode($3, 'base64')) on conflict (hash) do nothing`,
    [sha256, name, Buffer.from(bytes).toString('base64')],
  );
}

/** Of these, which lie here, by hash, and whether each still is the bytes that it was: hashed where it lies, since a row says only what it was. */
export async function soundEvidence(
  queries: Queries,
  hashes: readonly string[],
): Promise<Map<string, boolean>> {
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<{ hash: string; sound: boolean }>(
    `select hash, encode(sha256(bytes), 'hex') = hash as sound from consent_evidence where hash = any ($1::text[])`,
    [hashes],
  );
  return new Map(rows.map(({ hash, sound }) => [hash, sound]));
}

/** Deletes evidence, or a picture, that no request shows any more. */
export async function dropEvidence(queries: Queries, sha256: string): Promise<void> {
  await queries.query(
    `delete from consent_evidence where hash = $1 and not exists (
       select from consent_requests
       where $1 in (details -> 'picture' ->> 'sha256', details -> 'evidence' ->> 'sha256'))`,
    [sha256],
  );
}
