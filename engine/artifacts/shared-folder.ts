import { createReadStream } from 'node:fs';
import {
  type FileHandle,
  link,
  mkdir,
  opendir,
  readdir,
  rename,
  rm,
  stat,
  statfs,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.ts';
import { diskFailure } from './disk-failure.ts';
import { checkedHash, listFolders, makeFolders, noLinks, placeOf } from './hash-folders.ts';
import { lost } from './lost.ts';
import type { Remote } from './remote.ts';
import { type Digested, digest, stillWritten, syncFolder, withFile } from './stream.ts';

/** Opens a folder that several machines have mounted, by NFS or the like: `root/ab/cd/abcd…` as on a disk of our own, `root/incoming/` what
 * is being written, `root/damaged/` what was found to be wrong.
 *
 * - A file is copied to `incoming`, synced, and linked into place: whole or absent, on every machine. link(2) never overwrites.
 * - Processes and clocks of other machines tell us nothing. How old a file is, is asked of a file that is written now beside it: both times
 *   are the file server's. So what was left in `incoming` is found without sessions.
 * - A machine may remember for a minute that a file is not there (acdirmax): before that is believed, its folders are opened again, which
 *   makes an NFS client ask. */
export async function openSharedFolder(root: string, mayMake: () => Promise<boolean>): Promise<Remote> {
  await prepare(root, mayMake);
  const said = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw folderFailure(error, root, doing);
    }
  };
  return {
    where: root,
    send: (source, digested, signal) => said('storing a result', () => send(root, source, digested, signal)),
    async *read(hash, from, signal) {
      try {
        yield* createReadStream(placeOf(root, hash), { start: from, highWaterMark: 1 << 20, signal });
      } catch (error) {
        signal?.throwIfAborted();
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw lost(hash);
        throw folderFailure(error, root, 'fetching what is read');
      }
    },
    size: (hash) => said('looking for stored bytes', () => sizeOf(root, checkedHash(hash))),
    remove: (hash) =>
      said('removing stored bytes', () => unlink(placeOf(root, hash)).catch(unless('ENOENT'))),
    async *list() {
      const now = await said('listing the stored bytes', () => clockOf(root));
      for await (const { hash, bytes, writtenAt } of listFolders(root))
        yield { hash, bytes, age: Math.max(0, (now - writtenAt) / 1000) };
    },
    sweep: (seconds) => said('sweeping', () => sweep(root, seconds)),
    async setAside(hash) {
      const aside = join(root, 'damaged', hash);
      await mkdir(dirname(aside), { recursive: true });
      await rename(placeOf(root, hash), aside).catch(unless('ENOENT'));
      return aside;
    },
    address: async () => null,
    check: () => said('trying it', () => check(root)),
  };
}

/** A folder that is missing where there should be results is one that is not mounted: making it would fill the disk below. */
async function prepare(root: string, mayMake: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await isFolder(root)) && !(await mayMake()))
      throw new Failure('permanent', 'PQL615', `${dirname(root)} has no results of this database`, {
        hint: `mount it where it is not mounted; if it is new, move the results there, or mkdir ${root} to go on without them`,
      });
    await mkdir(join(root, 'incoming'), { recursive: true });
  } catch (error) {
    throw folderFailure(error, root, 'opening the artifact store');
  }
}

async function send(
  root: string,
  source: FileHandle,
  { hash, bytes }: Digested,
  signal?: AbortSignal,
): Promise<void> {
  const place = placeOf(root, hash);
  await makeFolders(root, hash);
  const there = await sizeOf(root, hash);
  if (there === bytes) return;
  const draft = join(root, 'incoming', crypto.randomUUID());
  try {
    await withFile(
      draft,
      'wx',
      async (into) => {
        if ((await digest(source, { into, signal })).hash !== hash) throw stillWritten();
        await into.sync();
      },
      0o444,
    );
    signal?.throwIfAborted();
    // Of the wrong size it was hurt by a crash, and this is its cure. Anything else is never overwritten.
    if (there !== null) await rename(draft, place);
    else
      await link(draft, place).catch((error: NodeJS.ErrnoException) => {
        // The same bytes: from somebody who was faster, or from us, when the answer to our first try was lost.
        if (error.code === 'EEXIST') return;
        // No links here (SMB): equal names have equal bytes, so that nothing is lost by a rename.
        if (noLinks.has(error.code ?? '')) return rename(draft, place);
        throw error;
      });
    await syncFolder(dirname(place));
  } finally {
    await rm(draft, { force: true });
  }
}

async function sizeOf(root: string, hash: string): Promise<number | null> {
  const place = placeOf(root, hash);
  const look = () =>
    stat(place).then((found) => (found.isFile() ? found.size : null), unless('ENOENT', null));
  const found = await look();
  if (found !== null) return found;
  for (const folder of [root, dirname(dirname(place)), dirname(place)]) {
    const opened = await opendir(folder).catch(unless('ENOENT', null));
    if (opened === null) return null;
    await opened.close();
  }
  return look();
}

/** Now, by the clock of the file server, in milliseconds. */
async function clockOf(root: string): Promise<number> {
  const file = join(root, 'incoming', `clock-${crypto.randomUUID()}`);
  try {
    await writeFile(file, 'now');
    return (await stat(file)).mtimeMs;
  } finally {
    await rm(file, { force: true });
  }
}

async function sweep(root: string, seconds: number): Promise<number> {
  const now = await clockOf(root);
  let swept = 0;
  for (const name of await readdir(join(root, 'incoming'))) {
    const file = join(root, 'incoming', name);
    const found = await stat(file).catch(() => null);
    if (found === null || now - found.mtimeMs < seconds * 1000) continue;
    await rm(file, { force: true });
    swept += 1;
  }
  return swept;
}

async function check(root: string): Promise<{ free: number; notes: string[] }> {
  const file = join(root, 'incoming', `check-${crypto.randomUUID()}`);
  try {
    await writeFile(file, 'check', { flush: true });
    const links = await link(file, `${file}-link`).then(
      () => true,
      () => false,
    );
    const { bavail, bsize } = await statfs(root);
    return { free: bavail * bsize, notes: links ? [] : ['it knows no hard links, so files are renamed'] };
  } finally {
    await rm(file, { force: true });
    await rm(`${file}-link`, { force: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), unless('ENOENT', false));
}

/** What to do about an error that is to be expected. */
function unless<T = void>(code: string, value?: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code !== code) throw error;
    return value as T;
  };
}

const away = new Set([
  'ESTALE',
  'EIO',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENOTCONN',
  'ECONNRESET',
  'EREMOTEIO',
]);

/** A server that is away may come back; the rest is said as of any disk. */
function folderFailure(error: unknown, root: string, doing: string): Error {
  const { code, name } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || !away.has(code ?? '')) return diskFailure(error, `${doing} in ${root}`);
  return new Failure('transient', 'PQL616', `${root} does not answer (${code}) while ${doing}`, {
    hint: 'it is tried again by itself; mount it again if it stays so',
    cause: error,
  });
}
