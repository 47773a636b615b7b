import { fileURLToPath } from 'node:url';
import { readMigrations } from '../../engine/migrate.ts';
import * as cache from '../../engine/store/fresh-database.ts';
import { openPglite } from '../../engine/store/pglite.ts';
import { loadPglite, type PgliteProgram } from '../../engine/store/pglite-program.ts';
import type { Store } from '../../engine/store/port.ts';

/** Where the dumps are kept, beside the installed packages. */
export const dumps = fileURLToPath(new URL('../../node_modules/.cache/watchai', import.meta.url));

/** What every store of a process starts from: the program, compiled, and the dump. */
let shared: { program: Promise<PgliteProgram>; template: Promise<Uint8Array<ArrayBuffer>> } | null = null;

/** A store in memory with the newest schema and nothing in it, in 0.4 s instead of 4 s. */
export async function openMemoryStore(): Promise<Store> {
  shared ??= { program: loadPglite(), template: freshDatabase() };
  return openPglite({ folder: null, template: await shared.template, program: shared.program });
}

/** The dump of a database with the newest schema and nothing in it. */
export async function freshDatabase(): Promise<Uint8Array<ArrayBuffer>> {
  return cache.freshDatabase(dumps, await readMigrations());
}

/** The dump of a database without tables. */
export function emptyDatabase(): Promise<Uint8Array<ArrayBuffer>> {
  return cache.freshDatabase(dumps, []);
}
