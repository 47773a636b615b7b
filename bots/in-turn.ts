import { setTimeout as sleep, setImmediate as turnOfLoop } from 'node:timers/promises';

export interface Turns {
  /** How many times the event loop went round without anything coming in before the next is begun: rounds, not milliseconds, since on a busy machine
   * what is at the door needs its rounds, however long they take. */
  rounds: number;
  /** How long the first in line waits for that at most: in a crowd everybody is acknowledged before anybody is answered. */
  longest: number;
  /** How many are being acknowledged now, where that is a request of ours; it is not quiet before they are. */
  acknowledging?: () => number;
  /** How long one is let go on alone: slow ones hold nobody up. */
  alone: number;
}

/** Begins what it is given one after the other, in the order it came, when it is quiet at the door. An embedded database works in our own thread, so that
 * fifty answers begun at once would keep the fifty-first request from being acknowledged: measured on two busy cores, 50 commands at once were acknowledged after up to
 * 3.2 s then, and after 0.09 s in turn. */
export function inTurn({
  rounds,
  longest,
  acknowledging = () => 0,
  alone,
}: Turns): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => Promise<unknown>)[] = [];
  let arrivals = 0;
  let busy = false;

  async function quiet(): Promise<void> {
    const until = performance.now() + longest;
    for (let calm = 0, before = arrivals; calm < rounds && performance.now() < until; before = arrivals) {
      await sleep(3);
      calm = arrivals === before && acknowledging() === 0 ? calm + 1 : 0;
    }
  }

  async function goOn(): Promise<void> {
    busy = true;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      await quiet();
      waiting.shift();
      const stop = new AbortController();
      const done = next().finally(() => stop.abort());
      await Promise.race([done, sleep(alone, undefined, stop)]).catch(() => {});
      await turnOfLoop();
    }
    busy = false;
  }
  return <T>(work: () => Promise<T>) => {
    const { promise, resolve } = Promise.withResolvers<T>();
    arrivals++;
    waiting.push(() => {
      const begun = work();
      resolve(begun);
      return begun;
    });
    if (!busy) void goOn();
    return promise;
  };
}
