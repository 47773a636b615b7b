import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Facts } from '../../dsl/facts.ts';
import { version } from '../../dsl/version.ts';
import type { Unusable } from '../../dsl/world.ts';
import { digest } from '../artifacts/stream.ts';
import { Failure } from '../failure.ts';
import type { Prober } from '../prober.ts';
import type { FileMemory, SeenFile } from './file-memory.ts';
import { type OpenLocal, openLocal, unreachable } from './open-local.ts';

/** A local file that a statement names: measured and hashed. */
export interface LocalFile {
  /** Absolute, links resolved. */
  path: string;
  /** As the statement names it. */
  named: string;
  hash: string;
  facts: Facts;
  recipe: string | null;
}

/** Looks at local files, and remembers what it saw as long as a file's identity stays the same. */
export interface FileLooker {
  /** `root`: below which files must lie; null where there are no files. `folder`: where relative paths start. */
  look(
    path: string,
    root: string | null,
    folder: string,
    signal?: AbortSignal,
  ): Promise<LocalFile | Unusable>;
}

/** Without a memory every look reads the file whole. */
export function openFileLooker(
  prober: Prober,
  options: { memory?: FileMemory; now?: () => number } = {},
): FileLooker {
  const { memory, now = Date.now } = options;
  return {
    async look(path, root, folder, signal) {
      if (root === null)
        return { problem: 'there are no local files here', hint: 'name a clip of the workspace', family: 5 };
      const opened = await openLocal(path, root, folder);
      if ('problem' in opened) return opened;
      const began = now();
      try {
        const identity = identityOf(opened.stats);
        const before = (await memory?.recall(opened.path, identity)) ?? null;
        if (before !== null) return { path: opened.path, named: path, ...before };
        const seen = await read(opened, prober, signal);
        if ('problem' in seen) return seen;
        if (isSettled(opened.stats, began)) await memory?.remember(opened.path, identity, seen);
        return { path: opened.path, named: path, ...seen };
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof Failure) return unusable(error);
        return unreachable(error as NodeJS.ErrnoException);
      } finally {
        await opened.handle.close();
      }
    },
  };
}

/** The cheap look first: what is no media is not worth hashing. */
async function read(opened: OpenLocal, prober: Prober, signal?: AbortSignal): Promise<SeenFile | Unusable> {
  const { path, handle, stats } = opened;
  const facts = await prober.probe(path, signal);
  const { hash } = await digest(handle, { signal });
  const recipe = await prober.recipe(path, signal);
  const [inode, place] = await Promise.all([handle.stat({ bigint: true }), stat(path, { bigint: true })]);
  const same = identityOf(stats);
  if (identityOf(inode) === same && identityOf(place) === same) return { hash, facts, recipe };
  return {
    problem: 'the file was changed while it was read',
    hint: 'run the statement again when it is complete',
    family: 4,
  };
}

/** Equal only for the same content, as far as a file system tells; of a new version, since it may see more in the same file. */
function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [version, dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** A file changed this very moment may change again within the same tick of its clock and look the same: git calls such entries racy.
 * Two seconds is the coarsest clock (FAT). */
function isSettled({ mtimeNs, ctimeNs }: BigIntStats, now: number): boolean {
  const newest = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
  return now - newest > 2000;
}

function unusable(failure: Failure): Unusable {
  const family = failure.code.startsWith('PQL5') ? 5 : 4;
  return { problem: failure.message, family, ...(failure.hint === null ? {} : { hint: failure.hint }) };
}
