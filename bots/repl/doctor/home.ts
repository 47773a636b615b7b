import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { showBytes } from '../../../dsl/amounts.ts';
import type { Config } from '../../../engine/config.ts';
import { HomeHeld } from '../../../engine/home/lock.ts';
import type { Store } from '../../../engine/store/port.ts';
import { lookAtArtifacts, lookAtShared } from './artifacts.ts';
import { type Finding, ok, problem, warn } from './finding.ts';
import { lookAtModerators } from './moderators.ts';
import { lookAtWorkers } from './workers.ts';

/** The home, its disk, its database and whether the artifacts agree with their rows. Makes nothing: a home that is not there yet stays so. */
export async function lookAtHome(config: Config): Promise<Finding[]> {
  const { home } = config;
  const disk = await lookAtDisk(home, config.artifacts !== null);
  if (config.databaseUrl !== null) return [...disk, ...(await lookAtServer(config.databaseUrl, config))];
  const there = await stat(home).catch(() => null);
  if (there === null) {
    const parent = await nearest(home);
    const writable = await mayWrite(parent);
    return [
      ...disk,
      writable
        ? ok('database', `none yet in ${home}`, 'it is made when it is first used')
        : problem('database', home, `${parent} cannot be written`, 'set PQL_HOME to a folder of your own'),
    ];
  }
  if (!there.isDirectory())
    return [...disk, problem('database', home, 'this is no folder', 'set PQL_HOME to a folder of your own')];
  if (!(await mayWrite(home)))
    return [
      ...disk,
      problem('database', home, 'it cannot be written', 'set PQL_HOME to a folder of your own'),
    ];
  return [...disk, ...(await lookAtEmbedded(home))];
}

async function lookAtEmbedded(folder: string): Promise<Finding[]> {
  const { openHome } = await import('../../../engine/home.ts');
  const { openDiskArtifacts } = await import('../../../engine/artifacts/disk.ts');
  let home: Awaited<ReturnType<typeof openHome>>;
  try {
    home = await openHome(folder);
  } catch (error) {
    if (!(error instanceof HomeHeld)) throw error;
    return [
      warn(
        'database',
        folder,
        error.message,
        'run pql doctor again when it has ended to check the artifacts',
      ),
    ];
  }
  try {
    const store = await home.openStore();
    try {
      const artifacts = await openDiskArtifacts(home.artifacts);
      const tables = await lookAtTables(store, `embedded, in ${folder}`);
      return [tables, await lookAtArtifacts(store, artifacts), ...(await moderatorsIn(store))];
    } finally {
      await store[Symbol.asyncDispose]();
    }
  } finally {
    await home[Symbol.asyncDispose]();
  }
}

async function lookAtServer(url: string, config: Config): Promise<Finding[]> {
  const { openPostgres } = await import('../../../engine/store/postgres.ts');
  const { host } = new URL(url);
  try {
    const store = await openPostgres(url, { connections: 1 });
    try {
      const tables = await lookAtTables(store, `server ${host}`);
      const { artifacts } = config;
      const shared = artifacts === null ? [] : await lookAtShared(store, { ...config, artifacts });
      return [tables, ...shared, ...(await moderatorsIn(store)), ...(await workersOf(store))];
    } finally {
      await store[Symbol.asyncDispose]();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [problem('database', `server ${host}`, message, 'start the server or mend DATABASE_URL')];
  }
}

/** Nothing where the tables are not those of this version, which is told already. */
function moderatorsIn(store: Store): Promise<Finding[]> {
  return lookAtModerators(store).catch(() => []);
}

function workersOf(store: Store): Promise<Finding[]> {
  return lookAtWorkers(store).catch(() => []);
}

async function lookAtTables(store: Store, where: string): Promise<Finding> {
  const { readMigrations } = await import('../../../engine/migrate.ts');
  const wanted = (await readMigrations()).length;
  const [row] = await store.query<{ size: number; version: string }>(
    `select pg_database_size(current_database()) as size, current_setting('server_version') as version`,
  );
  const [applied] = await store
    .query<{ count: number }>('select count(*) as count from migrations')
    .catch(() => [{ count: 0 }]);
  const found = `${where}, PostgreSQL ${row!.version}, ${showBytes(row!.size)}`;
  const missing = wanted - applied!.count;
  return missing > 0
    ? warn('database', found, `${missing} of ${wanted} migrations are missing`, 'pql migrate')
    : ok('database', found, 'the lock is free and the schema is the newest');
}

/** Films need room: a gigabyte is a few minutes of intermediate results. */
const little = 1e9;

async function lookAtDisk(home: string, shared: boolean): Promise<Finding[]> {
  const folder = await nearest(home);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const found = `${showBytes(free)} free at ${folder}`;
  if (free < little / 10)
    return [problem('disk', found, 'no film fits', 'free some space or set PQL_HOME elsewhere')];
  if (free < little)
    return [warn('disk', found, 'a long film may not fit', 'free some space or set PQL_HOME elsewhere')];
  const kept = shared ? 'what is kept near of shared results' : 'results';
  return [ok('disk', found, `${kept} and intermediate files are in the home`)];
}

/** The folder itself or the nearest one above it that is there. */
async function nearest(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(at).catch(() => null))?.isDirectory() || at === dirname(at)) return at;
  }
}

async function mayWrite(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
