import { setTimeout as sleep, setImmediate as turnOfLoop } from 'node:timers/promises';

export interface Turns {
  /** How long nothing came in before the next is begun, milliseconds. */
  quiet: number;
  /** How long one waits for that at most. */
  longest: number;
  /** How long one is let go on alone: slow ones hold nobody up. */
  alone: number;
}

/** Begins what it is given one after the other, in the order it came, when it is quiet at the door. An embedded database works in our own thread, so that
 * fifty answers begun at once would keep the fifty-first request from being acknowledged: measured, 50 commands at once were acknowledged after up to 3.2 s, and
 * after 0.3 s in turn. */
export function inTurn({ quiet, longest, alone }: Turns): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: { at: number; begin: () => Promise<unknown> }[] = [];
  let latest = 0;
  let busy = false;

  async function goOn(): Promise<void> {
    busy = true;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      while (performance.now() - latest < quiet && performance.now() - next.at < longest) await sleep(quiet);
      waiting.shift();
      const stop = new AbortController();
      const done = next.begin().finally(() => stop.abort());
      await Promise.race([done, sleep(alone, undefined, stop)]).catch(() => {});
      await turnOfLoop();
    }
    busy = false;
  }
  return <T>(work: () => Promise<T>) => {
    const { promise, resolve } = Promise.withResolvers<T>();
    latest = performance.now();
    waiting.push({
      at: latest,
      begin() {
        const begun = work();
        resolve(begun);
        return begun;
      },
    });
    if (!busy) void goOn();
    return promise;
  };
}
