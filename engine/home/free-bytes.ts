import { statfs } from 'node:fs/promises';

/** Bytes that may still be written where a folder lies; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  return statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}
