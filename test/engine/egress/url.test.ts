import { expect, test } from 'vitest';
import { parseAllowList } from '../../../engine/egress/allow.ts';
import { checkUrl } from '../../../engine/egress/url.ts';

const problem = (url: string, allow = '') => {
  const checked = checkUrl(url, parseAllowList(allow).allow);
  return 'refused' in checked ? checked.refused.problem : null;
};

test.each([
  'https://example.com/film.mp4',
  'https://example.com:443/film.mp4',
  'https://example.com:8443/a?b=c#d',
  'https://EXAMPLE.com./film.mp4',
  'https://bücher.example.com/',
  'https://[2606:4700:4700::1111]/',
  'https://1.1.1.1/',
  `https://example.com/${'x'.repeat(2000)}`,
])('lets %s pass', (url) => {
  expect(problem(url)).toBeNull();
});

test.each([
  ['http://example.com/', 'it is not encrypted'],
  ['ftp://example.com/', 'ftp:// is not sent to'],
  ['file:///etc/passwd', 'file:// is not sent to'],
  ['gopher://example.com/', 'gopher:// is not sent to'],
  ['data:text/plain,x', 'data:// is not sent to'],
  ['https://me:secret@example.com/', 'it carries a user name or password'],
  ['https://me@example.com/', 'it carries a user name or password'],
  ['https://@example.com/', 'it carries a user name or password'],
  ['https://example.com@127.0.0.1/', 'it carries a user name or password'],
  ['https://example.com\\@127.0.0.1/', 'it is no web address'],
  ['https://exam\tple.com/', 'it is no web address'],
  ['https://example.com/a b', 'it is no web address'],
  ['https://exa\u200bmple.com/', 'it is no web address'],
  ['https://example.com/\0', 'it is no web address'],
  ['https://', 'it is no web address'],
  ['//example.com/', 'it is no web address'],
  ['https://example.com:22/', 'port 22 is not open to everybody'],
  ['https://example.com:6379/', 'port 6379 is not open to everybody'],
  ['https://localhost/', 'it is a name of this machine or its network'],
  ['https://localhost./', 'it is a name of this machine or its network'],
  ['https://LOCALHOST/', 'it is a name of this machine or its network'],
  ['https://a.localhost/', 'it is a name of this machine or its network'],
  ['https://nas.local/', 'it is a name of this machine or its network'],
  ['https://metadata.google.internal/', 'it is a name of this machine or its network'],
  ['https://intranet/', 'it is a name of this machine or its network'],
  ['https://files/', 'a name without a dot is on this network'],
  ['https://127.0.0.1/', 'it is this machine itself'],
  ['https://2130706433/', 'it is this machine itself'],
  ['https://0x7f000001/', 'it is this machine itself'],
  ['https://017700000001/', 'it is this machine itself'],
  ['https://0177.0.0.1/', 'it is this machine itself'],
  ['https://0x7f.1/', 'it is this machine itself'],
  ['https://127.1/', 'it is this machine itself'],
  ['https://127.0.0.1./', 'it is this machine itself'],
  ['https://①②⑦.0.0.1/', 'it is this machine itself'],
  ['https://0/', 'it is this machine itself'],
  ['https://[::1]/', 'it is this machine itself'],
  ['https://[::ffff:127.0.0.1]/', 'it is in a reserved range'],
  ['https://[::127.0.0.1]/', 'it is in a reserved range'],
  ['https://169.254.169.254/latest/meta-data/', 'it is on a private network'],
  [`https://example.com/${'x'.repeat(9000)}`, 'it is too long'],
])('refuses %j: %s', (url, why) => {
  expect(problem(url)).toBe(why);
});

test.each([
  ['localhost:9000', 'http://localhost:9000/'],
  ['localhost:9000', 'http://LOCALHOST.:9000/'],
  ['127.0.0.1', 'http://127.1:9000/'],
  ['127.0.0.1:80', 'http://127.0.0.1/'],
  ['nas.local:443', 'https://nas.local/'],
  ['[fd00::7]:9000', 'http://[fd00:0::7]:9000/'],
  ['[fd00::7]', 'https://[fd00::7]/'],
  ['example.com', 'http://example.com:8080/'],
  ['a.example b.example, example.com', 'http://example.com/'],
])('lets the setting %s lift the rules for %s', (allow, url) => {
  expect(problem(url, allow)).toBeNull();
});

test.each([
  ['localhost:9000', 'http://localhost:9001/'],
  ['localhost:9000', 'http://127.0.0.1:9000/'],
  ['example.com', 'http://evil.example.com/'],
  ['example.com', 'http://example.com.evil.org/'],
  ['localhost', 'http://me@localhost/'],
  ['localhost', 'file://localhost/etc/passwd'],
])('does not let the setting %s lift the rules for %s', (allow, url) => {
  expect(problem(url, allow)).not.toBeNull();
});

test.each([
  'https://example.com',
  'example.com/x',
  'me@example.com',
  'fd00::7',
  'example.com:0',
  'example.com:99999',
  'a:b',
  ':80',
])('does not take %s as a host', (entry) => {
  expect(parseAllowList(`good.example, ${entry}`)).toMatchObject({
    allow: [{ host: 'good.example', port: null }],
    wrong: [entry],
  });
});

test('says what would lift a refusal', () => {
  const checked = checkUrl('https://nas.local:9000/x', []);
  expect(checked).toMatchObject({
    refused: { hint: 'an administrator can allow it: SET egress.allow "nas.local:9000"' },
  });
});
