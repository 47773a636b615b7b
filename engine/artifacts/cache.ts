import { chmod, link, lstat, mkdir, readdir, rename, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { noLinks } from './hash-folders.ts';
import { digest, withFile } from './stream.ts';

/** Bytes of a store far away that are kept near: a folder of files named by their hash, of which the least recently used go first.
 *
 * A reader is handed a hard link of its own in its scratch folder. So the file system counts the readers, of every process that shares
 * the folder: a file with a second link is being read and is never let go, and when a process is killed its scratch folder is swept and its
 * links with it. When something was used last is its access time, set by us (disks are mounted without); its modification time is a whole
 * second, so that setting the one does not blur the other. */
export interface Cache {
  /** A link in the folder of a reader, or the file itself; null when it is not here, or is not what it was. */
  lend(hash: string, scratch: string | null): Promise<string | null>;
  /** Moves in a file whose bytes were hashed as they were written. `reserved` for it before. */
  keep(hash: string, file: string): Promise<void>;
  /** Lets go of what was not used for longest until so many bytes fit within the limit, as far as nobody reads them. They count as used
   * until what is returned is disposed of. */
  reserve(bytes: number): Promise<Disposable>;
  /** Lets go of everything that nobody reads. */
  clear(): Promise<void>;
  /** Lets go of one, whoever reads it keeps its link. */
  forget(hash: string): Promise<void>;
  /** Keeps a file from being let go of before it is lent. */
  hold(hash: string): Disposable;
}

interface Seen {
  ino: number;
  size: number;
  mtimeMs: number;
}

/** Opens the cache in a folder, which lies on the disk of the readers' scratch folders. `limit` in bytes. */
export async function openCache(folder: string, limit: number, now: () => number = Date.now): Promise<Cache> {
  await mkdir(folder, { recursive: true });
  /** What this process hashed, or wrote: only that is believed. A crash or a failing disk may have hurt the rest. */
  const sound = new Map<string, Seen>();
  const held = new Map<string, number>();
  let reserved = 0;

  const letGo = async (bytes: number): Promise<void> => {
    const files = await filesIn(folder);
    let total = reserved + bytes + files.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size, nlink } of files.sort((a, b) => a.atimeMs - b.atimeMs)) {
      if (total <= limit) return;
      if (nlink > 1 || held.has(name)) continue;
      await unlink(join(folder, name)).catch(ignoreMissing);
      sound.delete(name);
      total -= size;
    }
  };

  const isSound = async (hash: string, place: string, found: Seen): Promise<boolean> => {
    const seen = sound.get(hash);
    if (seen?.ino === found.ino && seen.size === found.size && seen.mtimeMs === found.mtimeMs) return true;
    if ((await withFile(place, 'r', (file) => digest(file))).hash !== hash) return false;
    sound.set(hash, { ino: found.ino, size: found.size, mtimeMs: found.mtimeMs });
    return true;
  };

  return {
    async lend(hash, scratch) {
      const place = join(folder, hash);
      try {
        const found = await lstat(place);
        if (!found.isFile()) return null;
        if (!(await isSound(hash, place, found))) {
          await unlink(place);
          return null;
        }
        await utimes(place, now() / 1000, found.mtimeMs / 1000);
        return scratch === null ? place : await lendTo(scratch, hash, place);
      } catch (error) {
        // Somebody let go of it at this moment.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    async keep(hash, file) {
      const written = Math.floor(now() / 1000);
      await chmod(file, 0o444);
      await utimes(file, now() / 1000, written);
      const { ino, size, mtimeMs } = await lstat(file);
      const place = join(folder, hash);
      // A cache may be emptied by hand.
      await mkdir(folder, { recursive: true });
      await link(file, place).catch((error: NodeJS.ErrnoException) => {
        if (noLinks.has(error.code ?? '')) return rename(file, place);
        // Another process was faster: the same bytes.
        if (error.code !== 'EEXIST') throw error;
      });
      sound.set(hash, { ino, size, mtimeMs });
      await unlink(file).catch(ignoreMissing);
    },
    async reserve(bytes) {
      await letGo(bytes);
      reserved += bytes;
      return {
        [Symbol.dispose]() {
          reserved -= bytes;
        },
      };
    },
    clear: () => letGo(Number.POSITIVE_INFINITY),
    async forget(hash) {
      sound.delete(hash);
      await unlink(join(folder, hash)).catch(ignoreMissing);
    },
    hold(hash) {
      held.set(hash, (held.get(hash) ?? 0) + 1);
      return {
        [Symbol.dispose]() {
          const left = (held.get(hash) ?? 1) - 1;
          if (left === 0) held.delete(hash);
          else held.set(hash, left);
        },
      };
    },
  };
}

/** Where the disk has no links, the file itself: read safely as long as it stays within the limit. */
async function lendTo(scratch: string, hash: string, place: string): Promise<string> {
  const own = join(scratch, `input-${hash}`);
  try {
    await link(place, own);
    return own;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A job may read the same bytes twice.
    if (code === 'EEXIST') return own;
    if (noLinks.has(code ?? '') || code === 'EXDEV') return place;
    throw error;
  }
}

async function filesIn(
  folder: string,
): Promise<{ name: string; size: number; nlink: number; atimeMs: number }[]> {
  const found = await Promise.all(
    (await readdir(folder).catch(() => [])).map((name) =>
      lstat(join(folder, name)).then(
        ({ size, nlink, atimeMs }) => [{ name, size, nlink, atimeMs }],
        () => [],
      ),
    ),
  );
  return found.flat();
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
