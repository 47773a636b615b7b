import { fileURLToPath } from 'node:url';
import { migrate, readMigrations } from '../../engine/migrate.ts';
import * as cache from '../../engine/store/fresh-database.ts';
import { openPglite } from '../../engine/store/pglite.ts';
import type { Store } from '../../engine/store/port.ts';

/** A store in memory with the newest schema and nothing in it, in 0.6 s instead of 4 s. */
export async function openMemoryStore(): Promise<Store> {
  const store = await openPglite({ folder: null, template: await freshDatabase() });
  await migrate(store, await readMigrations());
  return store;
}

/** The dump of a database without tables, kept beside the installed packages. */
export function freshDatabase(): Promise<Uint8Array<ArrayBuffer>> {
  return cache.freshDatabase(
    fileURLToPath(new URL('../../node_modules/.cache/watchai', import.meta.url)),
    [],
  );
}
