import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { showBytes } from '../../../dsl/amounts.ts';
import { checkArtifacts } from '../../../engine/artifacts/orphans.ts';
import type { ArtifactPlace } from '../../../engine/artifacts/place.ts';
import type { ArtifactStore, StoredArtifact } from '../../../engine/artifacts/port.ts';
import type { Remote } from '../../../engine/artifacts/remote.ts';
import type { Config } from '../../../engine/config.ts';
import { Failure } from '../../../engine/failure.ts';
import { freeBytes } from '../../../engine/home/free-bytes.ts';
import type { Store } from '../../../engine/store/port.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

/** Whether the files and their rows agree. */
export async function lookAtArtifacts(
  store: Store,
  artifacts: Pick<ArtifactStore, 'list' | 'has' | 'path'>,
): Promise<Finding> {
  const rows = await store.query<StoredArtifact>('select hash, bytes from artifacts').catch(() => []);
  const { sound, orphans, lost, corrupt } = await checkArtifacts(artifacts, () => rows);
  const found = `${sound.count} files, ${showBytes(sound.bytes)}`;
  const named = (all: StoredArtifact[]) =>
    `${all
      .slice(0, 3)
      .map(({ hash }) => hash.slice(0, 12))
      .join(', ')}${all.length > 3 ? ', …' : ''}`;
  if (lost.length + corrupt.length > 0) {
    const all = [...lost, ...corrupt];
    return problem(
      'artifacts',
      found,
      `${lost.length} are gone and ${corrupt.length} are damaged: ${named(all)}`,
      'REMOVE what they belong to, or run its statements again to make them anew',
    );
  }
  if (orphans.length > 0) {
    const bytes = orphans.reduce((sum, each) => sum + each.bytes, 0);
    return warn(
      'artifacts',
      found,
      `${orphans.length} files belong to nothing (${showBytes(bytes)}): ${named(orphans)}`,
      'PURGE CACHE frees them; until then they are used again when the same work is done',
    );
  }
  return ok('artifacts', found, 'every file has its row and every row its file');
}

/** Where several machines keep their results: whether it lets us read and write, what room it has, and what is kept of it here. Writes
 * something small and removes it again. */
export async function lookAtShared(
  store: Store,
  config: Config & { artifacts: ArtifactPlace },
): Promise<Finding[]> {
  const { artifacts: place, home, cacheBytes } = config;
  const name = 'shared results';
  const called = place.type === 'folder' ? place.folder : `s3://${place.bucket}/${place.prefix}`;
  const [{ identityOf }, { openRemote }] = await Promise.all([
    import('../../../engine/served.ts'),
    import('../../../engine/artifacts/open-place.ts'),
  ]);
  const identity = await identityOf(store).catch(() => null);
  if (identity === null) return [warn(name, called, 'the database has no tables yet', 'pql migrate')];
  const cache = await lookAtCache(join(home, 'servers', identity, 'cache'), home, cacheBytes);
  try {
    const remote = await openRemote(place, { store, identity });
    return [await lookAtRoom(name, remote), await lookAtArtifacts(store, storeOf(remote)), cache];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem(name, called, error.message, error.hint ?? 'mend what it says'), cache];
  }
}

/** Without anything near: rows and files are compared by name and size. */
function storeOf(remote: Remote): Pick<ArtifactStore, 'list' | 'has' | 'path'> {
  return {
    list: () => remote.list(),
    has: async (hash) => (await remote.size(hash)) !== null,
    path: () => Promise.reject(new Error('nothing is fetched to be compared')),
  };
}

/** A gigabyte is a few minutes of results. */
const little = 1e9;

async function lookAtRoom(name: string, remote: Remote): Promise<Finding> {
  const { free, notes } = await remote.check();
  const why = ['it can be read, written and listed (PQL_ARTIFACTS)', ...notes].join('; ');
  if (free === null) return ok(name, remote.where, why);
  const found = `${remote.where}, ${showBytes(free)} free`;
  return free < little
    ? warn(
        name,
        found,
        `a long film may not fit; ${why}`,
        'free some space there: PURGE CACHE, or REMOVE results',
      )
    : ok(name, found, why);
}

async function lookAtCache(folder: string, home: string, limit: number): Promise<Finding> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const free = await freeBytes(home);
  const found = `${showBytes(used)} of ${showBytes(limit)} kept near`;
  return free !== null && free < limit - used
    ? warn(
        'cache',
        found,
        `the disk of the home has ${showBytes(free)} free`,
        'set PQL_CACHE_BYTES to less, or PQL_HOME to a larger disk',
      )
    : ok('cache', found, `in ${folder} (PQL_CACHE_BYTES); what was not read for longest goes first`);
}
