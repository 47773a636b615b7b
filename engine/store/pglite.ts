import type { PGlite, Transaction } from '@electric-sql/pglite';
import { loadPglite, type PgliteProgram } from './pglite-program.ts';
import { type Run, statementsOf } from './pglite-statements.ts';
import type { Parameter, Queries, Store } from './port.ts';

/** Where the embedded database lives: a folder, or memory when null. A new one starts from `template` (a dump of a fresh data
 * folder, see fresh-database.ts) where given: 0.6 s instead of 4 s. `program` is what was loaded before. */
export interface PgliteOptions {
  folder: string | null;
  template?: Uint8Array<ArrayBuffer> | undefined;
  program?: Promise<PgliteProgram> | undefined;
}

/** Beside those that the library starts with. */
const settings = [
  // PostgreSQL's own 128 MB are touched one by one at every start: 0.2 s and 130 MB of memory for a database of a few.
  'shared_buffers=16MB',
  // What follows from 128 MB. Less is written out in the middle of an insertion, where a full disk is not told in words.
  'wal_buffers=4MB',
];

/** Opens PostgreSQL in WebAssembly. The folder has no lock of its own: hold the home's (engine/home.ts) first. */
export async function openPglite(options: PgliteOptions): Promise<Store> {
  // Loaded when needed: what `pql check` and `pql fmt` do not pay.
  const program = await (options.program ?? loadPglite());
  return storeOn(await startPglite(options, program), program);
}

/** The database as its library knows it. */
export function startPglite(
  options: Pick<PgliteOptions, 'folder' | 'template'>,
  { library, compiled }: PgliteProgram,
): Promise<PGlite> {
  return library.PGlite.create({
    startParams: [...library.PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])],
    ...(compiled === null ? {} : { pgliteWasmModule: compiled }),
    ...(options.folder === null ? {} : { dataDir: options.folder }),
    ...(options.template === undefined ? {} : { loadDataDir: new Blob([options.template]) }),
  });
}

/** The store over it; closing the one closes the other. */
export function storeOn(database: PGlite, { library }: PgliteProgram): Store {
  const run = statementsOf(database, library.protocol);
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
  const queries = queriesOn(
    database,
    (text, parameters) =>
      database._runExclusiveTransaction(() => database.runExclusive(() => run(text, parameters))),
    guarded,
  );
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
                work(
                  queriesOn(
                    transaction,
                    (text, parameters) => database.runExclusive(() => run(text, parameters)),
                    (statement) => statement().catch(tried),
                  ),
                ),
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

function queriesOn(on: PGlite | Transaction, run: Run, guard: Guard): Queries {
  return {
    query: <Row>(text: string, parameters: readonly Parameter[] = []) =>
      guard(() => run<Row>(text, parameters)),
    script: (text) => guard(async () => void (await on.exec(text))),
  };
}

/** PANIC of PostgreSQL, or a trap of the WebAssembly machine. */
function isPanic(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return error.name === 'RuntimeError' || ('severity' in error && error.severity === 'PANIC');
}
