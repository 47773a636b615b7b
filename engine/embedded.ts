import { openDiskArtifacts } from './artifacts/disk.ts';
import { sweepFreed } from './artifacts/freed.ts';
import { freeCards } from './cards/alone.ts';
import { freeParcels } from './delivery/outbox.ts';
import { type HomeOptions, openHome } from './home.ts';
import { sweep } from './jobs/sweep.ts';
import { changes, tidy } from './jobs/tidy.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openNews } from './news.ts';
import { openTogether } from './opened.ts';
import type { Parts } from './parts.ts';
import { inProcessQueue } from './queue/in-process.ts';
import { forgetLost } from './workers/presence.ts';

/** The parts on one machine, with places on its disk. */
export interface LocalParts extends Parts, AsyncDisposable {
  folder: string;
  /** For running jobs, a folder each. */
  scratch: string;
  /** File of the log. */
  log: string;
}

/** Without any server, in a home that this process holds until they are disposed of. */
export type Embedded = LocalParts;

/** Opens a home for work: takes its lock, brings its database up to date, and makes what a dead process was working on ready again. */
export async function openEmbedded(
  folder: string,
  options: HomeOptions & { now?: () => number } = {},
): Promise<Embedded> {
  return openTogether(async (opened) => {
    const home = opened.add(await openHome(folder, options));
    const migrations = readMigrations();
    migrations.catch(() => {});
    const store = opened.add(await home.openStore());
    await migrate(store, await migrations);
    const before = await changes(store);
    // Never in the way of closing: a database that has stopped is tidied another time.
    opened.add({ [Symbol.asyncDispose]: () => tidy(store, before).catch(() => {}) });
    const artifacts = opened.add(
      await openDiskArtifacts(home.artifacts, options.now === undefined ? {} : { now: options.now }),
    );
    const queue = opened.add(inProcessQueue());
    const parts = { store, artifacts, queue, news: openNews() };
    await sweep(parts, 'all');
    await forgetLost(store, 0);
    await freeCards(store);
    await freeParcels(store);
    await sweepFreed(parts, { alone: true });
    return {
      ...parts,
      folder: home.folder,
      scratch: home.scratch,
      log: home.log,
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}
