/** Where Discord's time begins, milliseconds. */
const epoch = 1_420_070_400_000;

/** Gives ids of 18 and 19 digits that grow and tell the time, as Discord's do: a client's rate-limit buckets break on shorter ones. */
export function snowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const next = BigInt(now() - epoch) << 22n;
    last = next > last ? next : last + 1n;
    return String(last);
  };
}

/** Milliseconds since 1970. */
export const timeOf = (id: string) => Number(BigInt(id) >> 22n) + epoch;
