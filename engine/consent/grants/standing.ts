import type { Queries } from '../../store/port.ts';
import type { Signer } from '../signing/signer.ts';
import { soundEvidence } from './evidence.ts';
import { readTerms, type Terms } from './terms.ts';

/** A grant as it stands, and what is wrong with it. */
export interface Grant {
  /** `r9`. */
  id: string;
  person: number;
  /** Null where the signature does not hold for this row. */
  terms: Terms | null;
  /** In words, completing "the grant …"; null where it holds but for its terms. */
  broken: string | null;
}

interface GrantRow {
  number: number;
  person: number;
  workspace: string;
  signature: string;
  revoked: boolean;
  sound: boolean | null;
}

/** The evidence is hashed where it lies, each time: a swapped file must not pass because its row says what it was. */
const columns = `grants.number, grants.person_id as person, grants.workspace, grants.signature, grants.revoked_at is not null as revoked`;

/** Every grant that people gave to a workspace, each verified. */
export async function grantsOf(
  queries: Queries,
  signer: Signer,
  workspace: string,
  people: readonly number[],
): Promise<Grant[]> {
  if (people.length === 0) return [];
  const rows = await queries.query<Omit<GrantRow, 'sound'>>(
    `select ${columns} from grants where workspace = $1 and person_id = any ($2::bigint[]) order by number`,
    [workspace, people],
  );
  return verified(queries, signer, rows);
}

/** Every grant of an installation, for `pql consent verify`. */
export async function allGrants(
  queries: Queries,
  signer: Signer,
): Promise<(Grant & { workspace: string })[]> {
  const rows = await queries.query<Omit<GrantRow, 'sound'>>(
    `select ${columns} from grants order by workspace, number`,
  );
  const grants = await verified(queries, signer, rows);
  return grants.map((grant, at) => ({ ...grant, workspace: rows[at]!.workspace }));
}

async function verified(
  queries: Queries,
  signer: Signer,
  rows: readonly Omit<GrantRow, 'sound'>[],
): Promise<Grant[]> {
  const read: { row: Omit<GrantRow, 'sound'>; terms: Terms | null }[] = [];
  for (const row of rows)
    read.push({ row, terms: readTerms(await signer.verify('watchai-grant', row.signature)) });
  const hashes = read.flatMap(({ terms }) => terms?.evidence.sha256 ?? []);
  const evidence = await soundEvidence(queries, hashes);
  return read.map(({ row, terms }): Grant => {
    const id = `r${row.number}`;
    const broken = whatIsBroken(row, terms, evidence);
    return {
      id,
      person: row.person,
      terms: broken === 'is not signed by this installation' ? null : terms,
      broken,
    };
  });
}

/** A signature is believed for the row that it names and no other: one that was copied to another workspace, person or number is nothing. */
function whatIsBroken(
  row: Omit<GrantRow, 'sound'>,
  terms: Terms | null,
  evidence: ReadonlyMap<string, boolean>,
): string | null {
  const own =
    terms !== null &&
    terms.grant === `r${row.number}` &&
    terms.workspace === row.workspace &&
    terms.person.id === row.person;
  if (!own) return 'is not signed by this installation';
  if (row.revoked) return 'was revoked';
  const sound = evidence.get(terms.evidence.sha256);
  if (sound === undefined) return 'has lost its evidence';
  return sound ? null : 'rests on evidence that was swapped';
}
