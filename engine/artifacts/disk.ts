import { constants } from 'node:fs';
import { chmod, link, lstat, mkdir, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { diskFailure } from './disk-failure.ts';
import type { ArtifactStore, StoredArtifact } from './port.ts';
import { openSession, type Session } from './session.ts';
import { type Digested, digest, syncFolder, withFile } from './stream.ts';

/** An artifact store in a folder, which several processes and machines may share. */
export interface DiskArtifacts extends ArtifactStore, AsyncDisposable {
  /** A folder on the same file system, swept after a crash: what is prepared here is moved in, not copied. */
  temporary: string;
}

/** Opens the store in `root`, making it where there is none.
 *
 * `root/ab/cd/abcd…` holds an artifact read-only under its SHA-256; `root/sessions/` what is being written. A file appears under its
 * name by link(2) after its bytes were synced, so that it is whole or absent; `rename` would overwrite, `link` never does. */
export async function openDiskArtifacts(
  root: string,
  options: { now?: () => number } = {},
): Promise<DiskArtifacts> {
  const prepared = await mkdir(root, { recursive: true })
    .then(() => openSession(join(root, 'sessions'), options.now ?? Date.now))
    .catch((error) => {
      throw diskFailure(error, 'opening the artifact store');
    });
  const sound = new Set<string>();
  return {
    temporary: prepared.folder,
    put: (file, signal) => put(root, prepared, file, signal),
    path: async (hash) => {
      const place = placeOf(root, hash);
      if (!sound.has(hash)) {
        if (!(await isSound(place, hash, prepared.doubtSince))) throw lost(hash);
        // Only what a crash may have hurt is worth remembering: everything else is one stat away.
        if (prepared.doubtSince !== null) sound.add(hash);
      } else if (!(await isThere(place))) throw lost(hash);
      return place;
    },
    has: (hash) => isThere(placeOf(root, hash)),
    remove: async (hash) => {
      sound.delete(hash);
      await unlink(placeOf(root, hash)).catch(ignoreMissing);
    },
    list: () => list(root),
    [Symbol.asyncDispose]: () => prepared[Symbol.asyncDispose](),
  };
}

/** What is taken in is no link to something else. */
const onlyRead = constants.O_RDONLY | constants.O_NOFOLLOW;

async function put(root: string, session: Session, file: string, signal?: AbortSignal): Promise<Digested> {
  try {
    const digested = await withFile(file, onlyRead, async (source) => {
      const before = await source.stat({ bigint: true });
      if (!before.isFile()) throw new TypeError(`not a regular file: ${file}`);
      const digested = await digest(source, { signal });
      await source.sync();
      const after = await source.stat({ bigint: true });
      if (before.mtimeNs !== after.mtimeNs || before.size !== after.size) throw stillWritten();
      return digested;
    });
    signal?.throwIfAborted();
    await settle(root, session, file, digested);
    return digested;
  } catch (error) {
    throw diskFailure(error, 'storing a result');
  }
}

/** Gives a synced file its place. */
async function settle(
  root: string,
  session: Session,
  file: string,
  { hash, bytes }: Digested,
): Promise<void> {
  const place = placeOf(root, hash);
  await makeFolders(root, hash);
  const there = await lstat(place).catch(() => null);
  if (there?.size === bytes && (await isSound(place, hash, session.doubtSince))) {
    await unlink(file).catch(ignoreMissing);
    return;
  }
  await chmod(file, 0o444);
  try {
    // What stands there and is not sound was hurt by the disk: this is its cure. Anything else is never overwritten.
    if (there) await rename(file, place);
    else await link(file, place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EXDEV' || code === 'EMLINK' || code === 'ENOTSUP' || (code === 'EPERM' && !there))
      await copyIn(session.folder, file, place, hash);
    else if (code !== 'EEXIST') throw error;
  }
  await syncFolder(join(place, '..'));
  await unlink(file).catch(ignoreMissing);
}

/** From another file system, or where files cannot be linked. */
async function copyIn(temporary: string, file: string, place: string, expected: string): Promise<void> {
  const copy = join(temporary, crypto.randomUUID());
  try {
    await withFile(file, onlyRead, (source) =>
      withFile(
        copy,
        'wx',
        async (target) => {
          if ((await digest(source, { into: target })).hash !== expected) throw stillWritten();
          await target.sync();
        },
        0o444,
      ),
    );
    // Content decides the name, so whoever was faster has put the same bytes there.
    await link(copy, place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      if (error.code === 'EPERM' || error.code === 'ENOTSUP') return rename(copy, place);
      throw error;
    });
  } finally {
    await rm(copy, { force: true });
  }
}

async function makeFolders(root: string, hash: string): Promise<void> {
  const outer = join(root, hash.slice(0, 2));
  const inner = join(outer, hash.slice(2, 4));
  const made = await mkdir(inner, { recursive: true });
  if (made === undefined) return;
  await syncFolder(root);
  await syncFolder(outer);
}

/** Whole and there; after a crash, what was written since then is hashed once before it is believed. */
async function isSound(place: string, hash: string, doubtSince: number | null): Promise<boolean> {
  const there = await lstat(place).catch(() => null);
  if (!there?.isFile()) return false;
  if (doubtSince === null || there.ctimeMs < doubtSince) return true;
  return (await withFile(place, 'r', (file) => digest(file))).hash === hash;
}

async function* list(root: string): AsyncGenerator<StoredArtifact> {
  for (const outer of await folders(root, /^[0-9a-f]{2}$/)) {
    for (const inner of await folders(outer, /^[0-9a-f]{2}$/)) {
      for (const place of await folders(inner, /^[0-9a-f]{64}$/)) {
        const found = await stat(place).catch(() => null);
        if (found?.isFile()) yield { hash: place.slice(-64), bytes: found.size };
      }
    }
  }
}

async function folders(folder: string, shape: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => shape.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Where an artifact stands or would stand; a hash is checked, since it becomes a path. */
function placeOf(root: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new TypeError(`not a SHA-256: ${hash}`);
  return join(root, hash.slice(0, 2), hash.slice(2, 4), hash);
}

async function isThere(place: string): Promise<boolean> {
  return await stat(place).then(
    (found) => found.isFile(),
    () => false,
  );
}

function stillWritten(): Failure {
  return new Failure('transient', 'PQL611', 'a result was still being written when it was taken in');
}

function lost(hash: string): Failure {
  return new Failure('permanent', 'PQL610', `the stored bytes ${hash.slice(0, 12)} are lost`, {
    hint: 'run the statement again to make them anew; pql doctor lists everything that is lost',
  });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
