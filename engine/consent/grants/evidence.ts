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
