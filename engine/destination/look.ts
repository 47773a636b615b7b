import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { destinationProblem } from '../../dsl/destination-problem.ts';
import type { Unusable } from '../../dsl/world.ts';
import { BadFolder, withFolder } from './folder.ts';

/** What stands where TO points; nothing is changed. */
export type Destination =
  /** May be written. */
  | { state: 'free' }
  /** A regular file stands there, at this absolute path. */
  | { state: 'file' }
  | { state: 'unusable'; unusable: Unusable };

/** Looks at a path after TO, relative to the export root. */
export async function lookAtDestination(root: string, path: string): Promise<Destination> {
  const shape = destinationProblem(path);
  if (shape !== null) return refuse(shape.message, shape.hint);
  const parts = path.split('/');
  const name = parts.pop() as string;
  try {
    const found = await withFolder(root, parts, { make: false }, (folder) => statOf(folder.at(name)));
    if (found === null) return { state: 'free' };
    const unusable = unusableFile(found);
    return unusable === null ? { state: 'file' } : { state: 'unusable', unusable };
  } catch (error) {
    if (error instanceof BadFolder && error.reason === 'missing') return { state: 'free' };
    return { state: 'unusable', unusable: unusableFolder(error) };
  }
}

/** Of the entry itself, not of what it links to; null when nothing is there. */
export async function statOf(path: string): Promise<Stats | null> {
  return lstat(path).catch((error) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Why what stands there may be neither written nor replaced. */
export function unusableFile(found: Stats): Unusable | null {
  if (found.isFile()) return null;
  const stay = 'choose another name';
  if (found.isDirectory()) return { problem: 'a folder stands there', hint: stay, family: 5 };
  if (found.isSymbolicLink())
    return { problem: 'a link stands there, which is not followed', hint: stay, family: 5 };
  return { problem: 'something that is no file stands there', hint: stay, family: 5 };
}

/** Why the folder of a path cannot be used; throws what is nobody's choice. */
export function unusableFolder(error: unknown): Unusable {
  if (error instanceof BadFolder) {
    const problem =
      error.reason === 'link'
        ? `${error.part} is a link, which is not followed: it could lead out of the export folder`
        : error.reason === 'missing'
          ? 'the export folder is missing'
          : `${error.part} is no folder`;
    return { problem, hint: 'write to another folder', family: 5 };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return { problem: 'the folder may not be looked into', hint: 'write to another folder', family: 5 };
  if (code === 'ENAMETOOLONG')
    return { problem: 'the name is too long', hint: 'choose a shorter name', family: 5 };
  throw error;
}

function refuse(problem: string, hint: string): Destination {
  return { state: 'unusable', unusable: { problem, hint, family: 5 } };
}
