/** Lets at most so many do something at the same time, in the order in which they came. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
  /** How many stand in line. */
  waiting(): number;
}

/** Between two turns everything else is heard: the embedded database answers without ever leaving the queue of microtasks, so that fifty
 * statements at once would keep timers and sockets waiting until the last of them is done, 1.5 s later. */
export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const free = () => {
    const next = waiting.shift();
    if (next === undefined) taken--;
    else setImmediate(next);
  };
  return {
    waiting: () => waiting.length,
    async take(work) {
      await new Promise<void>((resolve) => {
        if (taken === most) return void waiting.push(resolve);
        taken++;
        setImmediate(resolve);
      });
      try {
        return await work();
      } finally {
        free();
      }
    },
  };
}
