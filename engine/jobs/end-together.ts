import { setImmediate as othersEnd, setTimeout as sleep } from 'node:timers/promises';
import type { Parts } from '../parts.ts';
import { complete, completeAll, type End } from './complete.ts';

/** Ends a job as `complete` does. */
export type EndJob = (end: End) => Promise<boolean>;

/** How many ends one transaction takes, and how many milliseconds the next waits for it: one that waits for a lock holds up nobody for long. */
const [most, patience] = [64, 100];

/** For the jobs of one process: those that end while a transaction is on its way share the next, which costs hardly more for several than for
 * one. The first waits for nobody. */
export function endTogether(parts: Parts): EndJob {
  let waiting: { end: End; told: PromiseWithResolvers<boolean> }[] = [];
  let writing = false;

  const write = async () => {
    writing = true;
    // What was claimed together ends at almost the same time.
    await othersEnd();
    while (waiting.length > 0) {
      const together = waiting.slice(0, most);
      waiting = waiting.slice(most);
      const ended = endAll(
        parts,
        together.map(({ end }) => end),
      );
      for (const [index, { told }] of together.entries()) told.resolve(ended[index] as Promise<boolean>);
      await Promise.race([Promise.allSettled(ended), sleep(patience, undefined, { ref: false })]);
    }
    writing = false;
  };

  return (end) => {
    const told = Promise.withResolvers<boolean>();
    waiting.push({ end, told });
    if (!writing) write();
    return told.promise;
  };
}

/** Where one keeps the others from being written, each is written by itself. */
function endAll(parts: Parts, ends: readonly End[]): Promise<boolean>[] {
  const all = ends.length > 1 ? completeAll(parts, ends).catch(() => null) : null;
  return ends.map(async (end) => {
    const done = await all;
    return done?.has(end.job.id) ?? complete(parts, end.job, end.outcome, end.admitted);
  });
}
