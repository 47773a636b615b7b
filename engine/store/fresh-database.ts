import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { type Migration, migrate } from '../migrate.ts';
import { startPglite, storeOn } from './pglite.ts';
import { loadPglite } from './pglite-program.ts';

/** The dump (a tar, 28 MB) of a database in which nothing but these migrations has happened, to start others from. Made once a version of
 * PGlite and of the migrations, in 4 s, and kept in `folder` (3 MB) for whoever comes next; a folder that cannot be written, or a
 * file that was hurt, costs the 4 s again. */
export async function freshDatabase(
  folder: string,
  migrations: readonly Migration[],
): Promise<Uint8Array<ArrayBuffer>> {
  const file = `${folder}/database-${await versionOf(migrations)}.tar.zst`;
  const kept = await readFile(file)
    .then((bytes) => promisify(zstdDecompress)(bytes, reading))
    .catch(() => null);
  if (kept !== null) return kept;
  const dump = await makeDump(migrations);
  await keep(folder, file, dump).catch(() => {});
  return dump;
}

/** In pieces of 8 MiB: 0.03 s of CPU, where those of 16 kB that are usual cost 0.12 s. */
const reading = { chunkSize: 8 * 2 ** 20 };

/** The checksum tells a hurt file. */
const writing = { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 };

/** Whatever is made otherwise from now on gets another number. */
const recipe = 2;

async function versionOf(migrations: readonly Migration[]): Promise<string> {
  const hash = createHash('sha256').update(`${recipe}\n`);
  hash.update(await readFile(createRequire(import.meta.url).resolve('@electric-sql/pglite')));
  for (const { name, sha256 } of migrations) hash.update(`\n${name} ${sha256}`);
  return hash.digest('hex').slice(0, 16);
}

async function makeDump(migrations: readonly Migration[]): Promise<Uint8Array<ArrayBuffer>> {
  const program = await loadPglite();
  const database = await startPglite({ folder: null }, program);
  const store = storeOn(database, program);
  try {
    await migrate(store, migrations);
    for (const statement of withoutTemplates) await store.script(statement);
    await store.script('checkpoint');
    return new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer());
  } finally {
    await store[Symbol.asyncDispose]();
  }
}

/** Of the three databases of a cluster we use one; two are there to make more of, 300 files and 7 MB each. */
const withoutTemplates = [
  'update pg_database set datistemplate = false, datallowconn = true',
  'drop database template0',
  'drop database template1',
];

/** Under a name of its own first: several may make it at the same time. */
async function keep(folder: string, file: string, dump: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${file}-${crypto.randomUUID()}`;
  try {
    await writeFile(draft, await promisify(zstdCompress)(dump, { params: writing }));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
