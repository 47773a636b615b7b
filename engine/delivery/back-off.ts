/** The longest that a chat is waited for which said nothing of how long, in seconds. */
const longest = 300;

/** Seconds until the next try: 1, 2, 4 … up to five minutes, half of it at random so that many who were turned away together do not come back
 * together, and never less than the chat asked for. `attempts` from 1, `random` 0 to 1. */
export function backOff(attempts: number, asked: number | null, random: number): number {
  const own = Math.min(longest, 2 ** (attempts - 1)) * (0.5 + random / 2);
  return Math.max(asked ?? 0, own);
}
