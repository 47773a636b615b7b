/** Does one piece of work for everybody who asks for it while it goes on. It is stopped when the last who waits has gone: one that is
 * cancelled spoils nothing for the others. */
export interface OneAtATime<T> {
  ask(key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Going<T> {
  result: Promise<T>;
  stop: AbortController;
  waiting: number;
}

/** Nothing is remembered of work that has ended. */
export function oneAtATime<T>(): OneAtATime<T> {
  const all = new Map<string, Going<T>>();
  const begin = (key: string, work: (signal: AbortSignal) => Promise<T>): Going<T> => {
    const stop = new AbortController();
    const going = { stop, waiting: 0, result: work(stop.signal) };
    all.set(key, going);
    const forget = () => all.get(key) === going && all.delete(key);
    going.result.then(forget, forget);
    return going;
  };
  return {
    async ask(key, work, signal) {
      signal?.throwIfAborted();
      const going = all.get(key) ?? begin(key, work);
      going.waiting += 1;
      const { promise: gone, reject } = Promise.withResolvers<never>();
      const leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([going.result, gone]);
      } finally {
        signal?.removeEventListener('abort', leave);
        going.waiting -= 1;
        if (going.waiting === 0) {
          // Whoever asks from now on begins anew.
          if (all.get(key) === going) all.delete(key);
          going.stop.abort(new DOMException('nobody waits for it any more', 'AbortError'));
        }
      }
    },
  };
}
