/** Room for so many bytes that are on their way at the same time, given out in the order in which it was asked for. */
export interface Room {
  /** Waits until there is room for `bytes` and takes it until disposed of; what is larger than all of it gets all of it, alone. */
  take(bytes: number, signal?: AbortSignal): Promise<Disposable>;
}

interface Waiting {
  bytes: number;
  begin(): void;
}

/** Opens room for `size` bytes. */
export function openRoom(size: number): Room {
  let free = size;
  const line: Waiting[] = [];
  const serve = () => {
    // Whoever waits longest is not passed by smaller ones, or a large film would wait for ever.
    for (let first = line[0]; first !== undefined && first.bytes <= free; first = line[0]) {
      line.shift();
      free -= first.bytes;
      first.begin();
    }
  };
  return {
    async take(wanted, signal) {
      signal?.throwIfAborted();
      const bytes = Math.min(Math.max(0, wanted), size);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiting = { bytes, begin: resolve };
      line.push(waiting);
      const leave = () => {
        const at = line.indexOf(waiting);
        // Its turn has come already: then it has the room, and gives it back itself.
        if (at < 0) return;
        line.splice(at, 1);
        reject(signal?.reason);
        serve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      serve();
      await promise.finally(() => signal?.removeEventListener('abort', leave));
      let held = true;
      return {
        [Symbol.dispose]() {
          if (!held) return;
          held = false;
          free += bytes;
          serve();
        },
      };
    },
  };
}
