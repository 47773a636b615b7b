import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Parameter, Queries, Store } from './port.ts';

/** Where the embedded database lives: a folder, or memory when null. A new one starts from `template` (a dump of a fresh data
 * folder) where given: 0.6 s instead of 4 s. */
export interface PgliteOptions {
  folder: string | null;
  template?: Blob | undefined;
}

/** Opens PostgreSQL in WebAssembly. The folder has no lock of its own: hold the home's (engine/home.ts) first. */
export async function openPglite(options: PgliteOptions): Promise<Store> {
  // Loaded when needed: 50 ms that `pql check` and `pql fmt` do not pay.
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create({
    ...(options.folder === null ? {} : { dataDir: options.folder }),
    ...(options.template === undefined ? {} : { loadDataDir: options.template }),
  });
  return {
    ...queriesOn(database),
    transaction: (work) => database.transaction((transaction) => work(queriesOn(transaction))),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

/** A dump of a fresh data folder, to start others from. */
export async function dumpFreshDatabase(): Promise<Blob> {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  try {
    return await database.dumpDataDir('none');
  } finally {
    await database.close();
  }
}

function queriesOn(on: PGlite | Transaction): Queries {
  return {
    async query<Row>(text: string, parameters: readonly Parameter[] = []) {
      const { rows } = await on.query<Row>(text, [...parameters]);
      return rows;
    },
    async script(text) {
      await on.exec(text);
    },
  };
}
