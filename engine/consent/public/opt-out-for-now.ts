import type { Queries } from '../../store/port.ts';
import { audit, raiseEpoch } from '../audit/append.ts';
import { endOptOut, enterOptOuts } from '../registry/opt-out.ts';
import { peopleCalled } from '../registry/people.ts';
import type { Actor } from '../registry/person.ts';
import type { ConsentRequest } from '../requests/states.ts';
import { releaseResults } from '../revocation/release.ts';

/** An opt-out that somebody unknown asked for holds at once, and so that all of it can be undone until moderators looked at it:
 *
 *   held for now ──confirmed──▶ an opt-out as any other: grants end
 *     └──lifted──▶ ended: what was held is back, and grants held on all the time
 *
 * Grants do not count while it holds. Everything here is under `lockHead`. */
export async function holdForNow(
  queries: Queries,
  people: readonly number[],
  request: Pick<ConsentRequest, 'id' | 'number' | 'said'>,
  by: Actor,
): Promise<void> {
  const epoch = await raiseEpoch(queries);
  const rows = await queries.query<{ person: number }>(
    `with entered as (
       insert into opt_outs (person_id, name, asked_by, workspace, rests_on)
       select person, $2, $3, $4, $5 from unnest($1::bigint[]) as person
       on conflict (person_id) where ended_at is null do nothing
       returning person_id as person
     ), touched as (
       update people set changed = $6 where id in (select person from entered)
     ), sought as (
       insert into consent_scans (person_id, because) select person, 'opted out' from entered
     )
     select person from entered`,
    [people, request.said, by.user, by.workspace, request.id, epoch],
  );
  await audit(queries, 'opted out for now', by, {
    ...{ people: [...people], entered: rows.map(({ person }) => person) },
    ...{ name: request.said, request: `r${request.number}` },
  });
}

/** Makes it an opt-out that stands by itself, or enters it where it was not held before. */
export async function confirmOptOut(queries: Queries, request: ConsentRequest, by: Actor): Promise<void> {
  const held = await restingOn(queries, request.id);
  const called = await peopleCalled(queries, request.said);
  const people = [...new Set([...held, ...called.map(({ id }) => id), request.person])];
  const epoch = await raiseEpoch(queries);
  const optOut = { name: request.said, reason: null, by };
  const entered = await enterOptOuts(queries, people, optOut, epoch);
  await audit(queries, 'opted out', by, { people, entered, name: request.said, reason: null });
}

/** Ends what rests on a request that was denied, unless another objection asks for the same: then it rests on that. */
export async function liftOptOut(queries: Queries, request: ConsentRequest, by: Actor): Promise<void> {
  for (const person of await restingOn(queries, request.id)) {
    const [other] = await queries.query<{ id: number }>(
      `select id from consent_requests
       where person_id = $1 and id <> $2 and kind = 'objection' and state in ('open', 'escalated')
         and details ->> 'holds' = 'true'
       order by id limit 1`,
      [person, request.id],
    );
    if (other !== undefined)
      await queries.query(
        'update opt_outs set rests_on = $2 where person_id = $1 and rests_on = $3 and ended_at is null',
        [person, other.id, request.id],
      );
    else {
      await endOptOut(queries, person, request, by);
      await releaseResults(queries, person, by);
    }
  }
  await queries.query(
    `update consent_requests set state = 'withdrawn', decided_at = now()
     where state in ('open', 'escalated') and id = (select erasure_id from public_requests where request_id = $1)`,
    [request.id],
  );
}

/** Whether somebody's opt-out waits to be confirmed: the request that it rests on (`r9`). */
export async function unconfirmed(queries: Queries, person: number): Promise<string | null> {
  const [row] = await queries.query<{ id: string }>(
    `select 'r' || number as id from opt_outs join consent_requests on consent_requests.id = rests_on
     where opt_outs.person_id = $1 and ended_at is null`,
    [person],
  );
  return row?.id ?? null;
}

async function restingOn(queries: Queries, request: number): Promise<number[]> {
  const rows = await queries.query<{ person: number }>(
    'select person_id as person from opt_outs where rests_on = $1 and ended_at is null',
    [request],
  );
  return rows.map(({ person }) => person);
}
