import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Failure } from '../failure.ts';

/** What a stream of bytes came to. */
export interface Digested {
  /** SHA-256, lower-case hex. */
  hash: string;
  bytes: number;
}

/** Reads an open file from its beginning to its end, into the hash and, where given, into another open file. Memory stays at one chunk. */
export async function digest(
  source: FileHandle,
  options: { into?: FileHandle; signal?: AbortSignal; chunk?: (bytes: number) => void } = {},
): Promise<Digested> {
  const { into, signal, chunk } = options;
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 20);
  let bytes = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await source.read(buffer, 0, buffer.length, bytes);
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    if (into) await writeFully(into, piece, bytes);
    bytes += bytesRead;
    chunk?.(bytes);
  }
  return { hash: hash.digest('hex'), bytes };
}

/** What is taken in is no link to something else. */
export const onlyRead = constants.O_RDONLY | constants.O_NOFOLLOW;

/** Hashes a regular file that nobody writes any more, its bytes synced. Throws Failure PQL611 when somebody does. */
export async function digestSettled(source: FileHandle, signal?: AbortSignal): Promise<Digested> {
  const before = await source.stat({ bigint: true });
  if (!before.isFile()) throw new TypeError('not a regular file');
  const digested = await digest(source, { signal });
  await source.sync();
  const after = await source.stat({ bigint: true });
  if (before.mtimeNs !== after.mtimeNs || before.size !== after.size) throw stillWritten();
  return digested;
}

/** Bytes that were not the same when they were read again. */
export function stillWritten(): Failure {
  return new Failure('transient', 'PQL611', 'a result was still being written when it was taken in');
}

/** Opens a file for as long as `work` takes. (Node 22, which we support, has no `await using`.) */
export async function withFile<T>(
  path: string,
  flags: string | number,
  work: (file: FileHandle) => Promise<T>,
  mode?: number,
): Promise<T> {
  const file = await open(path, flags, mode);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Makes the entries of a folder (links, renames, removals) stay after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  await withFile(folder, 'r', (handle) => handle.sync()).catch((error: NodeJS.ErrnoException) => {
    // Some network file systems refuse to sync folders; what they promise instead is theirs to keep.
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(error.code ?? '')) throw error;
  });
}

/** One write may be a short one, at a file size limit for example. */
export async function writeFully(into: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await into.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}
