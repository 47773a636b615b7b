import type { Config } from '../../../engine/config.ts';
import { Failure } from '../../../engine/failure.ts';
import { HomeHeld } from '../../../engine/home/lock.ts';
import { whileOpen } from '../../../engine/opened.ts';
import { readOverview } from '../../../engine/overview/read.ts';
import { type Store, sqlState } from '../../../engine/store/port.ts';
import { exitStatus } from '../../outcome.ts';
import { drawTop } from '../../top/draw-top.ts';
import type { Flags, Setting } from '../program.ts';

/** `pql top`: lanes, runs, workers and failures of a server's database, live in a terminal; printed once in a pipe, with `--once`, as one
 * object with `--json`, and of a home, where nobody else can work meanwhile. */
export async function top(flags: Flags & { once?: boolean }, setting: Setting): Promise<number> {
  const { config, terminal } = setting;
  return whileOpen(async (opened) => {
    const store = opened.add(await openStore(config));
    const place = placeOf(config);
    const first = await readOverview(store).catch((error) => Promise.reject(said(error)));
    if (flags.json) {
      terminal.out.write(`${JSON.stringify({ type: 'top', place, ...first })}\n`);
    } else if (
      flags.once ||
      config.databaseUrl === null ||
      !terminal.outIsTerminal ||
      config.terminal === 'dumb'
    ) {
      const head = { place, now: terminal.now(), trouble: null, keys: null };
      const size = { width: terminal.width(), height: Number.POSITIVE_INFINITY };
      terminal.out.write(`${drawTop(first, head, size, terminal.outPalette).join('\n')}\n`);
    } else {
      const { sampled } = await import('../../../engine/metrics/sampled.ts');
      const { watchTop } = await import('../watch-top.ts');
      await watchTop(
        setting,
        sampled(() => readOverview(store), { age: 0, patience: 2500 }),
        place,
      );
    }
    return exitStatus.done;
  });
}

/** Opened to look, not to work: nothing is swept, and a server's schema is left as it is. */
async function openStore(config: Config): Promise<Store> {
  if (config.databaseUrl !== null) {
    const { openServer } = await import('../../../engine/store/server.ts');
    return openServer(config.databaseUrl, { connections: 2 });
  }
  const { openHome } = await import('../../../engine/home.ts');
  const { migrate, readMigrations } = await import('../../../engine/migrate.ts');
  const home = await openHome(config.home).catch((error) => Promise.reject(said(error)));
  try {
    const store = await home.openStore();
    await migrate(store, await readMigrations());
    return {
      ...store,
      async [Symbol.asyncDispose]() {
        await store[Symbol.asyncDispose]();
        await home[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await home[Symbol.asyncDispose]();
    throw error;
  }
}

function said(error: unknown): unknown {
  if (error instanceof HomeHeld)
    return new Failure('user', 'PQL608', error.message, {
      hint: 'pql top watches the database of a server (DATABASE_URL); what a home is busy with, its own session shows',
    });
  if (sqlState(error) === '42P01')
    return new Failure('user', 'PQL604', 'this database has no tables of WatchAI, or older ones', {
      hint: 'pql migrate makes them',
      cause: error,
    });
  return error;
}

/** Without what may be a password. */
function placeOf({ databaseUrl, home }: Config): string {
  if (databaseUrl === null) return home;
  const { host, pathname } = new URL(databaseUrl);
  return `${decodeURIComponent(pathname).slice(1)}@${decodeURIComponent(host)}`;
}
