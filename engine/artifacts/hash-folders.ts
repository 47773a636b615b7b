import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './stream.ts';

/** Where an artifact stands or would stand, `root/ab/cd/abcd…`; a hash is checked, since it becomes a path. */
export function placeOf(root: string, hash: string): string {
  return join(root, hash.slice(0, 2), hash.slice(2, 4), checkedHash(hash));
}

/** A hash from outside, or a TypeError. */
export function checkedHash(hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new TypeError(`not a SHA-256: ${hash}`);
  return hash;
}

/** What link(2) says where a disk has no links, or no more of them. */
export const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Makes the folders of an artifact, to stay. */
export async function makeFolders(root: string, hash: string): Promise<void> {
  const outer = join(root, hash.slice(0, 2));
  const inner = join(outer, hash.slice(2, 4));
  const made = await mkdir(inner, { recursive: true });
  if (made === undefined) return;
  await syncFolder(root);
  await syncFolder(outer);
}

/** Every artifact in `root`, in the order of hashes. `writtenAt` in milliseconds, by the clock of the disk. */
export async function* listFolders(
  root: string,
): AsyncGenerator<{ hash: string; bytes: number; writtenAt: number }> {
  for (const outer of await inFolder(root, /^[0-9a-f]{2}$/)) {
    for (const inner of await inFolder(outer, /^[0-9a-f]{2}$/)) {
      for (const place of await inFolder(inner, /^[0-9a-f]{64}$/)) {
        const found = await stat(place).catch(() => null);
        if (found?.isFile()) yield { hash: place.slice(-64), bytes: found.size, writtenAt: found.mtimeMs };
      }
    }
  }
}

async function inFolder(folder: string, shape: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => shape.test(name))
    .sort()
    .map((name) => join(folder, name));
}
