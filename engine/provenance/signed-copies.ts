import type { Queries } from '../store/port.ts';

/** A copy that carries credentials. */
export interface SignedCopy {
  hash: string;
  bytes: number;
}

/** The copy of media that was signed last by a certificate (its SHA-256), or by any where that is null; null where there is none. */
export async function findSignedCopy(
  queries: Queries,
  workspace: string,
  of: string,
  signer: string | null,
): Promise<SignedCopy | null> {
  const [row] = await queries.query<SignedCopy>(
    `select signed_copies.hash, artifacts.bytes from signed_copies join artifacts on artifacts.hash = signed_copies.hash
     where workspace = $1 and of = $2 and ($3::text is null or signer = $3) order by made_at desc limit 1`,
    [workspace, of, signer],
  );
  return row ?? null;
}

/** Whether bytes are the copy of media that left, whoever signed it. */
export async function isSignedCopy(
  queries: Queries,
  workspace: string,
  of: string,
  hash: string,
): Promise<boolean> {
  const rows = await queries.query(
    'select from signed_copies where workspace = $1 and of = $2 and hash = $3',
    [workspace, of, hash],
  );
  return rows.length > 0;
}

/** What left a workspace as these bytes: what they are the signed copy of, and what that is a preview of. */
export async function originalsOf(queries: Queries, workspace: string, hash: string): Promise<string[]> {
  const rows = await queries.query<{ hash: string }>(
    `with left_as as (
       select of as hash from signed_copies where workspace = $1 and hash = $2
     )
     select hash from left_as
     union
     select of from previews where workspace = $1 and (hash = $2 or hash in (select hash from left_as))`,
    [workspace, hash],
  );
  return rows.map((row) => row.hash);
}

/** Notes a copy whose bytes have their row; the first stays, and whoever comes later learns that it was not. */
export async function recordSignedCopy(
  queries: Queries,
  copy: { workspace: string; of: string; signer: string; hash: string },
): Promise<boolean> {
  const rows = await queries.query(
    `insert into signed_copies (workspace, of, signer, hash) values ($1, $2, $3, $4)
     on conflict (workspace, of, signer) do nothing returning hash`,
    [copy.workspace, copy.of, copy.signer, copy.hash],
  );
  return rows.length > 0;
}

/** The bytes of signed copies that go when these go. */
export async function signedCopiesOf(queries: Queries, hashes: readonly string[]): Promise<string[]> {
  const rows = await queries.query<{ hash: string }>(
    'select distinct hash from signed_copies where of = any ($1::text[])',
    [hashes],
  );
  return rows.map(({ hash }) => hash);
}
