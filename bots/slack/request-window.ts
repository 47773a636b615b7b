import type { IncomingHttpHeaders } from 'node:http';

/** How far a request's time stamp may be from ours, seconds: https://docs.slack.dev/authentication/verifying-requests-from-slack. */
const widest = 300;

/** Whether a request is of about now. Bolt refuses old ones only: one that is dated ahead could be sent again for as long as it is ahead. One without
 * a time stamp is left to Bolt, which believes no such thing. `now` in milliseconds. */
export function isOfNow(headers: IncomingHttpHeaders, now: number): boolean {
  const stamp = headers['x-slack-request-timestamp'];
  if (stamp === undefined) return true;
  if (typeof stamp !== 'string' || !/^\d{1,12}$/.test(stamp)) return false;
  return Math.abs(now / 1000 - Number(stamp)) <= widest;
}

/** Remembers the signatures of the requests that were believed for as long as they could be believed again. `true` for one that comes again. */
export function createReplays(now: () => number): (signature: string) => boolean {
  const seen = new Map<string, number>();
  return (signature) => {
    const from = now() - 2 * widest * 1000;
    // The oldest come first.
    for (const [known, at] of seen) {
      if (at >= from) break;
      seen.delete(known);
    }
    if (seen.has(signature)) return true;
    seen.set(signature, now());
    return false;
  };
}
