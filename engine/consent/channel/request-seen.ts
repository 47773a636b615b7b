import type { Queries } from '../../store/port.ts';
import { type Sent, sentWith } from '../public/sent.ts';
import { peopleById } from '../registry/people.ts';
import type { Person } from '../registry/person.ts';
import { decisionsOn } from '../requests/decide.ts';
import { requestById } from '../requests/file.ts';
import type { ConsentRequest } from '../requests/states.ts';

/** A request with all that moderators are told of it. */
export interface RequestSeen {
  request: ConsentRequest;
  /** Null for one whom the register does not know: a face that nobody named. */
  person: Person | null;
  /** In order. */
  decisions: readonly { moderator: string; verdict: string; reason: string | null; at: Date }[];
  /** Null for a request that did not come from the public page. */
  sent: Sent | null;
}

/** Reads a request by its row id; null for one that is no more. */
export async function seeRequest(queries: Queries, id: number): Promise<RequestSeen | null> {
  const request = await requestById(queries, id);
  if (request === null) return null;
  const [person] = await peopleById(queries, [request.person]);
  const decisions = await decisionsOn(queries, id);
  return { request, person: person ?? null, decisions, sent: await sentWith(queries, id) };
}
