/** Hosts that may be talked to although the rules refuse them: `nas.local`, `10.0.0.7:9000`, `[fd00::7]:9000`. */
export type AllowList = readonly AllowedHost[];

export interface AllowedHost {
  /** As WHATWG URLs write it: lower case, addresses in their short form, IPv6 in brackets; without a dot at the end. */
  host: string;
  /** Null for every port. */
  port: number | null;
}

/** Reads the setting `egress.allow`: hosts or host:port, separated by commas or spaces. Returns what it could not read as `wrong`. */
export function parseAllowList(text: string): { allow: AllowList; wrong: string[] } {
  const allow: AllowedHost[] = [];
  const wrong: string[] = [];
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const read = parseEntry(entry);
    if (read === null) wrong.push(entry);
    else allow.push(read);
  }
  return { allow, wrong };
}

export function isAllowed(allow: AllowList, url: URL): boolean {
  const host = comparable(url.hostname);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return allow.some((entry) => entry.host === host && (entry.port === null || entry.port === port));
}

/** `localhost.` and `localhost` are one host. */
export function comparable(hostname: string): string {
  return hostname.replace(/\.+$/, '');
}

function parseEntry(entry: string): AllowedHost | null {
  if (/[/@?#\\]/.test(entry)) return null;
  // A scheme without a default port, so that an explicit 80 or 443 is kept; http's rules for hosts by parsing twice.
  const port = /^(?:\[[^\]]*\]|[^:[\]]+):(\d{1,5})$/.exec(entry)?.[1];
  const bare = port === undefined ? entry : entry.slice(0, -port.length - 1);
  if (!URL.canParse(`http://${bare}/`) || (!bare.startsWith('[') && bare.includes(':'))) return null;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return null;
  const { hostname } = new URL(`http://${bare}/`);
  if (hostname === '') return null;
  return { host: comparable(hostname), port: port === undefined ? null : Number(port) };
}
