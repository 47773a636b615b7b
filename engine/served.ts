import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openDiskArtifacts } from './artifacts/disk.ts';
import { diskFailure } from './artifacts/disk-failure.ts';
import { sweepFreed } from './artifacts/freed.ts';
import { openPlace, type Sharing } from './artifacts/open-place.ts';
import type { LocalParts } from './embedded.ts';
import { sweep } from './jobs/sweep.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openNews } from './news.ts';
import { openTogether } from './opened.ts';
import type { QueueTimes } from './queue/bullmq.ts';
import { inProcessQueue } from './queue/in-process.ts';
import type { Queue } from './queue/port.ts';
import type { Queries } from './store/port.ts';
import { openServer } from './store/server.ts';

/** Is told in words what is wrong that the work goes on without. */
export type Trouble = (message: string, cause?: unknown) => void;

/** Where rings go, who is told what is wrong with it, and how long it may take (as usual where left out). */
export interface QueueServer {
  url: string;
  trouble: Trouble;
  times?: Partial<QueueTimes>;
}

/** Opens the database of a server for work, with artifacts in the home of this machine, or where several machines share them. Several
 * processes may use the same database and home: what another one works on is left alone as long as its lease stands, so only lapsed
 * jobs are taken over. With a queue server they hear of each other's work at once. */
export async function openServed(
  url: string,
  folder: string,
  queueServer: QueueServer | null = null,
  sharing: Sharing | null = null,
): Promise<LocalParts> {
  return openTogether(async (opened) => {
    const store = opened.add(await openServer(url));
    await migrate(store, await readMigrations());
    // Apart from those of other databases: what one of them removes, another may still have.
    const identity = await identityOf(store);
    const own = join(folder, 'servers', identity);
    await mkdir(own, { recursive: true }).catch((error) => {
      throw diskFailure(error, `opening the home ${folder}`);
    });
    const artifacts = opened.add(
      sharing === null
        ? await openDiskArtifacts(join(own, 'artifacts'))
        : await openPlace(sharing, { store, identity, folder: own }),
    );
    const scratch = join(artifacts.temporary, 'scratch');
    await mkdir(scratch);
    const queue = opened.add(await openQueue(identity, queueServer));
    const parts = { store, artifacts, queue, news: openNews() };
    await sweep(parts, 'lapsed');
    await sweepFreed(parts);
    return {
      ...parts,
      folder,
      scratch,
      log: join(folder, 'pql.log'),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

async function openQueue(database: string, server: QueueServer | null): Promise<Queue> {
  if (server === null) return inProcessQueue();
  const { openBullmqQueue } = await import('./queue/bullmq.ts');
  return openBullmqQueue(server.url, { ...server, prefix: `pql-${database}` });
}

/** Which database this is, by whatever address it is reached: the microsecond in which its first migration was applied, which a restored
 * backup has too. */
export async function identityOf(queries: Queries): Promise<string> {
  const [row] = await queries.query<{ first: string }>(
    'select (extract(epoch from min(applied_at)) * 1000000)::bigint::text as first from migrations',
  );
  return createHash('sha256')
    .update(row?.first ?? '')
    .digest('hex')
    .slice(0, 16);
}
