/** Counts calls of the last minute or so, and says after how many seconds the next may come; null when it may come now. */
export interface Rate {
  take(key: string, most: number, seconds?: number): number | null;
}

export function createRate(now: () => number): Rate {
  const calls = new Map<string, number[]>();
  return {
    take(key, most, seconds = 60) {
      const from = now() - seconds * 1000;
      const lately = (calls.get(key) ?? []).filter((at) => at > from);
      if (lately.length >= most) {
        calls.set(key, lately);
        return Math.max(1, Math.ceil((lately[0]! - from) / 1000));
      }
      calls.set(key, [...lately, now()]);
      return null;
    },
  };
}
