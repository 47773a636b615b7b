import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { longestName } from '../../../engine/consent/registry/person.ts';
import { openSite, type Site } from './open-site.ts';

describe('forms of the public page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({ formsPerHour: 3 });
  });
  afterAll(() => site?.[Symbol.asyncDispose]());

  const count = async () => (await site.store.query('select from public_requests')).length;

  test.each([
    ['of a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['of a page that hides where it is', { origin: 'null' }, 403],
    ['that the browser says is of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['that the browser says is of a sibling', { 'sec-fetch-site': 'same-site' }, 403],
    ['of this site, as the browser says', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 200],
    ['of this site', {}, 200],
  ])('one %s is answered as it should be', async (_, headers, status) => {
    const before = await count();
    const sent = await site.send('/opt-out', { name: `Ida ${crypto.randomUUID().slice(0, 4)}o` }, headers);
    expect(sent.status).toBe(status);
    expect((await count()) - before).toBe(status === 200 ? 1 : 0);
  });

  test('so many an hour are taken from one address, and those of others nevertheless', async () => {
    const from = { 'x-forwarded-for': '203.0.113.77' };
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await site.send('/opt-out', { name: '' }, from)).status);
    expect(statuses).toEqual([422, 422, 422, 429]);
    const last = await site.send('/opt-out', { name: '' }, from);
    expect(last.headers.get('retry-after')).toBe('1200');
    expect(last.text).toContain('Wait 20 min');
    expect((await site.send('/opt-out', { name: '' }, { 'x-forwarded-for': '203.0.113.78' })).status).toBe(
      422,
    );
  });

  test('one that is too large is not read to its end', async () => {
    expect((await site.send('/opt-out', { name: 'Ida Lang', message: 'x'.repeat(70_000) })).status).toBe(413);
    const socket = connect(site.web.address.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', () => {});
    socket.write(
      'POST /opt-out HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9000000000\r\n\r\n',
    );
    socket.write('x'.repeat(80_000));
    await expect.poll(() => answer).toContain('413');
    socket.destroy();
  });

  test('what is wrong is said beside its field and first of all, and what was written stays', async () => {
    const { status, text } = await site.send('/consent', {
      name: '',
      message: '<b>"call me"</b>',
      until: '2026-06-31',
      likeness: 'yes',
    });
    expect(status).toBe(422);
    expect(text).toContain('<title>Error: Give consent</title>');
    expect(text).toMatch(
      /role="alert".*<a href="#name">Write the name<\/a>.*<a href="#until">Choose a day.*<h1>/s,
    );
    expect(text).toContain('aria-describedby="name-hint name-problem" aria-invalid="true"');
    expect(text).toContain('&lt;b&gt;&quot;call me&quot;&lt;/b&gt;</textarea>');
    expect(text).toMatch(/id="likeness"[^>]* checked/);
    expect(text).not.toContain('<b>');
  });

  test.each([
    ['', 'Write the name'],
    [' \u202e\u200b ', 'Write the name'],
    ['.,-', 'Write the name'],
    [`Ida ${'o'.repeat(longestName)}`, 'Write a name of at most 200 letters'],
  ])('%j is no name', async (name, words) => {
    expect((await site.send('/opt-out', { name })).text).toContain(words);
  });

  test('a name is kept without what cannot be seen', async () => {
    await site.send('/opt-out', { name: ' Ida\u202e \u200bVisible\n' });
    expect(await site.store.query(`select said from consent_requests where said like 'Ida V%'`)).toEqual([
      { said: 'Ida Visible' },
    ]);
  });

  test.each([
    '2026-11-27',
    '2037-01-31',
    'soon',
    '2027-02-30',
    '',
  ])('a consent until %j is none', async (until) => {
    const { status, text } = await site.send('/consent', {
      ...{ name: 'Ida Lang', likeness: 'yes', self: 'yes', message: 'ask Bo', until },
    });
    expect([status, /#until">(Choose a day[^<]*)/.exec(text)?.[1]]).toEqual([422, expect.any(String)]);
  });

  test('pages are small, kept by nobody, run nothing, and tell nobody where one comes from', async () => {
    for (const path of ['/opt-out', '/consent']) {
      const { text, headers } = await site.get(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'private, no-store',
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'$/),
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
      expect(headers.has('set-cookie')).toBe(false);
      expect(text).not.toMatch(/<script|style=|\son\w+=|https?:/);
      const { text: style } = await site.get('/style.css');
      expect(Buffer.byteLength(text) + Buffer.byteLength(style)).toBeLessThan(15_000);
    }
  });
});
