import type { CardRow } from '../cards/cards.ts';
import type { Queries } from '../store/port.ts';

/* The life of a row of the outbox:
 *
 *   waiting ─── claimed, when its time has come and nothing before it in its place is open ──▶ sending
 *   sending ─── what people see of it is there ──▶ said, still in hand: what is left holds nobody up
 *           ─── the chat has it ──▶ sent
 *           ─── the chat is away or asks us to slow down ──▶ waiting, until `not_before`; its steps stay done
 *           ─── it can never be said there, and why ──▶ given up
 *           ─── whoever had it is lost: its lease lapses ──▶ claimed by another, who goes on behind the steps that are done
 *   sent, given up ─── the run ran again ──▶ waiting, as another round
 *
 * In a place what ends first is said first, by however many processes: a row is claimed when all before it in its place are said, or by whoever has the one just before
 * it in hand and says nothing of it before its turn comes (`isNext`). */

/** What is to be finished: a card, in the place where it stands. */
export type Finished = Pick<CardRow, 'id' | 'surface' | 'channel' | 'thread'>;

/** A row in hand, proved by `epoch`. */
export interface Parcel {
  id: number;
  card: number;
  place: string;
  turn: number;
  /** What people see of it is there. */
  said: boolean;
  epoch: number;
  /** From 1. */
  round: number;
  /** From 1. */
  attempts: number;
  /** Seconds since it was promised. */
  age: number;
  steps: Readonly<Record<string, string>>;
}

/** Promises that the last view of a card will be said. Safe to repeat while the promise is open; afterwards it is another round. Give the
 * transaction in which the card stops living, or is seen to have. */
export async function finishCard(queries: Queries, finished: Finished): Promise<void> {
  const { id, surface, channel, thread } = finished;
  await queries.query(
    `insert into outbox (surface, place, card_id) values ($1, $2, $3)
     on conflict (card_id) do update
     set state = 'waiting', turn = nextval('outbox_turns'), round = outbox.round + 1, steps = '{}',
         attempts = 0, said = false, epoch = outbox.epoch + 1, not_before = now(), why = null, made_at = now(), ended_at = null
     where outbox.state in ('sent', 'given up')`,
    [surface, thread === null ? channel : `${channel} ${thread}`, id],
  );
}

const open = `state in ('waiting', 'sending')`;

/** The first open row of each place of a surface, `$1`, found by skipping from one place to the next: however many wait behind it, a look costs as
 * much as there are places. (With 1,000 open in eight places a claim that compared them all took 160 ms in PGlite, this one 1.5 ms.) */
const firstsOf = (name: string, which: string) => `${name} as (
  (select place, id, turn, card_id, state, not_before, lease_until from outbox
   where surface = $1 and ${open} and ${which} order by place, turn limit 1)
  union all
  select following.* from ${name} cross join lateral (
    select place, id, turn, card_id, state, not_before, lease_until from outbox
    where surface = $1 and place > ${name}.place and ${open} and ${which} order by place, turn limit 1) following)`;

/** Those that are to be said, and those of which only the rest is to be done. */
const firsts = `${firstsOf('firsts', 'not said')}, ${firstsOf('rests', 'said')}`;

const mayBeSaid = `(state = 'waiting' and not_before <= now() or state = 'sending' and lease_until <= clock_timestamp())`;

/** Not while somebody draws an earlier view of the card, which might come after the last one. */
const unkept = 'not exists (select from cards where cards.id = card_id and kept_until > clock_timestamp())';

const taken = `id, card_id as card, place, turn, said, epoch, round, attempts, steps,
               extract(epoch from clock_timestamp() - made_at)::double precision as age`;

/** Takes the next row that may be said, else one of which something is left to do, under a lease of so many milliseconds; null when there is none. */
export async function claimParcel(
  queries: Queries,
  surface: Finished['surface'],
  lease: number,
): Promise<Parcel | null> {
  const [row] = await queries.query<Parcel>(
    `with recursive ${firsts}
     update outbox set state = 'sending', epoch = epoch + 1, attempts = attempts + 1,
            lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where id = (
       select id from outbox
       where ${mayBeSaid} and id = any (
         array(select id from firsts where ${mayBeSaid} and ${unkept} order by turn limit 16)
         || array(select id from rests where ${mayBeSaid} order by turn limit 16))
       order by said, turn
       limit 1
       for update skip locked)
     returning ${taken}`,
    [surface, lease],
  );
  return row ?? null;
}

/** Takes the row that comes right behind one in hand, before its turn; null where there is none, or its time has not come. */
export async function claimBehind(
  queries: Queries,
  surface: Finished['surface'],
  { place, turn }: Pick<Parcel, 'place' | 'turn'>,
  lease: number,
): Promise<Parcel | null> {
  const [row] = await queries.query<Parcel>(
    `update outbox set state = 'sending', epoch = epoch + 1, attempts = attempts + 1,
            lease_until = clock_timestamp() + $4 * interval '1 millisecond'
     where id = (
       select id from outbox
       where state = 'waiting' and not_before <= now() and ${unkept} and id = (
         select id from outbox where surface = $1 and place = $2 and turn > $3 and ${open} and not said order by turn limit 1)
       for update skip locked)
     returning ${taken}`,
    [surface, place, turn, lease],
  );
  return row ?? null;
}

