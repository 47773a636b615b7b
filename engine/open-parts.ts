import type { Config } from './config.ts';
import { type LocalParts, openEmbedded } from './embedded.ts';
import { readMigrations } from './migrate.ts';
import type { Trouble } from './served.ts';
import type { PgliteProgram } from './store/pglite-program.ts';

/** The parts that the surroundings ask for: a server's database where DATABASE_URL names one, else that of the home; rings through the
 * server of REDIS_URL, else within this process. */
export async function openParts(
  config: Config,
  program?: Promise<PgliteProgram>,
  trouble: Trouble = () => {},
): Promise<LocalParts> {
  const { databaseUrl, redisUrl } = config;
  if (databaseUrl !== null) {
    const { openServed } = await import('./served.ts');
    const { artifacts, cacheBytes } = config;
    const queue = redisUrl === null ? null : { url: redisUrl, trouble };
    const shared = artifacts === null ? null : { place: artifacts, cacheBytes };
    return openServed(databaseUrl, config.home, queue, shared);
  }
  const template = async () => {
    const { freshDatabase } = await import('./store/fresh-database.ts');
    return freshDatabase(config.cache, await readMigrations());
  };
  return openEmbedded(config.home, { template, program });
}
