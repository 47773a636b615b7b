import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';

import type { Facts } from '../../dsl/facts.ts';
import type { Unusable } from '../../dsl/world.ts';
import { digest, withFile } from '../artifacts/stream.ts';
import { Failure } from '../failure.ts';
import type { Prober } from '../prober.ts';

/** A local file that a statement names: measured and hashed. */
export interface LocalFile {
  /** Absolute, links resolved. */
  path: string;
  hash: string;
  facts: Facts;
  recipe: string | null;
}

/** Looks at local files, and remembers what it saw as long as a file's size and times stay the same. */
export interface FileLooker {
  /** `root`: below which files must lie; null where there are no files. `folder`: where relative paths start. */
  look(
    path: string,
    root: string | null,
    folder: string,
    signal?: AbortSignal,
  ): Promise<LocalFile | Unusable>;
}

/** Files that are remembered; the oldest goes. */
const most = 1000;

export function openFileLooker(prober: Prober): FileLooker {
  const seen = new Map<string, LocalFile>();
  return {
    async look(path, root, folder, signal) {
      if (root === null)
        return { problem: 'there are no local files here', hint: 'name a clip of the workspace', family: 5 };
      if (path.includes('\0')) return { problem: 'a path has no NUL character', family: 4 };
      const real = await realpath(resolve(folder, path)).catch((error: NodeJS.ErrnoException) => error);
      if (real instanceof Error) return unreachable(real);
      if (!inside(await realpath(root).catch(() => root), real))
        return {
          problem: 'the file lies outside the folder that may be read',
          hint: `move it below ${root}`,
          family: 5,
        };
      try {
        const { size, mtimeMs, ctimeMs, ino } = await stat(real);
        const key = JSON.stringify([real, size, mtimeMs, ctimeMs, ino]);
        const before = seen.get(key);
        if (before !== undefined) return before;
        const facts = await prober.probe(real, signal);
        const file = {
          path: real,
          facts,
          hash: await hashOf(real, signal),
          recipe: await prober.recipe(real, signal),
        };
        if (seen.size >= most) seen.delete(seen.keys().next().value as string);
        seen.set(key, file);
        return file;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof Failure) return unusable(error);
        return unreachable(error as NodeJS.ErrnoException);
      }
    },
  };
}

function inside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

async function hashOf(path: string, signal?: AbortSignal): Promise<string> {
  return (await withFile(path, 'r', (file) => digest(file, { signal }))).hash;
}

function unusable(failure: Failure): Unusable {
  const family = failure.code.startsWith('PQL5') ? 5 : 4;
  return { problem: failure.message, family, ...(failure.hint === null ? {} : { hint: failure.hint }) };
}

function unreachable(error: NodeJS.ErrnoException): Unusable {
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
    default:
      throw error;
  }
}
