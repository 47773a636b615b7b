import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { fail } from './fail.ts';
import { ringAgain } from './ring-again.ts';
import { forgetShares } from './share.ts';

/** How many workers a job may lose before it is set aside, so that one that kills whoever runs it comes to an end. Apart from the tries
 * that end in a transient failure. */
export const maxCrashes = 3;

/** Finds jobs whose worker is gone and makes them ready again, under a new epoch so that the lost worker can write no more; one that
 * lost too many is set aside: it fails, and its last words stay in its row. Then rings for whatever is ready. `lapsed`: those whose lease
 * ran out. `all`: every running job, for whoever has just taken the home's lock and so knows that nobody runs anything. Returns how many
 * it found. */
export async function sweep(parts: Parts, which: 'lapsed' | 'all'): Promise<number> {
  const all = which === 'all';
  const revived = await revive(parts.store, all);
  for (const { run } of revived) parts.news.changed(run);
  const poisoned = await condemn(parts.store, all);
  for (const job of poisoned)
    await fail(
      parts,
      job,
      new Failure('permanent', 'PQL601', `the program ended ${maxCrashes} times while it worked on this`, {
        hint: `FIND j${job.number} shows its last words; RETRY g${job.group} once the cause is gone`,
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

/** Who was lost, behind the last words of the job: there is no more of its log than that where it took the program down at once. */
const lastWords = `log || jsonb_build_array(format('%s was lost while it worked on this', worker))`;

function revive(queries: Queries, all: boolean): Promise<Orphan[]> {
  return queries.query<Orphan>(
    `update jobs set state = 'ready', lease_until = null, worker = null, epoch = epoch + 1, not_before = now(),
            attempts = attempts - 1, crashes = crashes + 1, log = ${lastWords}, changed = nextval('job_changes')
     where state = 'running' and crashes < $1 - 1 and ($2 or lease_until < clock_timestamp())
     returning id, run_id as run, epoch, attempts`,
    [maxCrashes, all],
  );
}

/** Counted first and failed one by one, since that ends runs: whoever is killed in between leaves some that are found again. */
function condemn(queries: Queries, all: boolean): Promise<(Orphan & { number: number; group: number })[]> {
  return queries.query(
    `update jobs set crashes = $1, log = case when crashes < $1 then ${lastWords} else log end
     where state = 'running' and crashes >= $1 - 1 and ($2 or lease_until < clock_timestamp())
     returning id, run_id as run, epoch, attempts, number, (select number from runs where id = run_id) as "group"`,
    [maxCrashes, all],
  );
}
