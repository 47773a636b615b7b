import type { Admission } from '../../../dsl/consent.ts';
import type { Queries } from '../../store/port.ts';

/** Notes whom a run shows, and by which grant, in the transaction that commits it. */
export async function noteUses(queries: Queries, run: number, { shown }: Admission): Promise<void> {
  await queries.query(
    `insert into consent_uses (run_id, person_id, request_id)
     select runs.id, list.person, consent_requests.id
     from runs, unnest($2::bigint[], $3::text[]) as list(person, "grant"), consent_requests
     where runs.id = $1 and consent_requests.workspace = runs.workspace and 'r' || consent_requests.number = list."grant"
     on conflict do nothing`,
    [run, shown.map(({ id }) => id), shown.map(({ grant }) => grant)],
  );
}
