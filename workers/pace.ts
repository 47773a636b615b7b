import type { Progress } from './handler.ts';

/** Starts to time work on `total` things and gives a function that says how far it has come when some are done: below 1, since what is
 * written at the end takes time too. `now` in milliseconds. */
export function pace(total: number, now: () => number = () => performance.now()): (done: number) => Progress {
  const start = now();
  return (done) => {
    const fps = (1000 * done) / Math.max(1, now() - start);
    return {
      fraction: Math.min(0.99, done / Math.max(1, total)),
      fps,
      ...(fps > 0 ? { secondsLeft: Math.max(0, total - done) / fps } : {}),
    };
  };
}
