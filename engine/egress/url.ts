import { refusedAddress } from './address.ts';
import { type AllowList, comparable, isAllowed } from './allow.ts';

/** Why a URL is refused, for the asker to read. */
export interface RefusedUrl {
  /** `it is on a private network`. */
  problem: string;
  hint: string;
}

/** Names that mean this machine or this network wherever they are looked up (RFC 6761, 6762, 8375, and what clouds and routers use). */
const localNames =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|home\.arpa|onion)$/;

/** 8443 is where many serve https beside 443; any other port belongs to another protocol until somebody allows it. */
const openPorts = new Set(['', '443', '8443']);

/** Longer than any presigned URL seen (AWS with a session token: about 1,800). */
const longest = 8192;

/** Checks what a URL says, before anything is looked up; what its name leads to is checked when connecting. Returns the URL, normalised
 * by the WHATWG rules: there `0x7f.1`, `017700000001`, `2130706433` and `127。0。0。1` are all 127.0.0.1. */
export function checkUrl(text: string, allow: AllowList): { url: URL } | { refused: RefusedUrl } {
  const refuse = (problem: string, hint: string) => ({ refused: { problem, hint } });
  if (text.length > longest) return refuse('it is too long', `keep it under ${longest} characters`);
  // The parser would silently drop tabs and line breaks, and read a backslash as a slash.
  if (hasHidden(text) || text.includes('\\') || !URL.canParse(text))
    return refuse('it is no web address', 'write it like https://example.com/film.mp4');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(`${url.protocol}// is not sent to`, 'use a https:// address');
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?#]*@/.test(text))
    return refuse(
      'it carries a user name or password',
      'use an address that needs none, such as a presigned one',
    );
  if (isAllowed(allow, url)) return { url };

  const host = comparable(url.hostname);
  const lift = `an administrator can allow it: SET egress.allow "${url.host}"`;
  const why = refusedHost(host);
  if (why !== null) return refuse(why, lift);
  if (url.protocol === 'http:') return refuse('it is not encrypted', 'use a https:// address');
  if (!openPorts.has(url.port)) return refuse(`port ${url.port} is not open to everybody`, lift);
  return { url };
}

/** Completes "refused: …" for a host that is an address or a name of this network. */
function refusedHost(host: string): string | null {
  if (host.startsWith('[')) return because(refusedAddress(host.slice(1, -1)));
  if (/^\d+(?:\.\d+){3}$/.test(host)) return because(refusedAddress(host));
  if (localNames.test(host)) return 'it is a name of this machine or its network';
  return host.includes('.') ? null : 'a name without a dot is on this network';
}

function because(why: string | null): string | null {
  return why === null ? null : `it is ${why}`;
}

function hasHidden(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]/.test(text);
}
