import type { Config } from '../../engine/config.ts';
import type { Flags } from './program.ts';
import { ArgumentError } from './read-source.ts';

/** Whether this process runs jobs itself; `--no-work` leaves them to workers, whom only a server's database can have. */
export function worksHere(flags: Flags, { databaseUrl }: Config): boolean {
  if (flags.work !== false) return true;
  if (databaseUrl === null)
    throw new ArgumentError(
      '--no-work leaves the jobs to workers, and without DATABASE_URL there are none',
      'leave --no-work out, or set DATABASE_URL and start pql worker',
    );
  return false;
}
