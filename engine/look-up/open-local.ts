import { type BigIntStats, constants, existsSync } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Unusable } from '../../dsl/world.ts';

/** A regular, filled file below the root, open for reading. Close the handle. */
export interface OpenLocal {
  /** Absolute, links resolved. */
  path: string;
  handle: FileHandle;
  stats: BigIntStats;
}

/** Opens a local file that a statement names. Links are followed as long as they stay below `root`; folders, pipes and devices are refused
 * before they are opened, since opening some of them waits or does something. */
export async function openLocal(path: string, root: string, folder: string): Promise<OpenLocal | Unusable> {
  if (path.includes('\0')) return { problem: 'a path has no NUL character', family: 4 };
  let handle: FileHandle | null = null;
  try {
    const within = await realpath(root);
    const named = resolve(folder, path);
    const outside: Unusable = {
      problem: 'the file lies outside the folder that may be read',
      hint: `move it below ${root}`,
      family: 5,
    };
    // By its name first, so that nobody learns what there is outside.
    if (!isInside(root, named) && !isInside(within, named)) return outside;
    const real = await realpath(named);
    if (!isInside(within, real)) return outside;
    const refusal = unusableKind(await lstat(real, { bigint: true }));
    if (refusal !== null) return refusal;
    // Without waiting, and not through a link that somebody has put there this moment.
    handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await handle.stat({ bigint: true });
    const swapped = unusableKind(stats) ?? ((await leadsOut(handle, within)) ? outside : null);
    if (swapped !== null) {
      await handle.close();
      return swapped;
    }
    return { path: real, handle, stats };
  } catch (error) {
    await handle?.close();
    return unreachable(error as NodeJS.ErrnoException);
  }
}

/** Why a file cannot be reached, in words; throws what has none. */
export function unreachable(error: NodeJS.ErrnoException): Unusable {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        problem: 'there is no such file',
        hint: 'check the path; it counts from the folder you are in',
        family: 4,
      };
    case 'ENAMETOOLONG':
      return { problem: 'the path is too long', family: 4 };
    case 'ELOOP':
      return { problem: 'its links lead in a circle', family: 4 };
    case 'EACCES':
    case 'EPERM':
      return { problem: 'the file may not be read', hint: 'check its permissions', family: 4 };
    case 'EIO':
      return { problem: 'the disk cannot read the file', hint: 'copy it from its source again', family: 4 };
    default:
      throw error;
  }
}

function unusableKind(stats: BigIntStats): Unusable | null {
  if (stats.isDirectory())
    return { problem: 'this is a folder, not a file', hint: 'name a file in it', family: 4 };
  if (!stats.isFile())
    return { problem: 'this is a pipe or a device, not a file', hint: 'save it as a file first', family: 4 };
  if (stats.size === 0n)
    return { problem: 'the file is empty', hint: 'was it copied or downloaded completely?', family: 4 };
  return null;
}

/** What the kernel says was opened, after every swap of folders that may have happened on the way. */
async function leadsOut(handle: FileHandle, within: string): Promise<boolean> {
  const link = `/proc/self/fd/${handle.fd}`;
  return existsSync('/proc/self/fd') && !isInside(within, await readlink(link));
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}
