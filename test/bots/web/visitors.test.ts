import { expect, test } from 'vitest';
import { openAllowance, visitorOf } from '../../../bots/web/visitors.ts';

const visitor = (remoteAddress: string, forwarded?: string) =>
  visitorOf({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  });

test('a visitor is the address that the connection comes from, whatever they say', () => {
  expect(visitor('203.0.113.5', '1.2.3.4')).toBe('203.0.113.5');
  expect(visitor('::ffff:203.0.113.5')).toBe('203.0.113.5');
});

test('behind a proxy nearby it is the last address that the proxy says, which nobody else can write', () => {
  expect(visitor('127.0.0.1', '1.2.3.4, 203.0.113.9')).toBe('203.0.113.9');
  expect(visitor('::1', '2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(visitor('10.0.0.2', 'nonsense')).toBe('10.0.0.2');
});

test('what is saved up may be spent at once, and comes back with time', () => {
  let now = 0;
  const allowance = openAllowance(60, () => now);
  for (let n = 0; n < 60; n++) expect(allowance.take('a')).toBe(0);
  expect(allowance.take('a')).toBe(1);
  expect(allowance.take('b')).toBe(0);
  now += 2000;
  expect([allowance.take('a'), allowance.take('a'), allowance.take('a')]).toEqual([0, 0, 1]);
});
