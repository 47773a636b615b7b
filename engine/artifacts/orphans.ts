import type { ArtifactStore, StoredArtifact } from './port.ts';
import { digest, withFile } from './stream.ts';

/** Where the store and the rows that speak of it disagree. */
export interface ArtifactCheck {
  /** How many files agree with their rows, and their size. */
  sound: { count: number; bytes: number };
  /** Files that no row speaks of: space that can be freed. Not those so young that another machine may be about to write their row. */
  orphans: StoredArtifact[];
  /** Rows whose file is gone. */
  lost: StoredArtifact[];
  /** Files whose bytes are not what their name says; only found by hashing. */
  corrupt: StoredArtifact[];
}

/** Compares the store with all rows. `rehash` reads every byte: thorough, at the speed of the disk.
 *
 * The files are listed before the rows are read, since a row is written after its file: what is made meanwhile is neither orphan nor lost. */
export async function checkArtifacts(
  store: Pick<ArtifactStore, 'list' | 'has' | 'path'>,
  rows: () => AsyncIterable<StoredArtifact> | Iterable<StoredArtifact>,
  options: { rehash?: boolean; signal?: AbortSignal } = {},
): Promise<ArtifactCheck> {
  const { rehash = false, signal } = options;
  const files = new Map<string, number>();
  const young = new Set<string>();
  for await (const { hash, bytes, age = grown } of store.list()) {
    signal?.throwIfAborted();
    files.set(hash, bytes);
    if (age < grown) young.add(hash);
  }
  const check: ArtifactCheck = { sound: { count: 0, bytes: 0 }, orphans: [], lost: [], corrupt: [] };
  for await (const { hash, bytes } of rows()) {
    signal?.throwIfAborted();
    const found = files.get(hash);
    files.delete(hash);
    if (found === undefined && !(await store.has(hash))) check.lost.push({ hash, bytes });
    else if (found !== undefined && found !== bytes) check.corrupt.push({ hash, bytes: found });
    else if (rehash && !(await isIntact(store, hash, signal))) check.corrupt.push({ hash, bytes });
    else {
      check.sound.count += 1;
      check.sound.bytes += bytes;
    }
  }
  check.orphans = [...files].flatMap(([hash, bytes]) => (young.has(hash) ? [] : { hash, bytes }));
  return check;
}

/** Seconds: between putting a film and writing its row lie milliseconds, unless its worker waits for the database. */
const grown = 3600;

async function isIntact(
  store: Pick<ArtifactStore, 'path'>,
  hash: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const found = await withFile(await store.path(hash), 'r', (file) => digest(file, { signal }));
  return found.hash === hash;
}
