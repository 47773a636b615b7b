import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a home keeps for itself in a file: made on first use, for its owner's eyes only (mode 600). Whole or not at all, and several processes that
 * make it at the same time end up with the same. */
export async function ownSecret(file: string, make: () => string): Promise<string> {
  const there = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (there !== null) return there;
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}-${crypto.randomUUID()}`;
  try {
    await writeFile(draft, make(), { mode: 0o600, flag: 'wx', flush: true });
    // The mode at creation is only ever narrowed by the umask; this widens nothing either.
    await chmod(draft, 0o600);
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}
