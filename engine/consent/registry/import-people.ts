import type { Store } from '../../store/port.ts';
import { audit, lockHead, raiseEpoch } from '../audit/append.ts';
import { enterPeople } from './people.ts';
import type { Actor, NewPerson } from './person.ts';

/** So many people go into one transaction: a few hundred milliseconds in which nobody else changes the register. */
const portion = 2000;

/** Enters the people of a list, portion by portion, each with its entry in the audit; `sha256` is that of the list. Returns how many there were
 * and how many of them are new. */
export async function importPeople(
  store: Store,
  people: AsyncIterable<NewPerson> | Iterable<NewPerson>,
  from: { source: string; sha256: string; by: Actor },
  signal?: AbortSignal,
): Promise<{ read: number; entered: number }> {
  const total = { read: 0, entered: 0 };
  let batch: NewPerson[] = [];
  const enter = async () => {
    signal?.throwIfAborted();
    const people = batch;
    batch = [];
    const entered = await store.transaction(async (queries) => {
      await lockHead(queries);
      const entered = await enterPeople(queries, people, from.source, await raiseEpoch(queries));
      const { source, sha256 } = from;
      await audit(queries, 'people imported', from.by, { source, sha256, read: people.length, entered });
      return entered;
    });
    total.read += people.length;
    total.entered += entered;
  };
  for await (const person of people) {
    batch.push(person);
    if (batch.length === portion) await enter();
  }
  if (batch.length > 0) await enter();
  return total;
}
