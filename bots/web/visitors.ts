import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Counts how often each visitor does something, and says when it is too often. */
export interface Allowance {
  /** Seconds until the visitor may do it again; 0 when it may now, which counts. */
  take(visitor: string): number;
}

/** Visitors that are remembered: the one that was not seen for longest is forgotten first. */
const remembered = 10_000;

/** So many a minute (or another `span`) for each visitor, all at once where they were saved up. `now` and `span` in milliseconds. */
export function openAllowance(most: number, now: () => number, span = 60_000): Allowance {
  const seen = new Map<string, { left: number; at: number }>();
  return {
    take(visitor) {
      const at = now();
      const before = seen.get(visitor) ?? { left: most, at };
      const left = Math.min(most, before.left + ((at - before.at) / span) * most);
      seen.delete(visitor);
      seen.set(visitor, { left: Math.max(0, left - 1), at });
      if (seen.size > remembered) seen.delete(seen.keys().next().value as string);
      return left >= 1 ? 0 : Math.ceil((((1 - left) / most) * span) / 1000);
    },
  };
}

/** The address of a visitor. Behind a proxy of this machine or its network, the last address that the proxy says. IPv6 counts by its /64, which
 * one household has. */
export function visitorOf({
  socket,
  headers,
}: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } }): string {
  const peer = plain(socket.remoteAddress ?? '');
  const said = headers['x-forwarded-for'];
  const told = plain((Array.isArray(said) ? said.join(',') : (said ?? '')).split(',').at(-1)!.trim());
  const address = isNear(peer) && isIP(told) !== 0 ? told : peer;
  return isIP(address) === 6 ? `${address.split(':').slice(0, 4).join(':')}::/64` : address;
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}

function isNear(address: string): boolean {
  return /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd])/i.test(address);
}
