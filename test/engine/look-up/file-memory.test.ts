import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedFileMemory } from '../../../engine/look-up/file-memory.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const seen = {
  hash: 'ab'.repeat(32),
  facts: { kind: 'text', container: 'text/plain', bytes: 4 } as const,
  recipe: null,
};

test('remembers what was seen until the file is another one', async () => {
  const memory = storedFileMemory(store, 'here');
  await memory.remember('/clip.mp4', 'first', seen);
  expect(await memory.recall('/clip.mp4', 'first')).toEqual(seen);
  expect(await memory.recall('/clip.mp4', 'second')).toBeNull();
  await memory.remember('/clip.mp4', 'second', { ...seen, recipe: 'GENERATE "fog"' });
  expect(await memory.recall('/clip.mp4', 'first')).toBeNull();
  expect(await memory.recall('/clip.mp4', 'second')).toMatchObject({ recipe: 'GENERATE "fog"' });
});

test('knows nothing of the files of another machine', async () => {
  await storedFileMemory(store, 'here').remember('/film.mp4', 'same', seen);
  expect(await storedFileMemory(store, 'there').recall('/film.mp4', 'same')).toBeNull();
});

test('forgets after three months', async () => {
  const memory = storedFileMemory(store, 'here');
  await memory.remember('/old.mp4', 'same', seen);
  await store.query(`update local_files set seen_at = now() - interval '91 days' where path = '/old.mp4'`);
  await memory.remember('/new.mp4', 'same', seen);
  expect(await memory.recall('/old.mp4', 'same')).toBeNull();
  expect(await memory.recall('/new.mp4', 'same')).toEqual(seen);
});
