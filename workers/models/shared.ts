/** What the work itself is handed. */
export interface SharedWork {
  /** Aborted when the last one who waited has left. */
  signal: AbortSignal;
  report(fraction: number, note: string): void;
}

interface Party {
  signal?: AbortSignal | undefined;
  onProgress?: ((fraction: number, note: string) => void) | undefined;
}

interface Running<T> {
  parties: Set<Party>;
  controller: AbortController;
  result: Promise<T>;
}

/** Work that is done once however many ask for it at the same time: each hears of its progress and may leave; when all have left it
 * is stopped. */
export function shared<T>(): {
  join(key: string, party: Party, work: (share: SharedWork) => Promise<T>): Promise<T>;
} {
  const running = new Map<string, Running<T>>();

  const start = (key: string, work: (share: SharedWork) => Promise<T>): Running<T> => {
    const parties = new Set<Party>();
    const controller = new AbortController();
    const report = (fraction: number, note: string) => {
      for (const party of parties) party.onProgress?.(fraction, note);
    };
    const entry: Running<T> = {
      parties,
      controller,
      // Not before the first party is in, or it would miss the first news.
      result: Promise.resolve()
        .then(() => work({ signal: controller.signal, report }))
        .finally(() => {
          if (running.get(key) === entry) running.delete(key);
        }),
    };
    entry.result.catch(() => {});
    running.set(key, entry);
    return entry;
  };

  return {
    async join(key, party, work) {
      party.signal?.throwIfAborted();
      const entry = running.get(key) ?? start(key, work);
      entry.parties.add(party);
      const left = leaving(party.signal);
      try {
        return await Promise.race([entry.result, left.promise]);
      } finally {
        left.stop();
        entry.parties.delete(party);
        if (entry.parties.size === 0) {
          // Whoever comes now must not join work that is being stopped.
          if (running.get(key) === entry) running.delete(key);
          entry.controller.abort(party.signal?.reason);
        }
      }
    },
  };
}

function leaving(signal: AbortSignal | undefined): { promise: Promise<never>; stop: () => void } {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    const leave = () => reject(signal?.reason);
    signal?.addEventListener('abort', leave, { once: true });
    stop = () => signal?.removeEventListener('abort', leave);
  });
  return { promise, stop };
}
