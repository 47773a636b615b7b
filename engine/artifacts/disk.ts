import { chmod, link, lstat, mkdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure } from './disk-failure.ts';
import { listFolders, makeFolders, placeOf } from './hash-folders.ts';
import { lost } from './lost.ts';
import type { ArtifactStore } from './port.ts';
import { openSession, type Session } from './session.ts';
import {
  type Digested,
  digest,
  digestSettled,
  onlyRead,
  stillWritten,
  syncFolder,
  withFile,
} from './stream.ts';

/** An artifact store in a folder of this machine, which several processes may share. Of several machines: shared-folder.ts. */
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

async function put(root: string, session: Session, file: string, signal?: AbortSignal): Promise<Digested> {
  try {
    const digested = await withFile(file, onlyRead, (source) => digestSettled(source, signal));
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

/** Whole and there; after a crash, what was written since then is hashed once before it is believed. */
async function isSound(place: string, hash: string, doubtSince: number | null): Promise<boolean> {
  const there = await lstat(place).catch(() => null);
  if (!there?.isFile()) return false;
  if (doubtSince === null || there.ctimeMs < doubtSince) return true;
  return (await withFile(place, 'r', (file) => digest(file))).hash === hash;
}

/** Only this machine writes here, so nobody asks how old a file is. */
async function* list(root: string): AsyncGenerator<{ hash: string; bytes: number }> {
  for await (const { hash, bytes } of listFolders(root)) yield { hash, bytes };
}

async function isThere(place: string): Promise<boolean> {
  return await stat(place).then(
    (found) => found.isFile(),
    () => false,
  );
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
