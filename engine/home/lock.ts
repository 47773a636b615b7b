import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { isRunning, type Owner, readOwner, thisProcess } from './owner.ts';

/** Thrown when another process holds the home. */
export class HomeHeld extends Error {
  override name = 'HomeHeld';
  readonly owner: Owner;

  constructor(folder: string, file: string, owner: Owner, host: string) {
    super(
      owner.host === host
        ? `${folder} is in use by process ${owner.pid}: let it finish or end it, or set PQL_HOME to another folder`
        : `${folder} is in use by process ${owner.pid} on ${owner.host}: end it there, or set PQL_HOME to another folder; if that machine is gone for good, remove ${file}`,
    );
    this.owner = owner;
  }
}

/** Takes the lock of a folder for this process; it is gone when disposed of, or when the process dies in whatever way.
 *
 * The lock is the file `lock.N` of the highest N. To take it over from the dead or from who has released it one creates `lock.N+1`,
 * which only one can (link fails when the name is taken). The highest is never deleted, only marked as released, so nobody can take
 * over an old number without then seeing a higher one. Unlike a plain lock file, two takers of a stale lock cannot both win. */
export async function lockFolder(folder: string, host: string): Promise<AsyncDisposable> {
  const draft = `${folder}/lock-draft-${randomUUID()}`;
  await writeFile(draft, JSON.stringify(thisProcess(host)), { flush: true });
  try {
    for (;;) {
      const before = await newest(folder);
      const holder = before === 0 ? null : readOwner(await readOrEmpty(`${folder}/lock.${before}`));
      if (holder !== null && isRunning(holder, host))
        throw new HomeHeld(folder, `${folder}/lock.${before}`, holder, host);
      const own = `${folder}/lock.${before + 1}`;
      if (!(await linkNew(draft, own))) continue;
      if ((await newest(folder)) !== before + 1) {
        // What we saw was old: the number we took had been used and cleaned away.
        await rm(own, { force: true });
        continue;
      }
      await removeOlder(folder, before + 1);
      return { [Symbol.asyncDispose]: () => release(own) };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** An empty file says that nobody holds the lock; making it empty needs no room on a full disk. */
function release(file: string): Promise<void> {
  return truncate(file, 0);
}

/** The highest number of a lock file; 0 for none. */
async function newest(folder: string): Promise<number> {
  return Math.max(0, ...(await numbers(folder)));
}

async function numbers(folder: string): Promise<number[]> {
  return (await readdir(folder)).map((name) => Number(/^lock\.(\d{1,15})$/.exec(name)?.[1] ?? 0));
}

async function removeOlder(folder: string, own: number): Promise<void> {
  for (const number of await numbers(folder))
    if (number > 0 && number < own) await rm(`${folder}/lock.${number}`, { force: true });
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

/** False when the name is taken. */
async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
