import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Queries, Store } from './store/port.ts';

/** One numbered file of `migrations/`. */
export interface Migration {
  name: string;
  sha256: string;
  text: string;
}

/** Any number, as long as nobody else locks it: "pql" and a migration. */
const advisoryLock = 7_071_420_001;

/** Brings the database to the newest schema; returns the names of what was applied. Safe to run from many processes at once: each
 * file is applied once, in order, each in a transaction of its own. Refuses when a file that was applied has changed or is missing. */
export async function migrate(store: Store, migrations: readonly Migration[]): Promise<string[]> {
  if (pending(migrations, await applied(store)).length === 0) return [];
  const done: string[] = [];
  for (const migration of migrations) {
    const fresh = await store.transaction(async (queries) => {
      await queries.query('select pg_advisory_xact_lock($1::bigint)', [advisoryLock]);
      await queries.script(
        `create table if not exists migrations (
           name text primary key,
           sha256 text not null,
           applied_at timestamptz not null default now()
         )`,
      );
      if (!pending(migrations, await applied(queries)).includes(migration)) return false;
      await queries.script(migration.text);
      await queries.query('insert into migrations (name, sha256) values ($1, $2)', [
        migration.name,
        migration.sha256,
      ]);
      return true;
    });
    if (fresh) done.push(migration.name);
  }
  return done;
}

/** Reads the migrations in their order: those that came with this program, or those of another folder. */
export async function readMigrations(folder?: string): Promise<Migration[]> {
  const from = folder ?? (await shippedFolder());
  const names = (await readdir(from)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${from}/${name}`, 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** The name of the newest migration that came with this program. */
export async function newestMigration(): Promise<string> {
  return (await readMigrations()).at(-1)?.name ?? '';
}

/** Next to `engine/` in a checkout, one level further up when built to `dist/engine/`. */
async function shippedFolder(): Promise<string> {
  for (const up of ['../migrations/', '../../migrations/']) {
    const folder = fileURLToPath(new URL(up, import.meta.url));
    if ((await readdir(folder).catch(() => [])).some((name) => name.endsWith('.sql'))) return folder;
  }
  throw new Error('the migrations are missing from this installation; install WatchAI again');
}

/** SHA-256 by name of what was applied; empty on a fresh database. */
async function applied(queries: Queries): Promise<Map<string, string>> {
  const [there] = await queries.query<{ there: boolean }>(
    "select to_regclass('migrations') is not null as there",
  );
  if (there?.there !== true) return new Map();
  const rows = await queries.query<{ name: string; sha256: string }>(
    'select name, sha256 from migrations order by name',
  );
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

function pending(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const [name, sha256] of applied) {
    const migration = known.get(name);
    if (migration === undefined)
      throw new Error(
        `the database was used by a newer WatchAI (it has ${name}, which this one does not know): update WatchAI, or use another PQL_HOME`,
      );
    if (migration.sha256 !== sha256)
      throw new Error(
        `${name} has changed since it was applied to this database: put the file back as it was and add a new one instead`,
      );
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}
