import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Parameter, Queries, Store } from './port.ts';

/** Where the embedded database lives: a folder, or memory when null. A new one starts from `template` (a dump of a fresh data
 * folder, see fresh-database.ts) where given: 0.6 s instead of 4 s. */
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
  /** After a panic (no room for the log of changes) nothing answers any more, not even `close`: opening again does, and loses nothing. */
  let panic: Error | null = null;
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (panic !== null)
      throw Object.assign(new Error(`the database has stopped: ${panic.message}`, { cause: panic }), {
        code: 'code' in panic ? panic.code : undefined,
      });
    try {
      return await work();
    } catch (error) {
      if (isPanic(error)) panic = error;
      throw error;
    }
  };
  const queries = queriesOn(database, guarded);
  return {
    ...queries,
    transaction: (work) =>
      guarded(
        () =>
          new Promise((resolve, reject) => {
            const tried = (error: unknown) => {
              if (isPanic(error)) panic = error;
              // Without waiting for a rollback that a database in panic never answers.
              if (panic !== null) reject(panic);
              throw error;
            };
            database
              .transaction((transaction) =>
                work(queriesOn(transaction, (statement) => statement().catch(tried))),
              )
              .then(resolve, reject);
          }),
      ),
    [Symbol.asyncDispose]: async () => {
      if (panic === null && !database.closed) await database.close();
    },
  };
}

type Guard = <T>(statement: () => Promise<T>) => Promise<T>;

function queriesOn(on: PGlite | Transaction, guard: Guard): Queries {
  return {
    query<Row>(text: string, parameters: readonly Parameter[] = []) {
      return guard(async () => (await on.query<Row>(text, [...parameters])).rows);
    },
    script: (text) => guard(async () => void (await on.exec(text))),
  };
}

/** PANIC of PostgreSQL, or a trap of the WebAssembly machine. */
function isPanic(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return error.name === 'RuntimeError' || ('severity' in error && error.severity === 'PANIC');
}
