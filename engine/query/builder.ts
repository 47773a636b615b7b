import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import type { Json } from '../../dsl/json.ts';
import type { Parameter, Queries } from '../store/port.ts';

/** A piece of SQL with its parameters. */
export type Sql = RawBuilder<unknown>;

/** What of the tables the builder has to know; their columns stand in the pieces of SQL (columns.ts, sources/). */
export interface Tables {
  media: Owned;
  jobs: Owned;
  runs: Owned;
  artifacts: { hash: string };
}

interface Owned {
  workspace: string;
}

/** Builds statements and runs none: the store does, whichever it is. */
export const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Runs what was built; rows as JSON, times in ISO 8601. */
export async function run(
  queries: Queries,
  built: { compile(): { sql: string; parameters: readonly unknown[] } },
): Promise<Record<string, Json>[]> {
  const { sql, parameters } = built.compile();
  const rows = await queries.query<Record<string, unknown>>(sql, parameters as readonly Parameter[]);
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([field, value]) => [field, plain(value)])),
  );
}

function plain(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'bigint' ? Number(value) : (value as Json);
}
