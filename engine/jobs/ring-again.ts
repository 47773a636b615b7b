import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import type { Ring } from './advance.ts';

/** How many jobs of each lane are rung for again at most: who hears one of them looks for any. */
const dose = 100;

/** Rings for what is ready, as nobody may have heard of it: whoever made it ready was killed before it rang, or the queue forgot. */
export async function ringAgain(parts: Pick<Parts, 'store' | 'queue'>): Promise<void> {
  for (const { lane, job } of await readyJobs(parts.store)) await parts.queue.ring(lane, job);
}

function readyJobs(queries: Queries): Promise<Ring[]> {
  return queries.query<Ring>(
    `select lanes.lane, job from unnest(array['gpu', 'cpu', 'net']) as lanes(lane)
     cross join lateral (
       select id as job from jobs
       where jobs.lane = lanes.lane and state = 'ready' and not_before <= clock_timestamp()
       limit $1) ready`,
    [dose],
  );
}
