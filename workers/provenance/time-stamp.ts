import type { Egress } from '../../engine/egress/door.ts';
import { Failure } from '../../engine/failure.ts';

/** Asks an authority when something was signed (RFC 3161): the query and the answer in DER, as they are. */
export type AskTime = (query: Buffer, signal: AbortSignal) => Promise<Buffer>;

/** Longer than that a film does not wait for its stamp; in milliseconds. */
const patience = 10_000;

/** Asks through the one door for outgoing requests, which refuses what an administrator has to allow. */
export function askTimeThrough(egress: Pick<Egress, 'request'>, url: string): AskTime {
  return async (query, signal) => {
    const { status, body } = await egress.request(
      {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
        body: { bytes: query.length, open: () => query },
        redirects: 3,
        totalTimeout: patience,
        maxResponseBytes: 64 * 1024,
      },
      signal,
    );
    if (status === 200) return body;
    throw new Failure('transient', 'PQL628', `${new URL(url).hostname} answered ${status}`, {
      hint: 'see that PQL_C2PA_TSA names a time stamp authority',
    });
  };
}
