import { Failure } from '../failure.ts';
import { type Store, sqlState } from './port.ts';
import { openPostgres } from './postgres.ts';

/** Opens a PostgreSQL server by its URL and asks it for a sign of life. Throws a Failure that says what is wrong; the URL, which may hold a
 * password, is not in it. */
export async function openServer(url: string, options: { connections?: number } = {}): Promise<Store> {
  const store = await openPostgres(url, options);
  try {
    const [row] = await store.query<{ version: number }>(
      `select current_setting('server_version_num')::integer as version`,
    );
    const version = Math.floor((row?.version ?? 0) / 10_000);
    if (version < oldest)
      throw new Failure('user', 'PQL604', `the database server ${placeOf(url)} is PostgreSQL ${version}`, {
        hint: `${oldest} or newer is needed`,
      });
    return store;
  } catch (error) {
    await Promise.resolve(store[Symbol.asyncDispose]()).catch(() => {});
    if (error instanceof Failure) throw error;
    throw new Failure(
      'user',
      'PQL604',
      `the database server ${placeOf(url)} does not let us in: ${why(error)}`,
      {
        hint: 'start the server or mend DATABASE_URL; without DATABASE_URL the database lives in PQL_HOME',
        cause: error,
      },
    );
  }
}

/** What the contract suites are run on at least. */
const oldest = 15;

/** Host and database. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${decodeURIComponent(host)}${decodeURIComponent(pathname)}`;
}

/** Of a name with several addresses, Node tells one error each in an error without words. */
function why(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return why(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  return sqlState(error) === null && message === '' ? 'it does not answer' : message;
}
