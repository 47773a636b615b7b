import type { Queries } from '../../store/port.ts';
import type { Across, Part, PersonNames } from '../matcher/port.ts';
import { peopleChanged } from '../registry/people.ts';
import type { Person } from '../registry/person.ts';

/** Finds names in the texts of a plan, in one or over several. */
export interface NameFinder {
  across<Origin>(parts: readonly Part<Origin>[]): Promise<Across<Origin>>;
  add(person: PersonNames): void;
  remove(id: string): void;
}

/** The names that must not pass unseen, kept up with the register. */
export interface NameIndex {
  /** Brings the index up to the register: epoch and finder. One query where nothing changed. */
  fresh(): Promise<{ epoch: number; finder: NameFinder }>;
}

const portion = 5000;

/** An index that is filled when it is first asked and holds whoever opted out and every public figure. `prepare` comes before that. */
export function openNameIndex(
  queries: Queries,
  createFinder: () => Promise<NameFinder>,
  prepare: () => Promise<void>,
): NameIndex {
  let finder: NameFinder | null = null;
  let prepared = false;
  let seen = 0;
  let catching: Promise<unknown> = Promise.resolve();
  const catchUp = async () => {
    if (!prepared) await prepare();
    prepared = true;
    const epoch = await epochOf(queries);
    if (epoch === seen) return { epoch, finder: finder ?? nobody };
    for (let after = 0; ; ) {
      const people = await peopleChanged(queries, seen, after, portion);
      // Its words are loaded when there is somebody to find.
      if (people.length > 0) finder ??= await createFinder();
      for (const person of people) enter(finder!, person);
      if (people.length < portion) break;
      after = people.at(-1)!.id;
    }
    seen = epoch;
    return { epoch, finder: finder ?? nobody };
  };
  return {
    fresh() {
      // One after the other: whoever comes second finds the work done.
      const turn = catching.then(catchUp);
      catching = turn.catch(() => {});
      return turn;
    },
  };
}

const nobody: NameFinder = Object.freeze({
  across: async () => ({ found: [], unread: false }),
  add: () => {},
  remove: () => {},
});

/** The consent epoch at this moment. */
export async function epochOf(queries: Queries): Promise<number> {
  const [head] = await queries.query<{ epoch: number }>('select epoch from consent_head');
  return (head as { epoch: number }).epoch;
}

/** What the matcher is told of a person. */
export function namesOf({ id, names, kind, context }: Person): PersonNames {
  return { id: String(id), names, kind, context };
}

function enter(finder: NameFinder, person: Person): void {
  if (person.optedOut || person.kind === 'public figure') finder.add(namesOf(person));
  else finder.remove(String(person.id));
}
