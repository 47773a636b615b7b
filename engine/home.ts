import { access, constants, mkdir, rename, rm, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { diskFailure } from './artifacts/disk-failure.ts';
import { Failure } from './failure.ts';
import { HomeHeld, lockFolder } from './home/lock.ts';
import { openPglite } from './store/pglite.ts';
import type { PgliteProgram } from './store/pglite-program.ts';
import type { Store } from './store/port.ts';
import { unpackDump } from './store/unpack-dump.ts';

/** PQL_HOME, held by this process until it is disposed of. */
export interface Home extends AsyncDisposable {
  folder: string;
  artifacts: string;
  /** Emptied at opening; a folder a running job. */
  scratch: string;
  log: string;
  /** Opens the embedded database, made on first use. */
  openStore(): Promise<Store>;
}

export interface HomeOptions {
  host?: string;
  /** Gives the dump of a fresh database to start a new home from: 0.3 s instead of 4 s. When it cannot, the home is made without. */
  template?: (() => Promise<Uint8Array>) | undefined;
  /** The database program, where loading it was begun before. */
  program?: Promise<PgliteProgram> | undefined;
}

/** The embedded database writes ahead in files of 16 MiB: with less free than this it would stop half-way through a statement. */
const leastFree = 64 * 1024 * 1024;

/** Opens a home, making it where there is none. Throws HomeHeld when another process has it, a Failure when the disk does not let us. */
export async function openHome(folder: string, options: HomeOptions = {}): Promise<Home> {
  try {
    await mkdir(folder, { recursive: true });
    const lock = await lockFolder(folder, options.host ?? hostname());
    try {
      const scratch = `${folder}/scratch`;
      await rm(scratch, { recursive: true, force: true });
      await mkdir(scratch);
      return {
        folder,
        artifacts: `${folder}/artifacts`,
        scratch,
        log: `${folder}/pql.log`,
        openStore: () => openStore(folder, options).catch((error) => Promise.reject(said(error, folder))),
        [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
      };
    } catch (error) {
      await lock[Symbol.asyncDispose]();
      throw error;
    }
  } catch (error) {
    throw said(error, folder);
  }
}

/** A new database is made under another name and moved into place when it is whole, so that a crash leaves none that is half made. */
async function openStore(folder: string, options: HomeOptions): Promise<Store> {
  await refuseFullDisk(folder);
  const { program } = options;
  const database = `${folder}/database`;
  if (!(await isThere(database))) {
    const draft = `${folder}/database-draft`;
    await rm(draft, { recursive: true, force: true });
    const template = await options.template?.().catch(() => undefined);
    if (template === undefined) await (await openPglite({ folder: draft, program }))[Symbol.asyncDispose]();
    else await unpackDump(template, draft);
    await rename(draft, database);
  }
  await refuseReadOnly(database);
  try {
    return await openPglite({ folder: database, program });
  } catch (error) {
    // Of a damaged folder the database says nothing but a stack of WebAssembly.
    throw new Failure('permanent', 'PQL625', `the database in ${database} cannot be opened`, {
      hint: 'if it was damaged, put it back from a copy, or set PQL_HOME to another folder to start anew',
      cause: error,
    });
  }
}

/** PostgreSQL writes to these as it starts, and in WebAssembly it traps where it cannot. */
async function refuseReadOnly(database: string): Promise<void> {
  for (const path of ['', '/global', '/global/pg_control', '/pg_wal', '/base'])
    await access(`${database}${path}`, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
}

async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= leastFree) return;
  throw Object.assign(new Error(`only ${Math.floor((bavail * bsize) / 2 ** 20)} MiB are free`), {
    code: 'ENOSPC',
  });
}

async function isThere(folder: string): Promise<boolean> {
  return statfs(folder).then(
    () => true,
    () => false,
  );
}

function said(error: unknown, folder: string): Error {
  if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTDIR'))
    return new Failure('user', 'PQL603', `${folder} is a file or lies in one, so it cannot be the home`, {
      hint: 'set PQL_HOME to a folder',
      cause: error,
    });
  if (error instanceof HomeHeld) return error;
  const failure = diskFailure(error, `opening the home ${folder}`);
  const hint = failure instanceof Failure && failure !== error ? ways.get(failure.code) : undefined;
  // No statement was taken yet, so that there is nothing to RETRY.
  return hint === undefined
    ? failure
    : new Failure('permanent', (failure as Failure).code, failure.message, { hint, cause: error });
}

const ways: ReadonlyMap<string, string> = new Map([
  ['PQL620', 'free some space there, or set PQL_HOME to a folder on another disk'],
  ['PQL621', 'make it writable, or set PQL_HOME to a folder of your own'],
]);
