import type { Lane } from '../../dsl/plan.ts';
import type { Queue } from './port.ts';

type Hear = (job: number) => void;

/** Rings within this process, in turn among the listeners of a lane. */
export function inProcessQueue(): Queue {
  const listeners = new Map<Lane, Hear[]>();
  return {
    async ring(lane, job) {
      const waiting = listeners.get(lane);
      const next = waiting?.shift();
      if (waiting === undefined || next === undefined) return;
      waiting.push(next);
      // Later, so that whoever rings has finished what it does, and a listener's mistake is not the ringer's.
      setImmediate(() => {
        if (waiting.includes(next)) next(job);
      });
    },
    async listen(lane, hear) {
      // A function of its own, so that one function may listen twice.
      const own: Hear = (job) => hear(job);
      const waiting = listeners.get(lane) ?? [];
      listeners.set(lane, waiting);
      waiting.push(own);
      return {
        async [Symbol.asyncDispose]() {
          const at = waiting.indexOf(own);
          if (at >= 0) waiting.splice(at, 1);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const waiting of listeners.values()) waiting.length = 0;
    },
  };
}
