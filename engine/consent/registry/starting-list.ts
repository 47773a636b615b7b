import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Store } from '../../store/port.ts';
import { readPeople } from '../import/people.ts';
import { importPeople } from './import-people.ts';

/** Enters the widely known people that come with the program, once for each version of that list. Two processes that do it at the same time
 * enter nobody twice. */
export async function enterStartingList(store: Store): Promise<void> {
  const list = await readFile(new URL('../people/known.csv', import.meta.url));
  const sha256 = createHash('sha256').update(list).digest('hex');
  const [head] = await store.query<{ known: string | null }>(
    'select starting_list as known from consent_head',
  );
  if (head?.known === sha256) return;
  const people = readPeople(oneChunk(list), 'csv');
  await importPeople(store, people, {
    ...{ source: 'starting list', sha256 },
    by: { workspace: 'installation', user: 'watchai' },
  });
  await store.query('update consent_head set starting_list = $1', [sha256]);
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
