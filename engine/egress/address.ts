import ipaddr from 'ipaddr.js';

/** Public by range but answered inside a cloud: the Azure host agent. The other metadata addresses lie in refused ranges. */
const inCloud = new Set(['168.63.129.16']);

/** Why an IP address must not be talked to, to complete "it is …"; null for one of the public internet.
 *
 * IPv4 by the special-purpose registry (RFC 6890). IPv6 by what is allowed, since ranges that carry IPv4 inside keep being invented:
 * only 2000::/3, and in it no 6to4, Teredo, documentation, benchmarking or ORCHID; so `::127.0.0.1`, `::ffff:…` and NAT64 never pass. */
export function refusedAddress(text: string): string | null {
  // A zone (`fe80::1%eth0`) names an interface of this machine.
  if (text.includes('%')) return 'on the local network';
  if (!isAddress(text)) return 'no address';
  const address = ipaddr.parse(text);
  const range = address.range();
  if (address.kind() === 'ipv6' && !isGlobalUnicast(address.toByteArray())) return words(range);
  if (range !== 'unicast') return words(range);
  return inCloud.has(address.toString()) ? 'a metadata service' : null;
}

/** Whether a host is an address and no name; without brackets. */
export function isAddress(host: string): boolean {
  return ipaddr.IPv6.isValid(host) || isFourPart(host);
}

/** `0x7f.1` and `2130706433` are addresses to some parsers: a host that reaches this point has been normalised, so they are not here. */
function isFourPart(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text);
}

/** 2000::/3 (RFC 4291): the first three bits are 001. */
function isGlobalUnicast(bytes: number[]): boolean {
  return ((bytes[0] as number) & 0xe0) === 0x20;
}

function words(range: string): string {
  switch (range) {
    case 'loopback':
    case 'unspecified':
      return 'this machine itself';
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
    case 'linkLocal':
    case 'deprecatedSiteLocal':
      return 'on a private network';
    case 'multicast':
    case 'broadcast':
      return 'a group of machines';
    default:
      return 'in a reserved range';
  }
}
