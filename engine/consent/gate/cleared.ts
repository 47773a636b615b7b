import type { Queries } from '../../store/port.ts';

/** What moderators said of a person in a text. */
export interface Ruling {
  kind: 'review' | 'namesake';
  state: 'open' | 'escalated' | 'approved' | 'denied';
  /** `r9`. */
  request: string;
  reason: string | null;
}

/** What was said of these texts in a workspace, by person and hash: an approval before a denial before what is still open. */
export async function rulingsOn(
  queries: Queries,
  workspace: string,
  hashes: readonly string[],
): Promise<Map<string, Ruling>> {
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<Ruling & { person: number; hash: string }>(
    `select coalesce(person_id, 0) as person, text_hash as hash, kind, state, 'r' || number as request,
            (select reason from consent_decisions where request_id = consent_requests.id and verdict = 'deny') as reason
     from consent_requests
     where workspace = $1 and text_hash = any ($2::text[]) and kind in ('review', 'namesake') and state <> 'revoked'
     order by array_position(array['open', 'escalated', 'denied', 'approved'], state), number`,
    [workspace, [...new Set(hashes)]],
  );
  return new Map(rows.map(({ person, hash, ...ruling }) => [rulingKey(person, hash), ruling]));
}

export function rulingKey(person: number, hash: string): string {
  return `${person} ${hash}`;
}
