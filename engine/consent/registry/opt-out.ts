import type { Queries, Store } from '../../store/port.ts';
import { audit, raiseEpoch } from '../audit/append.ts';
import { enterSomebody, peopleCalled } from './people.ts';
import type { Actor, Person } from './person.ts';

/** Somebody says no. */
export interface OptOut {
  name: string;
  reason: string | null;
  by: Actor;
}

/** Enters an opt-out for everybody who bears the name (a person of that name where nobody does), effective in all workspaces with the end of
 * this transaction: the epoch is raised, the grants of theirs end, and their results are to be looked for. An opt-out that stands already stays, and one
 * that was only for now (engine/consent/public/opt-out-for-now.ts) stands by itself.
 * Returns whom it covers, and whether it is new. */
export function optOut(
  store: Store,
  { name, reason, by }: OptOut,
): Promise<{ people: Person[]; isNew: boolean }> {
  return store.transaction(async (queries) => {
    // Takes the head, too: two who say a new name at the same moment enter one person.
    const epoch = await raiseEpoch(queries);
    const known = await peopleCalled(queries, name);
    const people = known.length > 0 ? known : [await enterSomebody(queries, name, 'opt out', epoch)];
    const ids = people.map(({ id }) => id);
    const entered = await enterOptOuts(queries, ids, { name, reason, by }, epoch);
    await audit(queries, 'opted out', by, { people: ids, entered, name, reason });
    return { people, isNew: entered.length > 0 };
  });
}

/** One statement for all that follows from it; returns those who had not opted out before, or only for now. Under `lockHead`. */
export async function enterOptOuts(
  queries: Queries,
  people: readonly number[],
  { name, reason, by }: OptOut,
  epoch: number,
): Promise<number[]> {
  const rows = await queries.query<{ person: number }>(
    `with entered as (
       insert into opt_outs (person_id, name, reason, asked_by, workspace)
       select person, $2, $3, $4, $5 from unnest($1::bigint[]) as person
       on conflict (person_id) where ended_at is null do update set rests_on = null where opt_outs.rests_on is not null
       returning person_id as person
     ), touched as (
       update people set changed = $6 where id in (select person from entered)
     ), ended as (
       update grants set revoked_at = now(), revoked_by = $4
       where revoked_at is null and person_id in (select person from entered)
       returning request_id
     ), told as (
       update consent_requests set state = 'revoked', decided_at = now() where id in (select request_id from ended)
     ), sought as (
       insert into consent_scans (person_id, because) select person, 'opted out' from entered
     )
     select person from entered`,
    [people, name, reason, by.user, by.workspace, epoch],
  );
  return rows.map(({ person }) => person);
}

/** Ends an opt-out. Under `lockHead`, by a request that two moderators approved. */
export async function endOptOut(
  queries: Queries,
  person: number,
  request: { id: number; number: number },
  by: Actor,
): Promise<void> {
  const epoch = await raiseEpoch(queries);
  await queries.query(
    'update opt_outs set ended_at = now(), ended_by = $2 where person_id = $1 and ended_at is null',
    [person, request.id],
  );
  await queries.query('update people set changed = $2 where id = $1', [person, epoch]);
  await audit(queries, 'opted in', by, { person, request: `r${request.number}` });
}
