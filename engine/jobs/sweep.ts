import type { Lane } from '../../dsl/plan.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { fail, maxAttempts } from './fail.ts';

/** Finds jobs whose worker is gone and makes them ready again, under a new epoch so that the lost worker can write no more; one that
 * lost its worker too often fails. `lapsed`: those whose lease ran out. `all`: every running job, for whoever has just taken the
 * home's lock and so knows that nobody runs anything. Returns how many it found. */
export async function sweep(parts: Parts, which: 'lapsed' | 'all'): Promise<number> {
  const all = which === 'all';
  const revived = await revive(parts.store, all);
  for (const { id, run, lane } of revived) {
    parts.news.changed(run);
    await parts.queue.ring(lane, id);
  }
  const poisoned = await findPoisoned(parts.store, all);
  for (const job of poisoned)
    await fail(
      parts,
      job,
      new Failure('permanent', 'PQL601', `the program ended ${job.attempts} times while it worked on this`, {
        hint: 'see the log; RETRY the group once the cause is gone',
      }),
    );
  return revived.length + poisoned.length;
}

interface Orphan {
  id: number;
  run: number;
  epoch: number;
  attempts: number;
  lane: Lane;
}

function revive(queries: Queries, all: boolean): Promise<Orphan[]> {
  return queries.query<Orphan>(
    `update jobs set state = 'ready', lease_until = null, worker = null, epoch = epoch + 1, not_before = now(),
            changed = nextval('job_changes')
     where state = 'running' and attempts < $1 and ($2 or lease_until < clock_timestamp())
     returning id, run_id as run, epoch, attempts, lane`,
    [maxAttempts, all],
  );
}

function findPoisoned(queries: Queries, all: boolean): Promise<Orphan[]> {
  return queries.query<Orphan>(
    `select id, run_id as run, epoch, attempts, lane from jobs
     where state = 'running' and attempts >= $1 and ($2 or lease_until < clock_timestamp())`,
    [maxAttempts, all],
  );
}
