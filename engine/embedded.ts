import { openDiskArtifacts } from './artifacts/disk.ts';
import { openHome } from './home.ts';
import { sweep } from './jobs/sweep.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openNews } from './news.ts';
import type { Parts } from './parts.ts';
import { inProcessQueue } from './queue/in-process.ts';

/** The parts on one machine without any server, in a home that this process holds until they are disposed of. */
export interface Embedded extends Parts, AsyncDisposable {
  folder: string;
  /** For running jobs, a folder each. */
  scratch: string;
  /** File of the log. */
  log: string;
}

/** Opens a home for work: takes its lock, brings its database up to date, and makes what a dead process was working on ready again. */
export async function openEmbedded(
  folder: string,
  options: { host?: string; template?: (() => Promise<Blob>) | undefined; now?: () => number } = {},
): Promise<Embedded> {
  await using opened = new AsyncDisposableStack();
  const home = opened.use(await openHome(folder, options));
  const migrations = readMigrations();
  migrations.catch(() => {});
  const store = opened.use(await home.openStore());
  await migrate(store, await migrations);
  const artifacts = opened.use(
    await openDiskArtifacts(home.artifacts, options.now === undefined ? {} : { now: options.now }),
  );
  const queue = opened.use(inProcessQueue());
  const parts = { store, artifacts, queue, news: openNews() };
  await sweep(parts, 'all');
  const kept = opened.move();
  return {
    ...parts,
    folder: home.folder,
    scratch: home.scratch,
    log: home.log,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
