import type { Queries } from '../../store/port.ts';
import { nameKey } from './name-key.ts';
import { longestName, mostNames, type NewPerson, type Person } from './person.ts';

const columns = `people.id, names, kind, context, source,
  exists (select from opt_outs where person_id = people.id and ended_at is null) as "optedOut"`;

/** Everybody who bears exactly this name, whatever its case, accents and hyphens. */
export function peopleCalled(queries: Queries, name: string): Promise<Person[]> {
  return queries.query<Person>(`select ${columns} from people where keys @> array[$1] order by id`, [
    nameKey(name),
  ]);
}

/** By row id, in no order. */
export function peopleById(queries: Queries, ids: readonly number[]): Promise<Person[]> {
  return queries.query<Person>(`select ${columns} from people where id = any ($1::bigint[])`, [ids]);
}

/** Everybody whose entry changed after an epoch, in portions: `after` is the last row id of the one before. */
export function peopleChanged(
  queries: Queries,
  since: number,
  after: number,
  most: number,
): Promise<Person[]> {
  return queries.query<Person>(
    `select ${columns} from people where changed > $1 and id > $2 order by id limit $3`,
    [since, after, most],
  );
}

/** Enters somebody of whom only the name is known, which nobody bears yet. Under `lockHead`. */
export async function enterSomebody(
  queries: Queries,
  name: string,
  source: string,
  epoch: number,
): Promise<Person> {
  const [row] = await queries.query<Person>(
    `insert into people (names, keys, kind, source, changed) values ($1, $2, 'private', $3, $4)
     returning id, names, kind, context, source, false as "optedOut"`,
    [tidy([name]), keysOf([name]), source, epoch],
  );
  return row as Person;
}

/** Enters people, those of a name that is known under the person who bears it: names and contexts come together, and a public figure stays one.
 * Returns how many are new. Under `lockHead`. */
export async function enterPeople(
  queries: Queries,
  people: readonly NewPerson[],
  source: string,
  epoch: number,
): Promise<number> {
  const rows = people.map(({ names, kind, context }) => ({
    names: tidy(names),
    keys: keysOf(names),
    kind,
    context: [...new Set(context ?? [])],
  }));
  const list = JSON.stringify(rows.map((row, place) => ({ place, ...row })));
  const known = await queries.query<{ place: number; id: number }>(
    `select distinct on (rows.place) rows.place, people.id
     from jsonb_to_recordset($1::jsonb) as rows(place integer, keys text[])
       join people on people.keys @> rows.keys[1:1]
     order by rows.place, people.id`,
    [list],
  );
  if (known.length > 0) await addTo(queries, list, known, epoch);
  const there = new Set(known.map(({ place }) => place));
  const fresh = rows.filter((_, place) => !there.has(place));
  if (fresh.length > 0) await insert(queries, fresh, source, epoch);
  return fresh.length;
}

function insert(queries: Queries, rows: readonly object[], source: string, epoch: number): Promise<unknown> {
  return queries.query(
    `insert into people (names, keys, kind, context, source, changed)
     select names, keys, kind, context, $2, $3
     from jsonb_to_recordset($1::jsonb) as rows(names text[], keys text[], kind text, context text[])`,
    [JSON.stringify(rows), source, epoch],
  );
}

function addTo(
  queries: Queries,
  list: string,
  known: readonly { place: number; id: number }[],
  epoch: number,
): Promise<unknown> {
  return queries.query(
    `update people set
       names = array(select name from unnest(people.names || rows.names) with ordinality as each(name, place)
                     group by name order by min(place) limit ${mostNames}),
       keys = array(select distinct key from unnest(people.keys || rows.keys) as each(key)),
       context = array(select distinct word from unnest(people.context || rows.context) as each(word)),
       kind = case when 'public figure' in (people.kind, rows.kind) then 'public figure' else 'private' end,
       changed = $4
     from jsonb_to_recordset($1::jsonb) as rows(place integer, names text[], keys text[], kind text, context text[])
       join unnest($2::integer[], $3::bigint[]) as known(place, id) on known.place = rows.place
     where people.id = known.id`,
    [list, known.map(({ place }) => place), known.map(({ id }) => id), epoch],
  );
}

/** Without what says nothing: what is empty, too long, or said twice. */
function tidy(names: readonly string[]): string[] {
  const said = names.map((name) => name.normalize('NFC').trim()).filter((name) => nameKey(name) !== '');
  return [...new Set(said.map((name) => name.slice(0, longestName)))].slice(0, mostNames);
}

/** In the order of the names. */
function keysOf(names: readonly string[]): string[] {
  return [...new Set(tidy(names).map(nameKey))];
}
