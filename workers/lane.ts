import { setTimeout as sleep } from 'node:timers/promises';
import type { Lane } from '../dsl/plan.ts';
import { anyFor } from '../engine/jobs/any-for.ts';
import { type Claimed, claimSome, isForOthers, nextDue } from '../engine/jobs/claim.ts';
import type { Log } from '../engine/log.ts';
import type { Parts } from '../engine/parts.ts';
import type { Capabilities } from '../engine/workers/capabilities.ts';

export interface LaneOptions {
  lane: Lane;
  /** How many jobs run here at the same time. */
  slots: number;
  operations: readonly string[];
  worker: string;
  /** Milliseconds. */
  lease: number;
  log: Log;
  /** What this worker can do; everything when it is left out. */
  can?: Capabilities | undefined;
  /** Whether jobs may be claimed at this moment; whoever says no says look when that is over. */
  open(): boolean;
  /** Runs a job; settles, never rejects, when the job has ended. */
  run(job: Claimed): Promise<void>;
}

/** How often the ring for a job is passed on, of how many jobs that is remembered, and for how many milliseconds a lane stands aside then:
 * whoever is free hears it meanwhile. */
const [rounds, remembered, aside] = [3, 200, 100];

/** Jobs of operations that take fewer milliseconds than this are claimed for all free slots at once: to claim one costs hardly less than to claim several.
 * Others are claimed one after the other, so that a worker who is free at the same moment gets its share. */
const brief = 200;

/** A lane that is being served. */
export interface ServedLane extends AsyncDisposable {
  /** Looks for work now. */
  look(): void;
}

/** Claims jobs of one lane as long as slots are free, until disposed of: what runs then is its runner's to stop.
 *
 * A slot is free → claim → nothing there: sleep until a ring, a job's back-off, or somebody says look
 *                        → a job: run it → the slot is free again, look again. */
export async function serveLane(parts: Parts, options: LaneOptions): Promise<ServedLane> {
  const { lane, slots, operations, worker, lease, log, can } = options;
  let closed = false;
  let busy = 0;
  let wanted = false;
  /** What was claimed last. */
  let served: readonly Claimed[] = [];
  let filling: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stirred = Promise.withResolvers<void>();
  /** Nothing was found last time: then the next look is a cheap one. */
  let barren = false;
  /** Milliseconds that a job of each operation took here: the last one where it took longer, else nearer to it by a tenth. */
  const took = new Map<string, number>();
  /** How often the ring for a job was passed on, by its row id. */
  const passed = new Map<number, number>();

  const fill = async () => {
    while (busy < slots && !closed && options.open()) {
      const last = served.at(-1);
      const after = last && { workspace: last.workspace, asker: last.asker.user, shared: last.shared };
      await gather();
      if (closed) return;
      const jobs =
        barren && !(await anyFor(parts.store, { lane, operations, can }))
          ? []
          : await claimSome(
              parts.store,
              { lane, operations, worker, lease, can, after, brief: [...took.keys()].filter(isBrief) },
              [...took.keys()].some(isBrief) ? slots - busy : 1,
            );
      barren = jobs.length === 0;
      if (barren) {
        const wait = await nextDue(parts.store, lane);
        if (wait !== null) lookIn(wait);
        return;
      }
      served = jobs;
      for (const job of jobs) start(job);
    }
  };

  const isBrief = (operation: string) => (took.get(operation) ?? brief) < brief;

  /** Where what was claimed last is brief: until half of the slots are free, but for a tenth of what such a job takes. What was claimed together ends almost
   * together. */
  const gather = async () => {
    if (!served.every(({ operation }) => isBrief(operation))) return;
    const moment = Math.max(0, ...served.map(({ operation }) => took.get(operation) ?? 0)) / 10;
    const until = performance.now() + moment;
    for (let left = moment; busy > slots / 2 && left > 0 && !closed; left = until - performance.now())
      await Promise.race([sleep(left, undefined, { ref: false }), stirred.promise]);
  };

  const start = (job: Claimed) => {
    const since = performance.now();
    busy++;
    parts.metrics?.claimed(job);
    options.run(job).then(() => {
      const last = performance.now() - since;
      const before = took.get(job.operation) ?? last;
      took.set(job.operation, Math.max(last, before + (last - before) / 10));
      busy--;
      look();
    });
    parts.news.changed(job.run);
  };

  const fillUntilContent = async () => {
    while (wanted && !closed) {
      wanted = false;
      await fill().catch((error) => {
        log.write('warn', 'the database could not be asked for work; trying again', { lane }, error);
        lookIn(1000);
      });
    }
    filling = null;
  };

  const look = () => {
    // Else `filling` would be over before it stands, and whoever waits for it would wait for ever.
    if (closed) return;
    wanted = true;
    stirred.resolve();
    stirred = Promise.withResolvers();
    filling ??= fillUntilContent();
  };

  /** A moment late is better than a moment early, which finds nothing and asks again. */
  const lookIn = (milliseconds: number) => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(look, Math.min(milliseconds, 60_000) + 5);
  };

  /** Rings again for a job that is beyond us, and hears nothing for a moment, so that somebody else does. Where nobody can do it the ring
   * would go round for ever: after some rounds the sweep does. */
  const passOn = async (job: number) => {
    const times = passed.get(job) ?? 0;
    passed.delete(job);
    if (times >= rounds) return;
    const beyond = await isForOthers(parts.store, job, { operations, can }).catch(() => false);
    if (!beyond || closed) return;
    // The oldest give way: they were done by others, or the sweep rings for them.
    for (const old of passed.keys()) if (passed.size >= remembered) passed.delete(old);
    passed.set(job, times + 1);
    await parts.queue.ring(lane, job);
    await Promise.race([sleep(aside, undefined, { ref: false }), stirred.promise]);
  };

  /** Busy until there is nothing more to claim and a slot is free: rings that come meanwhile are for others. So is one that was heard and
   * nothing could be done about it; it does not come back here, as we are busy. */
  const hear = async (job: number | null) => {
    const isFull = () => busy >= slots || !options.open();
    look();
    while (filling !== null) await filling;
    if (job !== null && !closed && served.every(({ id }) => id !== job)) {
      if (isFull()) await parts.queue.ring(lane, job);
      else await passOn(job);
    }
    while (!closed && (filling !== null || isFull())) await (filling ?? stirred.promise);
  };

  const listener = await parts.queue.listen(lane, hear);
  look();
  return {
    look,
    async [Symbol.asyncDispose]() {
      closed = true;
      stirred.resolve();
      clearTimeout(timer);
      await listener[Symbol.asyncDispose]();
      await filling;
    },
  };
}