/** Whether a row in hand is ours and all before it in its place are said. */
export async function isNext(
  queries: Queries,
  surface: Finished['surface'],
  { id, epoch, place, turn }: Parcel,
): Promise<boolean> {
  const rows = await queries.query(
    `select from outbox
     where id = $2 and epoch = $3 and state = 'sending' and not exists (
       select from outbox before where surface = $1 and place = $4 and turn < $5 and ${open} and not said)`,
    [surface, id, epoch, place, turn],
  );
  return rows.length > 0;
}

/** What people see of a row is there; false when it is not ours any more. */
export async function markSaid(
  queries: Queries,
  { id, epoch }: Pick<Parcel, 'id' | 'epoch'>,
): Promise<boolean> {
  const rows = await queries.query(
    `update outbox set said = true where id = $1 and epoch = $2 and state = 'sending' returning id`,
    [id, epoch],
  );
  return rows.length > 0;
}

/** Keeps a step that has succeeded; false when the row is not ours any more. */
export async function noteStep(
  queries: Queries,
  { id, epoch }: Pick<Parcel, 'id' | 'epoch'>,
  step: string,
  value: string,
): Promise<boolean> {
  const rows = await queries.query(
    `update outbox set steps = steps || jsonb_build_object($3::text, $4::text)
     where id = $1 and epoch = $2 and state = 'sending' returning id`,
    [id, epoch, step, value],
  );
  return rows.length > 0;
}

/** Prolongs the leases of what is in hand; returns the ids of what still is ours. */
export async function holdParcels(
  queries: Queries,
  held: readonly Pick<Parcel, 'id' | 'epoch'>[],
  lease: number,
): Promise<Set<number>> {
  if (held.length === 0) return new Set();
  const rows = await queries.query<{ id: number }>(
    `update outbox set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     from unnest($1::bigint[], $2::integer[]) as held(id, epoch)
     where outbox.id = held.id and outbox.epoch = held.epoch and state = 'sending'
     returning outbox.id`,
    [held.map(({ id }) => id), held.map(({ epoch }) => epoch), lease],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Ends a row, said or given up with why, and with it the card; false when it is not ours any more. */
export async function endParcel(
  queries: Queries,
  { id, epoch }: Pick<Parcel, 'id' | 'epoch'>,
  state: 'sent' | 'given up',
  why: string | null,
): Promise<boolean> {
  const rows = await queries.query(
    `with ended as (
       update outbox set state = $3, why = $4, lease_until = null, ended_at = now()
       where id = $1 and epoch = $2 and state = 'sending' returning id, card_id
     ), finished as (
       update cards set state = 'finished', why = $4 from ended where cards.id = ended.card_id and cards.state = 'finishing'
     )
     select id from ended`,
    [id, epoch, state, why],
  );
  return rows.length > 0;
}

/** Lets a row wait again for so many seconds; `uncounted` when it was not the chat's fault, so that the attempt does not count. */
export async function putOffParcel(
  queries: Queries,
  { id, epoch }: Pick<Parcel, 'id' | 'epoch'>,
  { seconds, why, uncounted = false }: { seconds: number; why: string | null; uncounted?: boolean },
): Promise<void> {
  await queries.query(
    `update outbox set state = 'waiting', lease_until = null, not_before = now() + $3 * interval '1 second', why = $4,
            attempts = attempts - case when $5 then 1 else 0 end
     where id = $1 and epoch = $2 and state = 'sending'`,
    [id, epoch, seconds, why, uncounted],
  );
}

/** Of cards whose last views are still to be said, how many of their workspace are said before each: places take turns, and a place keeps its order. */
export async function openBefore(
  queries: Queries,
  surface: Finished['surface'],
  cards: readonly number[],
): Promise<Map<number, number>> {
  const rows = await queries.query<{ card: number; before: number }>(
    `with placed as (
       select card_id, workspace, turn, row_number() over (partition by place order by turn) as nth
       from outbox join cards on cards.id = card_id
       where outbox.surface = $1 and outbox.state in ('waiting', 'sending') and not said
     ), line as (
       select card_id, row_number() over (partition by workspace order by nth, turn) - 1 as before from placed
     )
     select card_id as card, before from line where card_id = any ($2::bigint[])`,
    [surface, cards],
  );
  return new Map(rows.map(({ card, before }) => [card, before]));
}

/** Lets go of everything in hand, for whoever has just taken the home's lock and so knows that nobody carries anything. */
export async function freeParcels(queries: Queries): Promise<void> {
  await queries.query(
    `update outbox set state = 'waiting', lease_until = null, epoch = epoch + 1 where state = 'sending'`,
  );
}

/** Milliseconds until the first of some place may be claimed; null when nothing is open. */
export async function nextParcelDue(queries: Queries, surface: Finished['surface']): Promise<number | null> {
  const [row] = await queries.query<{ wait: number | null }>(
    `with recursive ${firsts}
     select (extract(epoch from min(coalesce(lease_until, not_before)) - clock_timestamp()) * 1000)::double precision as wait
     from (select * from firsts union all select * from rests) as first`,
    [surface],
  );
  return row?.wait ?? null;
}

/** Forgets what ended three months ago. */
export async function forgetParcels(queries: Queries): Promise<void> {
  await queries.query(`delete from outbox where ended_at < now() - interval '90 days'`);
}
