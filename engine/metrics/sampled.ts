/** Milliseconds. */
export interface SampleTimes {
  /** A sample that is not older is given again. */
  age: number;
  /** How long whoever asks waits for a new one. */
  patience: number;
  now?: () => number;
}

/** Asks `read` at most once at a time and not more often than need be, whoever asks how often. Null when it fails or is not done in time;
 * one that never ends is given up after ten times that, so that a connection that hangs is not the end. */
export function sampled<T>(read: () => Promise<T>, times: SampleTimes): () => Promise<T | null> {
  const { age, patience, now = () => performance.now() } = times;
  let last: { value: T; at: number } | null = null;
  let reading: { done: Promise<T | null>; since: number } | null = null;

  const begin = () => {
    const mine: NonNullable<typeof reading> = { since: now(), done: Promise.resolve(null) };
    mine.done = read().then(
      (value) => {
        last = { value, at: now() };
        if (reading === mine) reading = null;
        return value;
      },
      () => {
        if (reading === mine) reading = null;
        return null;
      },
    );
    return mine;
  };

  return async () => {
    if (last !== null && now() - last.at <= age) return last.value;
    if (reading === null || now() - reading.since > 10 * patience) reading = begin();
    return within(reading.done, patience, null);
  };
}

/** What a promise comes to, or `otherwise` after so many milliseconds. */
export async function within<T, U>(promise: Promise<T>, milliseconds: number, otherwise: U): Promise<T | U> {
  const late = Promise.withResolvers<U>();
  const timer = setTimeout(() => late.resolve(otherwise), milliseconds);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
