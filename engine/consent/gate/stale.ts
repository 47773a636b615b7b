import type { Queries } from '../../store/port.ts';

/** Any number, as long as nobody else locks it: "pql" and consent. */
export const consentLock = 7_071_420_003;

/** The register changed after a job was admitted and before what it made was published: it is to be judged anew. */
export class ConsentChanged extends Error {
  override name = 'ConsentChanged';

  constructor() {
    super('who may be shown changed meanwhile');
  }
}

/** Keeps who may be shown as it is until the transaction ends, so that a run is committed either before somebody says no, and is found by them, or after,
 * and is stale. After the bytes' lock and before all others. */
export async function holdConsent(queries: Queries): Promise<void> {
  await queries.query('select epoch from consent_head for share');
}

/** Whether a run was admitted under another epoch than the present one, or by a grant that has ended. */
export async function isStale(queries: Queries, run: number): Promise<boolean> {
  const [row] = await queries.query<{ stale: boolean }>(
    `select consent_epoch <> epoch or coalesce(consent_until <= now(), false) as stale from runs, consent_head where runs.id = $1`,
    [run],
  );
  return row?.stale ?? true;
}
