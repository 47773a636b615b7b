import { exitStatus } from '../../outcome.ts';
import type { Flags, Setting } from '../program.ts';

/** `pql migrate`: brings the database (embedded, or the server of DATABASE_URL) to the newest schema. */
export async function migrate(flags: Flags, { config, terminal }: Setting): Promise<number> {
  const { migrate: apply, readMigrations } = await import('../../../engine/migrate.ts');
  const migrations = await readMigrations();
  const report = (applied: readonly string[]) => {
    if (flags.json) terminal.out.write(`${JSON.stringify({ type: 'migrated', applied })}\n`);
    else if (applied.length === 0) terminal.out.write('the schema is the newest: nothing to do\n');
    else for (const name of applied) terminal.out.write(`applied ${name}\n`);
    return exitStatus.done;
  };
  if (config.databaseUrl !== null) {
    const { openServer } = await import('../../../engine/store/server.ts');
    const store = await openServer(config.databaseUrl, { connections: 1 });
    try {
      return report(await apply(store, migrations));
    } finally {
      await store[Symbol.asyncDispose]();
    }
  }
  const { openHome } = await import('../../../engine/home.ts');
  const home = await openHome(config.home);
  try {
    const store = await home.openStore();
    try {
      return report(await apply(store, migrations));
    } finally {
      await store[Symbol.asyncDispose]();
    }
  } finally {
    await home[Symbol.asyncDispose]();
  }
}
