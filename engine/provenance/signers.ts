import type { Queries } from '../store/port.ts';

/** Whose certificate something is signed with. */
export interface Signer {
  /** SHA-256 of the certificate. */
  id: string;
  /** In PEM, without those of its authorities. */
  certificate: string;
}

/** Keeps a certificate that is signed with here, so that what it signed is known for ours when it has been replaced. */
export async function rememberSigner(queries: Queries, { id, certificate }: Signer): Promise<void> {
  await queries.query('insert into signers (id, certificate) values ($1, $2) on conflict (id) do nothing', [
    id,
    certificate,
  ]);
}

/** Certificates that were ever signed with here, in PEM, the latest first. */
export async function formerSigners(queries: Queries): Promise<string[]> {
  const rows = await queries.query<{ certificate: string }>(
    'select certificate from signers order by first_used desc, id limit 1000',
  );
  return rows.map(({ certificate }) => certificate);
}
