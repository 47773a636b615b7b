import type { ClientBase, Pool, PoolClient, QueryConfig } from 'pg';
import { isSilence, type Parameter, type Queries, type Store, sqlState } from './port.ts';
import { statementNames } from './statement-names.ts';

/** Deadlock and serialisation failure: the server undid the transaction, which may be run again. */
const tryAgain = new Set(['40001', '40P01']);

/** Milliseconds that a statement may take. A connection that fell silent is found by nothing else: the system tries for a quarter of an hour
 * to send what nobody receives. What takes longer by its nature says so (`patience` of a transaction), and a script may take any time. */
const usualPatience = 20_000;

/** Opens a PostgreSQL server (15 or newer) by its URL. */
export async function openPostgres(
  url: string,
  options: { connections?: number; patience?: number } = {},
): Promise<Store> {
  const { connections = 10, patience = usualPatience } = options;
  const { default: pg } = await import('pg');
  const types = {
    getTypeParser: ((oid: number, format: 'text' | 'binary') =>
      // int8 as a number: our largest counters stay far below 2^53.
      oid === pg.types.builtins.INT8
        ? Number
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  };
  const openPool = () => {
    const pool = new pg.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: 10_000,
      // A plan that was made while a table was small is kept by its connection: no longer than this.
      maxLifetimeSeconds: 60,
      keepAlive: true,
      // What is asked at once is sent at once: the server answers in order, and is not waited for in between.
      pipeline: true,
      onConnect: (client) => letGoOfTheSilent(client, patience),
      types,
    });
    // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
    pool.on('error', () => {});
    return pool;
  };
  let pool = openPool();
  const ending = new Set<Promise<void>>();
  /** Where one connection fell silent, the others did. Those that are in use are closed by whoever finds that they are. */
  const giveUp = (silent: Pool) => {
    if (silent !== pool) return;
    pool = openPool();
    const ended = silent.end().finally(() => ending.delete(ended));
    ending.add(ended);
  };
  const nameOf = statementNames();
  return {
    ...queriesOn(() => pool, { nameOf, patience, giveUp }),
    transaction: (work, { patience: longer = 0 } = {}) =>
      transaction(pool, { nameOf, patience: Math.max(patience, longer), giveUp }, work),
    async [Symbol.asyncDispose]() {
      await Promise.all([pool.end(), ...ending]);
    },
  };
}

/** Tells the server how long to wait for us: in the middle of a transaction less than others wait for its locks, and two hours otherwise (its
 * system's usual) for a machine that was unplugged. Asked for, not given as parameters of the connection, which poolers refuse. */
async function letGoOfTheSilent(client: ClientBase, patience: number): Promise<void> {
  const idle = Math.round(patience * 0.75);
  const ask = (text: string) => client.query({ text, query_timeout: patience } as QueryConfig);
  await ask(
    `set idle_in_transaction_session_timeout = ${idle}; set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10;
     set tcp_keepalives_count = 3; set tcp_user_timeout = 60000`,
  );
  // Whoever is gone waits for no lock. Not every system can tell.
  await ask(`set client_connection_check_interval = ${idle}`).catch((error) => {
    if (isSilence(error)) throw error;
  });
}

interface Manners {
  nameOf: (text: string) => string | undefined;
  /** Milliseconds. */
  patience: number;
  /** Is told of the pool whose connection fell silent. */
  giveUp(pool: Pool): void;
}

async function transaction<T>(
  pool: Pool,
  manners: Manners,
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
    const queries = queriesOn(() => client, {
      ...manners,
      giveUp() {
        broken = new Error('it is silent');
        manners.giveUp(pool);
      },
    });
    try {
      // Not waited for. Where it fails the connection is lost, and so is what is sent behind it.
      const begun = queries.query('begin');
      begun.catch(() => {});
      const result = await work(queries);
      await begun;
      await queries.query('commit');
      return result;
    } catch (error) {
      if (broken === undefined)
        await queries.query('rollback').catch((cause) => {
          broken ??= cause;
        });
      if (attempt < 5 && tryAgain.has(sqlState(error) ?? '')) continue;
      throw error;
    } finally {
      client.off('error', hear);
      client.release(broken);
    }
  }
}

function queriesOn<On extends Pool | PoolClient>(
  on: () => On,
  { nameOf, patience, giveUp }: Omit<Manners, 'giveUp'> & { giveUp(on: On): void },
): Queries {
  return {
    async query<Row>(text: string, parameters: readonly Parameter[] = []) {
      const asked = on();
      const name = nameOf(text);
      try {
        const { rows } = await asked.query({
          ...{ text, values: [...parameters], query_timeout: patience },
          ...(name === undefined ? {} : { name }),
        } as QueryConfig);
        return rows as Row[];
      } catch (error) {
        if (isSilence(error)) giveUp(asked);
        throw error;
      }
    },
    async script(text) {
      await on().query(text);
    },
  };
}
