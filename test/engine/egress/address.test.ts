import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusedAddress } from '../../../engine/egress/address.ts';
import { checkUrl } from '../../../engine/egress/url.ts';

/** The IANA special-purpose registries, written down a second time and matched by other code than ours. */
const special = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32],
] as const)
  special.addSubnet(net, bits, 'ipv4');

const four = (n: number) =>
  [24, 16, 8, 0].map((shift) => (n >>> shift) & 255) as [number, number, number, number];
const word = fc.integer({ min: 0, max: 0xffff_ffff });
const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
const six = (parts: number[]) => parts.map((part) => part.toString(16)).join(':');

/** An address in a refused range, all ranges about equally often. */
const inside = fc
  .constantFrom(...special.rules.map((rule) => /(\d+(?:\.\d+){3})\/(\d+)/.exec(rule) as RegExpExecArray))
  .chain(([, net, bits]) =>
    word.map((random) => {
      const base = (net as string).split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
      const size = 2 ** (32 - Number(bits));
      return base + (random % size);
    }),
  );

test('refuses exactly the special-purpose ranges of IPv4', () => {
  fc.assert(
    fc.property(fc.oneof(word, inside), (n) => {
      const text = four(n).join('.');
      expect(refusedAddress(text) !== null).toBe(special.check(text, 'ipv4'));
    }),
    { numRuns: 2000 },
  );
});

test('refuses an inner address in whatever way it is spelled', () => {
  const octal = (n: number) => `0${n.toString(8)}`;
  const hex = (n: number) => `0x${n.toString(16)}`;
  fc.assert(
    fc.property(inside, (n) => {
      const [a, b, c, d] = four(n);
      const spellings = [
        `${n}`,
        hex(n),
        octal(n),
        `${a}.${b}.${c}.${d}`,
        `${hex(a)}.${octal(b)}.${c}.${hex(d)}`,
        `${[a, b, c, d].map(octal).join('.')}`,
        `${a}.${b}.${c * 256 + d}`,
        `${a}.${b * 65_536 + c * 256 + d}`,
        `${a}.${b}.${c}.${d}.`,
        `${a}。${b}。${c}。${d}`,
        `[::ffff:${a}.${b}.${c}.${d}]`,
        `[::${a}.${b}.${c}.${d}]`,
        `[::ffff:0:${a}.${b}.${c}.${d}]`,
        `[64:ff9b::${a}.${b}.${c}.${d}]`,
        `[64:ff9b:1::${a}.${b}.${c}.${d}]`,
        `[2002:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}::1]`,
        `[2001:0:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}::1]`,
      ];
      for (const host of spellings)
        expect([host, 'refused' in checkUrl(`https://${host}/`, [])]).toEqual([host, true]);
    }),
    { numRuns: 300 },
  );
});

test('allows nothing of IPv6 outside 2000::/3', () => {
  fc.assert(
    fc.property(groups, (parts) => {
      if (((parts[0] as number) & 0xe000) === 0x2000) return;
      expect(refusedAddress(six(parts))).not.toBeNull();
    }),
  );
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '93.184.215.14',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '2606:4700:4700::1111',
  '2a00:1450:400e:80f::200e',
])('allows %s of the public internet', (address) => {
  expect(refusedAddress(address)).toBeNull();
});

test.each([
  ['127.0.0.1', 'this machine itself'],
  ['0.0.0.0', 'this machine itself'],
  ['::1', 'this machine itself'],
  ['::', 'this machine itself'],
  ['10.1.2.3', 'on a private network'],
  ['100.100.100.200', 'on a private network'],
  ['169.254.169.254', 'on a private network'],
  ['fd00:ec2::254', 'on a private network'],
  ['fe80::1', 'on a private network'],
  ['fe80::1%eth0', 'on the local network'],
  ['168.63.129.16', 'a metadata service'],
  ['224.0.0.1', 'a group of machines'],
  ['ff02::1', 'a group of machines'],
  ['255.255.255.255', 'a group of machines'],
  ['192.0.2.1', 'in a reserved range'],
  ['198.18.0.1', 'in a reserved range'],
  ['2001:db8::1', 'in a reserved range'],
  ['2001:2::1', 'in a reserved range'],
  ['3fff::1', 'in a reserved range'],
  ['::127.0.0.1', 'in a reserved range'],
  ['::ffff:127.0.0.1', 'in a reserved range'],
  ['64:ff9b::7f00:1', 'in a reserved range'],
  ['100::1', 'in a reserved range'],
  ['localhost', 'no address'],
  ['2130706433', 'no address'],
  ['0x7f.1', 'no address'],
  ['127.1', 'no address'],
  ['', 'no address'],
])('refuses %s: it is %s', (address, why) => {
  expect(refusedAddress(address)).toBe(why);
});
