import type { LookupFunction, Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isAddress, refusedAddress } from './address.ts';

/** All addresses of a name. */
export type Lookup = (hostname: string) => Promise<{ address: string; family: number }[]>;

/** A connection that the rules refuse; `why` completes "it leads to …" without telling the address. */
export class RefusedConnection extends Error {
  override name = 'RefusedConnection';
  readonly why: string;

  constructor(why: string) {
    super(`refused: ${why}`);
    this.why = why;
  }
}

/** Connects only to public addresses. Three looks, because each alone is bypassed: at a literal (which is never looked up), at every
 * address of a name (one bad one condemns the name), and at the address the socket really has, before a byte is sent. The name is looked
 * up once and the socket is given that answer, so there is no second answer to rebind. */
export function guardedConnector(lookup: Lookup, connectTimeout: number): buildConnector.connector {
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
    const fail = (error: unknown) =>
      callback(error instanceof Error ? error : new Error(String(error)), null);
    addressesOf(host, lookup).then((addresses) => {
      const given: LookupFunction = (_hostname, { all }, done) => {
        const [first] = addresses as [{ address: string; family: number }];
        if (all) done(null, addresses);
        else done(null, first.address, first.family);
      };
      const connect = buildConnector({ timeout: connectTimeout, lookup: given, allowH2: false });
      let refused: Error | null = null;
      // The connector gives back the socket that it starts, which its type does not say.
      const socket = connect(options, (...[error, connected]: [Error | null, Socket | null]) => {
        if (refused !== null) callback(refused, null);
        else if (error !== null || connected === null) fail(error);
        else callback(null, connected);
      }) as unknown as Socket;
      // `connect` comes before `secureConnect`: nothing is said, not even a TLS greeting, to an address that is refused.
      socket.prependOnceListener('connect', () => {
        refused = refusedPeer(socket.remoteAddress);
        if (refused !== null) socket.destroy(refused);
      });
    }, fail);
  };
}

/** The third look, at the address that the kernel says we are connected to. */
export function refusedPeer(remoteAddress: string | undefined): RefusedConnection | null {
  const why = remoteAddress === undefined ? 'nowhere' : refusedAddress(remoteAddress);
  return why === null ? null : new RefusedConnection(why);
}

/** The first and the second look. */
async function addressesOf(host: string, lookup: Lookup): Promise<{ address: string; family: number }[]> {
  const addresses = isAddress(host)
    ? [{ address: host, family: host.includes(':') ? 6 : 4 }]
    : // Copied, so that whoever gave them cannot change them after the look.
      (await lookup(host)).map(({ address, family }) => ({ address, family }));
  if (addresses.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  for (const { address } of addresses) {
    const why = refusedAddress(address);
    if (why !== null) throw new RefusedConnection(why);
  }
  return addresses;
}
