import { fileURLToPath } from 'node:url';
import { readMigrations } from '../../engine/migrate.ts';
import * as cache from '../../engine/store/fresh-database.ts';
import { openPglite } from '../../engine/store/pglite.ts';
import type { Store } from '../../engine/store/port.ts';

/** Where the dumps are kept, beside the installed packages. */
export const dumps = fileURLToPath(new URL('../../node_modules/.cache/watchai', import.meta.url));

/** A store in memory with the newest schema and nothing in it, in 0.4 s instead of 4 s. */
export async function openMemoryStore(): Promise<Store> {
  return openPglite({ folder: null, template: await freshDatabase() });
}

/** The dump of a database with the newest schema and nothing in it. */
export async function freshDatabase(): Promise<Uint8Array<ArrayBuffer>> {
  return cache.freshDatabase(dumps, await readMigrations());
}

/** The dump of a database without tables. */
export function emptyDatabase(): Promise<Uint8Array<ArrayBuffer>> {
  return cache.freshDatabase(dumps, []);
}
