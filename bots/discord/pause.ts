/** Milliseconds to wait after so many failures in a row: from a second, doubling up to a minute, a quarter more or less, so that not all
 * processes come back at once. */
export function pauseAfter(failures: number): number {
  return Math.min(60_000, 1000 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
}

/** Waits, and no longer than until the signal. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
