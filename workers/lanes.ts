import type { Lane } from '../dsl/plan.ts';
import { sweepFreed } from '../engine/artifacts/freed.ts';
import { type Claimed, giveBack, heartbeat, stillHeld } from '../engine/jobs/claim.ts';
import { sweep } from '../engine/jobs/sweep.ts';
import type { Log } from '../engine/log.ts';
import { openTogether } from '../engine/opened.ts';
import type { Parts } from '../engine/parts.ts';
import type { Handler } from './handler.ts';
import { type ServedLane, serveLane } from './lane.ts';
import { runJob } from './run-job.ts';

export interface LanesOptions {
  /** By operation: `enhance`, `export`. */
  handlers: Readonly<Record<string, Handler>>;
  /** How many jobs of each lane run here at the same time; a lane that is left out is not served. */
  slots: Readonly<Partial<Record<Lane, number>>>;
  /** A folder for the jobs' scratch folders. */
  scratch: string;
  /** Names this worker in the rows. */
  worker: string;
  log: Log;
  /** Milliseconds that a job stays ours without a sign of life. */
  lease?: number;
  /** Milliseconds between looks at the jobs in hand: how soon a cancellation by another process is seen. */
  beat?: number;
  /** Milliseconds that running jobs are given to stop when the lanes close. */
  grace?: number;
}

interface Held {
  job: Claimed;
  stop: AbortController;
  ended: Promise<void>;
}

/** Claims and runs jobs until disposed of; what still runs then is stopped and handed back. Every beat a job that is not ours any more
 * is stopped; three times a lease those in hand are prolonged and the lost jobs of others are looked for. */
export async function startLanes(parts: Parts, options: LanesOptions): Promise<AsyncDisposable> {
  const { lease = 30_000, beat = 1000, grace = 5000, log, worker } = options;
  const held = new Map<number, Held>();
  const stop = (id: number, why: string) => held.get(id)?.stop.abort(new DOMException(why, 'AbortError'));

  const run = (job: Claimed): Promise<void> => {
    const controller = new AbortController();
    const ended = runJob(parts, job, controller.signal, options)
      .catch((error) =>
        log.write(
          'error',
          'a job could not be ended; its lease will lapse',
          { job: `j${job.number}` },
          error,
        ),
      )
      .finally(() => held.delete(job.id));
    held.set(job.id, { job, stop: controller, ended });
    return ended;
  };

  return openTogether(async (opened) => {
    opened.add(parts.news.onStop((id) => stop(id, 'cancelled')));
    // Closed last to first: first no new jobs, then those in hand, whose leases are prolonged until they have ended.
    const lanes: ServedLane[] = [];
    opened.add(
      beating(beat, log, async (beats) => {
        const mine = [...held.values()].map(({ job }) => job);
        const renew = beats % Math.max(1, Math.round(lease / 3 / beat)) === 0;
        const alive = await (renew ? heartbeat(parts.store, mine, lease) : stillHeld(parts.store, mine));
        for (const job of mine) if (!alive.has(job.id)) stop(job.id, 'the job was taken away');
        if (!renew) return;
        // After our own sign of life, so that a process that slept takes nothing away from itself.
        await sweep(parts, 'lapsed');
        await sweepFreed(parts);
        for (const lane of lanes) lane.look();
      }),
    );
    opened.add({ [Symbol.asyncDispose]: () => stopAll(parts, [...held.values()], grace) });
    const operations = Object.keys(options.handlers);
    for (const [lane, slots] of Object.entries(options.slots) as [Lane, number][])
      if (slots > 0)
        lanes.push(opened.add(await serveLane(parts, { lane, slots, operations, worker, lease, log, run })));
    return { [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  });
}

/** Does something over and over, never twice at the same time, counting from 1. */
function beating(every: number, log: Log, live: (beats: number) => Promise<void>): AsyncDisposable {
  let beats = 0;
  let living: Promise<void> | null = null;
  const timer = setInterval(() => {
    living ??= live(++beats)
      .catch((error) => log.write('warn', 'no sign of life could be given', {}, error))
      .finally(() => {
        living = null;
      });
  }, every);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await living;
    },
  };
}

/** What does not stop in time is handed back all the same: its epoch lets it write no more once somebody else has it. */
async function stopAll(parts: Parts, held: readonly Held[], grace: number): Promise<void> {
  for (const { stop } of held) stop.abort(new DOMException('shutting down', 'AbortError'));
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, grace);
  await Promise.race([Promise.all(held.map(({ ended }) => ended)), late]);
  clearTimeout(timer);
  for (const { job } of held) await giveBack(parts.store, job);
}
