import { whyNotCovered } from '../grants/covers.ts';
import { type Grant, grantsOf } from '../grants/standing.ts';
import type { Use } from '../grants/terms.ts';
import type { Person } from '../registry/person.ts';
import { type Ruling, rulingKey, rulingsOn } from './cleared.ts';
import type { Register } from './judge.ts';
import type { Words } from './words.ts';

/** What somebody would have to have given leave for; `texts` are what a grant's exceptions are held against, and `under` the only grants that count, where it names any. */
export interface Wanted {
  use: Use;
  texts: readonly string[];
  under?: readonly string[];
}

/** The grant that covers what is wanted, else the last of theirs that does not; `why` completes "the grant r9 …". */
export interface Leave {
  grant: Grant | null;
  refused: { grant: string; why: string } | null;
}

/** What a judgement rests on, as it stands now: who people are, what they gave leave for, and what moderators said. */
export interface Grounds {
  people: ReadonlyMap<number, Person>;
  leaveOf(person: Person, wanted: Wanted): Leave;
  rulingOn(person: number, hash: string): Ruling | undefined;
}

/** Looks up what was given and said about people in a workspace; `hashes` are what moderators may have ruled on. */
export async function groundsOf(
  register: Register,
  workspace: string,
  people: readonly Person[],
  hashes: readonly string[],
): Promise<Grounds> {
  const { queries, signer } = register;
  const known = new Map(people.map((person) => [person.id, person]));
  const grants = await grantsOf(queries, signer, workspace, [...known.keys()]);
  // Without grants nothing depends on it.
  const now = grants.length === 0 ? new Date(0) : await timeOf(register);
  const rulings = await rulingsOn(queries, workspace, hashes);
  return {
    people: known,
    rulingOn: (person, hash) => rulings.get(rulingKey(person, hash)),
    leaveOf({ id }, { use, texts, under = [] }) {
      let refused: Leave['refused'] = null;
      for (const grant of grants) {
        if (grant.person !== id || (under.length > 0 && !under.includes(grant.id))) continue;
        const why = whyNotCovered(grant, { use, now, texts });
        if (why === null) return { grant, refused: null };
        refused = { grant: grant.id, why };
      }
      return { grant: null, refused };
    },
  };
}

/** Words for each reason why somebody may not be shown. */
export interface Refusals {
  optedOut(who: string): Words;
  withoutGrant(who: string): Words;
  notCovered(who: string, grant: string, why: string): Words;
}

/** Why somebody may not be shown; null where they may. Whoever said no is not asked for a grant. */
export function whyNotShown(
  { names, optedOut }: Person,
  { grant, refused }: Leave,
  refusals: Refusals,
): Words | null {
  const who = names[0]!;
  if (optedOut) return refusals.optedOut(who);
  if (grant !== null) return null;
  return refused === null ? refusals.withoutGrant(who) : refusals.notCovered(who, refused.grant, refused.why);
}

/** This moment, by the clock that grants begin and end by. */
export async function timeOf({ queries, now }: Pick<Register, 'queries' | 'now'>): Promise<Date> {
  if (now !== undefined) return now();
  const [row] = await queries.query<{ now: Date }>('select clock_timestamp() as now');
  return (row as { now: Date }).now;
}
