import type { Lane } from '../../dsl/plan.ts';
import type { Hear, Queue } from './port.ts';

/** How many rings of a lane are kept while everybody is busy: who hears one looks for any work, so more would say no more. */
const most = 200;

interface Listener {
  hear: Hear;
  busy: boolean;
}

interface Bell {
  listeners: Listener[];
  /** Not heard yet. */
  rings: Set<number>;
}

/** Rings within this process, in turn among the listeners of a lane that are not busy. */
export function inProcessQueue(): Queue {
  const bells = new Map<Lane, Bell>();
  const bellOf = (lane: Lane): Bell => {
    const bell = bells.get(lane) ?? { listeners: [], rings: new Set() };
    bells.set(lane, bell);
    return bell;
  };
  return {
    async ring(lane, job) {
      const bell = bellOf(lane);
      if (bell.listeners.length === 0 || bell.rings.size >= most) return;
      bell.rings.add(job);
      pass(bell);
    },
    async listen(lane, hear) {
      const bell = bellOf(lane);
      // An entry of its own, so that one function may listen twice.
      const own: Listener = { hear, busy: false };
      bell.listeners.push(own);
      return {
        async [Symbol.asyncDispose]() {
          bell.listeners = bell.listeners.filter((other) => other !== own);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const bell of bells.values()) bell.listeners = [];
    },
  };
}

/** Hands rings out as long as somebody is free for them. */
function pass(bell: Bell): void {
  for (const job of bell.rings) {
    const next = bell.listeners.find(({ busy }) => !busy);
    if (next === undefined) return;
    bell.rings.delete(job);
    bell.listeners.push(...bell.listeners.splice(bell.listeners.indexOf(next), 1));
    next.busy = true;
    // Later, so that whoever rings has finished what it does, and a listener's mistake is not the ringer's.
    setImmediate(async () => {
      try {
        if (bell.listeners.includes(next)) await next.hear(job);
        else bell.rings.add(job);
      } finally {
        next.busy = false;
        pass(bell);
      }
    });
  }
}
