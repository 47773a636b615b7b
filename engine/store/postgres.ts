import type { Pool, PoolClient } from 'pg';
import { type Parameter, type Queries, type Store, sqlState } from './port.ts';
import { statementNames } from './statement-names.ts';

/** Deadlock and serialisation failure: the server undid the transaction, which may be run again. */
const tryAgain = new Set(['40001', '40P01']);

/** Opens a PostgreSQL server (15 or newer) by its URL. */
export async function openPostgres(url: string, options: { connections?: number } = {}): Promise<Store> {
  const { default: pg } = await import('pg');
  const types = {
    getTypeParser: ((oid: number, format: 'text' | 'binary') =>
      // int8 as a number: our largest counters stay far below 2^53.
      oid === pg.types.builtins.INT8
        ? Number
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    // A plan that was made while a table was small is kept by its connection: no longer than this.
    maxLifetimeSeconds: 60,
    types,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  const nameOf = statementNames();
  return {
    ...queriesOn(pool, nameOf),
    transaction: (work) => transaction(pool, nameOf, work),
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

type Naming = (text: string) => string | undefined;

async function transaction<T>(
  pool: Pool,
  nameOf: Naming,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    // A connection that breaks between two statements says so here; without a listener it would end the process.
    const hear = (error: Error) => {
      broken = error;
    };
    client.on('error', hear);
    try {
      await client.query('begin');
      const result = await work(queriesOn(client, nameOf));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause) => {
        broken = cause;
      });
      if (attempt < 5 && tryAgain.has(sqlState(error) ?? '')) continue;
      throw error;
    } finally {
      client.off('error', hear);
      client.release(broken);
    }
  }
}

function queriesOn(on: Pool | PoolClient, nameOf: Naming): Queries {
  return {
    async query<Row>(text: string, parameters: readonly Parameter[] = []) {
      const name = nameOf(text);
      const { rows } = await on.query({
        text,
        values: [...parameters],
        ...(name === undefined ? {} : { name }),
      });
      return rows as Row[];
    },
    async script(text) {
      await on.query(text);
    },
  };
}
