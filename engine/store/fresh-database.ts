import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The dump of a fresh database to start others from, made once a version of PGlite (4 s) and kept in `folder` (40 MB). */
export async function freshDatabase(folder: string): Promise<Blob> {
  const library = await readFile(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const version = createHash('sha256').update(library).digest('hex').slice(0, 16);
  const file = `${folder}/database-${version}.tar`;
  try {
    return new Blob([await readFile(file)]);
  } catch {
    const dump = await makeDump();
    await mkdir(folder, { recursive: true });
    // Under a name of its own first: several may make it at the same time.
    const draft = `${file}-${crypto.randomUUID()}`;
    await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
    await rename(draft, file);
    return dump;
  }
}

async function makeDump(): Promise<Blob> {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  try {
    return await database.dumpDataDir('none');
  } finally {
    await database.close();
  }
}
