import { afterAll } from 'vitest';

import { openMemoryStore } from './database.ts';
import { openGated } from './gated.ts';

/** An empty store with everything that the gate stands between; both end with the tests of the file. */
export async function openGatedStore() {
  const store = await openMemoryStore();
  const gated = await openGated(store);
  afterAll(async () => {
    await gated[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });
  return { store, gated };
}
