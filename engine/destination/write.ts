import { constants } from 'node:fs';
import { link, lstat, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { destinationProblem } from '../../dsl/destination-problem.ts';
import type { Unusable } from '../../dsl/world.ts';
import { diskFailure } from '../artifacts/disk-failure.ts';
import { digest, withFile } from '../artifacts/stream.ts';
import { Failure } from '../failure.ts';
import { BadFolder, type OpenFolder, withFolder } from './folder.ts';
import { statOf, unusableFile, unusableFolder } from './look.ts';

export interface Writing {
  /** The export root, absolute. */
  root: string;
  /** As written after TO. */
  path: string;
  /** The artifact: file and SHA-256. */
  source: string;
  hash: string;
  overwrite: boolean;
  /** Letters and digits, of the job: what an earlier attempt of it left half-written is removed. */
  key: string;
  signal?: AbortSignal;
  /** Told how many bytes are written. */
  progress?: (bytes: number) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface Written {
  /** Absolute, links resolved. */
  path: string;
  /** `same`: these very bytes stood there already. */
  outcome: 'written' | 'replaced' | 'same';
}

/** Writes an artifact where TO points: first under a hidden name beside it, synced and compared with its hash, then put in place at once.
 * A file that stands there is replaced only when told to, or when it has the same bytes (and then left alone). */
export async function writeDestination(writing: Writing): Promise<Written> {
  const shape = destinationProblem(writing.path);
  if (shape !== null) throw new Failure('user', 'PQL530', shape.message, { hint: shape.hint });
  const parts = writing.path.split('/');
  const name = parts.pop() as string;
  try {
    return await withFolder(writing.root, parts, { make: true }, (folder) => writeIn(folder, name, writing));
  } catch (error) {
    if (error instanceof BadFolder) throw refused(writing.path, unusableFolder(error));
    throw diskFailure(error, `writing ${writing.path}`);
  }
}

async function writeIn(folder: OpenFolder, name: string, writing: Writing): Promise<Written> {
  const path = join(await realpath(writing.root), writing.path);
  const before = await lookAt(folder, name, writing);
  // Also where the file stands: who was killed when it had just been put in place has left its part beside it.
  await sweepParts(folder, writing.key, (writing.now ?? Date.now)());
  if (before === 'same') return { path, outcome: 'same' };
  const part = `.pql-${writing.key}-${crypto.randomUUID()}.part`;
  try {
    await copy(writing, folder.at(part));
    const outcome = await putInPlace(folder, part, name, writing, before);
    await folder.sync();
    return { path, outcome };
  } finally {
    await rm(folder.at(part), { force: true });
  }
}

type Before = 'free' | 'other' | 'same';

async function lookAt(folder: OpenFolder, name: string, writing: Writing): Promise<Before> {
  const found = await statOf(folder.at(name));
  if (found === null) return 'free';
  const unusable = unusableFile(found);
  if (unusable !== null) throw refused(writing.path, unusable);
  if (await hasBytes(folder.at(name), writing)) return 'same';
  if (writing.overwrite) return 'other';
  throw new Failure('user', 'PQL532', `${writing.path} is there already, with other bytes`, {
    hint: 'add OVERWRITE to replace it, or choose another name; the work is kept either way',
  });
}

async function hasBytes(path: string, writing: Writing): Promise<boolean> {
  const { size } = await stat(writing.source);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  return withFile(path, flags, async (there) => {
    const found = await there.stat();
    if (!found.isFile() || found.size !== size) return false;
    return (await digest(there, { signal: writing.signal })).hash === writing.hash;
  });
}

/** Copied and never linked: whoever edits the film must not edit the store. */
async function copy(writing: Writing, part: string): Promise<void> {
  const { signal, progress: chunk } = writing;
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  await withFile(writing.source, 'r', (source) =>
    withFile(
      part,
      flags,
      async (target) => {
        const { hash } = await digest(source, { into: target, signal, ...(chunk && { chunk }) });
        if (hash !== writing.hash) throw damaged(writing.path);
        await target.sync();
      },
      0o666,
    ),
  );
}

function damaged(path: string): Failure {
  return new Failure('permanent', 'PQL610', `the stored bytes of ${path} are damaged`, {
    hint: 'pql doctor lists what is damaged; remove it, then run the statement again',
  });
}

async function putInPlace(
  folder: OpenFolder,
  part: string,
  name: string,
  writing: Writing,
  before: Before,
): Promise<Written['outcome']> {
  writing.signal?.throwIfAborted();
  if (writing.overwrite) {
    await rename(folder.at(part), folder.at(name));
    return before === 'free' ? 'written' : 'replaced';
  }
  try {
    await link(folder.at(part), folder.at(name));
    return 'written';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Somebody wrote there meanwhile: with the same bytes that is fine, else it is refused.
    if (code === 'EEXIST' && (await lookAt(folder, name, writing)) === 'same') return 'same';
    // FAT and some network file systems cannot link: then a look must do, since rename replaces what it finds.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(code ?? '')) throw error;
    if ((await lookAt(folder, name, writing)) === 'free') await rename(folder.at(part), folder.at(name));
    return 'written';
  }
}

/** A day: whoever wrote a part that old is dead. */
const partLife = 24 * 3600 * 1000;

/** Removes what earlier attempts of this job left, and what is old; a twin of ours that still writes fails when it wants to put its part
 * in place. */
async function sweepParts(folder: OpenFolder, key: string, now: number): Promise<void> {
  for (const name of await readdir(folder.at('.'))) {
    if (!/^\.pql-[A-Za-z0-9]+-[0-9a-f-]{36}\.part$/.test(name)) continue;
    const found = await lstat(folder.at(name)).catch(() => null);
    if (found === null) continue;
    if (name.startsWith(`.pql-${key}-`) || now - found.mtimeMs > partLife)
      await rm(folder.at(name), { force: true });
  }
}

function refused(path: string, { problem, hint }: Unusable): Failure {
  return new Failure(
    'user',
    'PQL531',
    `${path} cannot be written: ${problem}`,
    hint === undefined ? {} : { hint },
  );
}
