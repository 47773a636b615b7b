/** What a statement may be given. JSON goes in as text (`JSON.stringify`), since drivers disagree about arrays. */
export type Parameter = string | number | boolean | Date | null | readonly string[] | readonly number[];

/** Where named SQL functions run: the store itself, or a transaction of it. */
export interface Queries {
  /** Runs one parameterised statement (`$1`). `bigint` comes back as a number, `timestamptz` as a Date, `jsonb` parsed. */
  query<Row>(text: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  /** Runs several statements without parameters: for migrations. */
  script(text: string): Promise<void>;
}

/** The truth: PostgreSQL, embedded (PGlite) or a server. Both run the same SQL and pass the same contract suite. */
export interface Store extends Queries, AsyncDisposable {
  /** Commits what `work` did, or undoes it all when it throws. `work` uses nothing but the `Queries` it is handed (the embedded
   * database has one connection and would wait for itself) and may be run again when the server breaks a deadlock. `patience`:
   * milliseconds that one of its statements may take, where that is longer than usual. */
  transaction<T>(work: (queries: Queries) => Promise<T>, options?: { patience?: number }): Promise<T>;
}

/** The SQLSTATE of a failed statement, `23505` for a broken unique constraint; null for any other error. */
export function sqlState(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** Whether a statement failed since the server is not there at the moment: it may be tried again once it is. */
export function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  const state = sqlState(error);
  // Connection exceptions, shutdown and recovery, too many connections, and too long silent in a transaction.
  if (state !== null && /^(?:08...|57P0[1-3]|53300|25P03)$/.test(state)) return true;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code ?? '') ||
    isSilence(error) ||
    // What pg says of connections that broke, in words only.
    /^Connection terminated|connection error and is not queryable|^timeout exceeded when trying/.test(
      error.message,
    )
  );
}

/** Whether a statement was given up since no answer came in time (in the words of pg). */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}
