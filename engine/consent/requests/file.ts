import type { JsonObject } from '../../../dsl/json.ts';
import { lockWorkspace, takeNumbers } from '../../media.ts';
import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import type { Actor } from '../registry/person.ts';
import { type ConsentRequest, hoursToDecide, type RequestDetails, type RequestKind } from './states.ts';

/** A request about to be filed. */
export interface NewRequest {
  kind: RequestKind;
  person: number;
  by: Actor;
  said: string;
  textHash?: string | null;
  details: RequestDetails;
}

/** Files a request in the workspace of whoever asks, and says so in the audit; the same question about the same text is one request. Under
 * `lockHead`. Returns its number. */
export async function fileRequest(
  queries: Queries,
  { kind, person, by, said, textHash = null, details }: NewRequest,
): Promise<number> {
  await lockWorkspace(queries, by.workspace);
  if (textHash !== null) {
    const [same] = await queries.query<{ number: number }>(
      `select number from consent_requests
       where workspace = $1 and coalesce(person_id, 0) = $2 and kind = $3 and text_hash = $4 and state in ('open', 'escalated')`,
      [by.workspace, person, kind, textHash],
    );
    if (same !== undefined) return same.number;
  }
  const number = await takeNumbers(queries, by.workspace, 'r', 1);
  await queries.query(
    `insert into consent_requests (workspace, number, kind, person_id, asked_by, due_at, said, text_hash, details)
     values ($1, $2, $3, nullif($4, 0), $5, now() + $6 * interval '1 hour', $7, $8, $9)`,
    [
      by.workspace,
      number,
      kind,
      person,
      by.user,
      hoursToDecide[kind],
      said,
      textHash,
      JSON.stringify(details),
    ],
  );
  const { text: _, ...told } = details;
  await audit(queries, 'request filed', by, {
    ...{ request: `r${number}`, kind, person, said },
    details: JSON.parse(JSON.stringify(told)) as JsonObject,
  });
  return number;
}

const columns = `id, number, workspace, kind, coalesce(person_id, 0) as person, state, asked_by as "askedBy", asked_at as "askedAt", due_at as "dueAt",
  said, text_hash as "textHash", details`;

/** A request of a workspace by its number; `lock` holds it until the transaction ends. */
export async function findRequest(
  queries: Queries,
  workspace: string,
  number: number,
  lock = false,
): Promise<ConsentRequest | null> {
  const [row] = await queries.query<ConsentRequest>(
    `select ${columns} from consent_requests where workspace = $1 and number = $2 ${lock ? 'for update' : ''}`,
    [workspace, number],
  );
  return row ?? null;
}

/** A request by its row id. */
export async function requestById(queries: Queries, id: number): Promise<ConsentRequest | null> {
  const [row] = await queries.query<ConsentRequest>(`select ${columns} from consent_requests where id = $1`, [
    id,
  ]);
  return row ?? null;
}

/** The number in `r9`; null when it is no such id. */
export function requestNumber(id: string): number | null {
  const match = /^r([1-9]\d{0,8})$/i.exec(id);
  return match === null ? null : Number(match[1]);
}
