import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { fail, maxAttempts } from './fail.ts';
import { ringAgain } from './ring-again.ts';
import { forgetShares } from './share.ts';

/** Finds jobs whose worker is gone and makes them ready again, under a new epoch so that the lost worker can write no more; one that
 * lost its worker too often fails. Then rings for whatever is ready. `lapsed`: those whose lease ran out. `all`: every running job, for
 * whoever has just taken the home's lock and so knows that nobody runs anything. Returns how many lost their worker. */
export async function sweep(parts: Parts, which: 'lapsed' | 'all'): Promise<number> {
  const all = which === 'all';
  const revived = await revive(parts.store, all);
  for (const { run } of revived) parts.news.changed(run);
  const poisoned = await findPoisoned(parts.store, all);
  for (const job of poisoned)
    await fail(
      parts,
      job,
      new Failure('permanent', 'PQL601', `the program ended ${job.attempts} times while it worked on this`, {
        hint: 'see the log; RETRY the group once the cause is gone',
      }),
    );
  await ringAgain(parts);
  await forgetShares(parts.store);
  return revived.length + poisoned.length;
}

interface Orphan {
  id: number;
  run: number;
  epoch: number;
  attempts: number;
}

function revive(queries: Queries, all: boolean): Promise<Orphan[]> {
  return queries.query<Orphan>(
    `update jobs set state = 'ready', lease_until = null, worker = null, epoch = epoch + 1, not_before = now(),
            changed = nextval('job_changes')
     where state = 'running' and attempts < $1 and ($2 or lease_until < clock_timestamp())
     returning id, run_id as run, epoch, attempts`,
    [maxAttempts, all],
  );
}

function findPoisoned(queries: Queries, all: boolean): Promise<Orphan[]> {
  return queries.query<Orphan>(
    `select id, run_id as run, epoch, attempts from jobs
     where state = 'running' and attempts >= $1 and ($2 or lease_until < clock_timestamp())`,
    [maxAttempts, all],
  );
}
