import type { Queries, Store } from '../../store/port.ts';
import { lockHead, raiseEpoch } from '../audit/append.ts';
import { enterSomebody, peopleCalled } from '../registry/people.ts';
import type { Actor, Person } from '../registry/person.ts';
import { fileRequest, findRequest } from '../requests/file.ts';
import type { ConsentRequest, RequestDetails } from '../requests/states.ts';
import { holdForNow } from './opt-out-for-now.ts';
import { readsAsName } from './reads-as-name.ts';
import { secretHash } from './secret.ts';

/** What somebody outside asks. */
export interface PublicAsking {
  kind: 'objection' | 'grant';
  /** Tidy, not empty, not too long. */
  name: string;
  /** For the moderators; null for nothing. Kept apart, so that it can be deleted. */
  message: string | null;
  /** Of a grant: its terms, without evidence, which comes later. */
  details?: RequestDetails;
  /** Of an objection: also asks that what was made be deleted. */
  erase?: boolean;
}

/** Files what somebody outside asks, among the requests of a workspace, whose moderators answer. It is followed by `secret`, which a form sent twice
 * has twice: then nothing is done. False where the same secret asked for something else. */
export async function askPublicly(
  store: Store,
  workspace: string,
  secret: string,
  asking: PublicAsking,
): Promise<boolean> {
  const { kind, name, message, details = {}, erase = false } = asking;
  const by = visitorIn(workspace);
  const holds = kind === 'objection' && (await readsAsName(name));
  return store.transaction(async (queries) => {
    await lockHead(queries);
    const [known] = await queries.query<{ kind: string; said: string }>(
      `select kind, said from public_requests join consent_requests on id = request_id where token_hash = $1`,
      [secretHash(secret)],
    );
    if (known !== undefined) return known.kind === kind && known.said === name;
    const people = await peopleOf(queries, name);
    const person = people[0]!.id;
    const number = await fileRequest(queries, {
      ...{ kind, person, by, said: name },
      details: kind === 'objection' ? { holds } : details,
    });
    const request = (await findRequest(queries, workspace, number)) as ConsentRequest;
    if (holds)
      await holdForNow(
        queries,
        people.map(({ id }) => id),
        request,
        by,
      );
    await queries.query('insert into public_requests (request_id, token_hash, message) values ($1, $2, $3)', [
      request.id,
      secretHash(secret),
      message,
    ]);
    if (erase) await askForErasure(queries, request, by);
    return true;
  });
}

/** Asks, beside a request, that what was made be deleted: a request of its own, which two moderators have to approve. Under `lockHead`. */
export async function askForErasure(
  queries: Queries,
  { id, person, said, workspace }: Pick<ConsentRequest, 'id' | 'person' | 'said' | 'workspace'>,
  by: Actor,
): Promise<void> {
  const number = await fileRequest(queries, { kind: 'erasure', person, by, said, details: {} });
  await queries.query(
    `update public_requests set erasure_id =
       (select id from consent_requests where workspace = $2 and number = $3) where request_id = $1`,
    [id, workspace, number],
  );
}

/** Whoever sends something on the page, in the audit and among the requests. */
export function visitorIn(workspace: string): Actor {
  return { workspace, user: 'public page' };
}

async function peopleOf(queries: Queries, name: string): Promise<Person[]> {
  const known = await peopleCalled(queries, name);
  return known.length > 0
    ? known
    : [await enterSomebody(queries, name, 'public page', await raiseEpoch(queries))];
}
