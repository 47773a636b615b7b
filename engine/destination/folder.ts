import { constants, existsSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../artifacts/stream.ts';

/** A folder below a root that was reached without following a link, and that stays the same folder whatever is renamed meanwhile. */
export interface OpenFolder extends AsyncDisposable {
  /** A path to an entry of it, for the file system only; on Linux it goes through the open folder (/proc/self/fd/N), which is what openat(2)
   * would do. */
  at(name: string): string;
  /** Makes changes of its entries stay after a power cut. */
  sync(): Promise<void>;
}

/** Why a folder was not reached. */
export class BadFolder extends Error {
  override name = 'BadFolder';
  readonly reason: 'missing' | 'link' | 'no folder';
  /** The part of the path that is to blame. */
  readonly part: string;

  constructor(reason: 'missing' | 'link' | 'no folder', part: string) {
    super(`${reason}: ${part}`);
    this.reason = reason;
    this.part = part;
  }
}

/** Walks from `root` (which may itself be a link) down `parts`, one by one, each opened with O_NOFOLLOW through its parent: somebody who
 * swaps a folder for a link while we walk gains nothing. Makes missing folders when told to; throws BadFolder. */
export async function openFolder(
  root: string,
  parts: readonly string[],
  options: { make: boolean },
): Promise<OpenFolder> {
  if (options.make) await mkdir(root, { recursive: true });
  const real = await realpath(root).catch((error) => {
    throw error.code === 'ENOENT' ? new BadFolder('missing', root) : error;
  });
  let folder = hold(await open(real, flags), real);
  try {
    for (const part of parts) {
      const next = await step(folder, part, options.make);
      await folder[Symbol.asyncDispose]();
      folder = next;
    }
    return folder;
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

/** Opens a folder as above for as long as `work` takes. */
export async function withFolder<T>(
  root: string,
  parts: readonly string[],
  options: { make: boolean },
  work: (folder: OpenFolder) => Promise<T>,
): Promise<T> {
  const folder = await openFolder(root, parts, options);
  try {
    return await work(folder);
  } finally {
    await folder[Symbol.asyncDispose]();
  }
}

const flags = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

async function step(parent: OpenFolder, part: string, make: boolean): Promise<OpenFolder> {
  const path = parent.at(part);
  for (;;) {
    try {
      return hold(await open(path, flags), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ELOOP' || code === 'ENOTDIR') {
        const link = await lstat(path).then(
          (found) => found.isSymbolicLink(),
          () => false,
        );
        throw new BadFolder(link ? 'link' : 'no folder', part);
      }
      if (code !== 'ENOENT') throw error;
      if (!make) throw new BadFolder('missing', part);
      await mkdir(path).catch((problem: NodeJS.ErrnoException) => {
        if (problem.code !== 'EEXIST') throw problem;
      });
      await parent.sync();
    }
  }
}

/** Without /proc the path itself has to do: then a folder swapped between two looks goes unnoticed. */
function hold(handle: FileHandle, path: string): OpenFolder {
  const through = `/proc/self/fd/${handle.fd}`;
  const base = existsSync(through) ? through : path;
  return {
    at: (name) => join(base, name),
    sync: () => syncFolder(base),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
