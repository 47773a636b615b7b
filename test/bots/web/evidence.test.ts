import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { verifyConsent } from '../../../engine/consent/audit/verify.ts';
import { largestSent } from '../../../engine/consent/public/evidence.ts';
import { wordsOf } from '../../fakes/gated.ts';
import { openSite, requestIn, type Site } from './open-site.ts';

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}`);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('consent that is given on the public page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.[Symbol.asyncDispose]());

  const fresh = () => `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  const consent = async (name: string) => {
    const terms = {
      likeness: 'yes',
      until: '2027-01-31',
      except: 'politics, beer',
      message: 'call me',
      self: 'yes',
    };
    const path = requestIn((await site.send('/consent', { name, ...terms })).text);
    return { path, id: /Your request (r\d+)/.exec((await site.get(path)).text)![1]! };
  };
  const give = (path: string, bytes: Uint8Array, called = 'my passport.pdf') => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(bytes)], called));
    return site.send(`${path}/evidence`, form);
  };
  const say = async (statement: string, as: string) =>
    wordsOf(await site.gated.ask(statement, site.gated.as(as)));
  const linkIn = (words: string) =>
    new URL(/https:\/\/films\.example\.org\/evidence\/[\w-]{43}/.exec(words)![0]).pathname;
  const kept = async (bytes: Uint8Array) =>
    (await site.store.query('select from consent_evidence where hash = $1', [sha256(bytes)])).length === 1;

  test('it counts when two moderators agree, who read evidence by links of their own, and ends when the person says so', async () => {
    const name = fresh();
    const paper = pdf(`I agree. ${name}`);
    const { path, id } = await consent(name);
    const cast = () => site.gated.codes(`GENERATE "a walk" CAST "${name}"`);
    expect((await site.get(path)).text).toContain('Evidence is missing.');
    expect(await say(`APPROVE ${id}`, 'mia')).toContain('comes without evidence');
    expect((await give(path, paper)).status).toBe(303);
    expect((await site.get(path)).text).toContain(sha256(paper));
    expect((await give(path, pdf('another'))).status).toBe(409);
    const shown = await say(`FIND REQUEST ${id}`, 'mia');
    expect(shown).toContain(`evidence | ${id}.pdf, sha-256 ${sha256(paper)}`);
    expect(shown).toContain('message | call me');
    expect(shown).not.toContain('passport.pdf');
    for (const who of ['mia', 'noor']) await say(`APPROVE ${id}`, who);
    expect(await cast()).toEqual([]);
    expect(await site.gated.codes(`GENERATE "a beer" CAST "${name}"`)).not.toEqual([]);
    expect((await site.get(path)).text).toContain('until 31 January 2027');
    await site.gated.start(`GENERATE "a walk" CAST "${name}" AS stroll`);
    await site.gated.make(await site.gated.take());
    expect((await site.send(`${path}/clear`, { sure: 'yes' })).status).toBe(303);
    expect((await site.get(path)).text).toContain('This consent has ended.');
    expect(await cast()).toEqual(['PQL543']);
    expect(await kept(paper)).toBe(false);
    await expect
      .poll(
        async () => (await site.store.query(`select from held_for where because = 'grant revoked'`)).length,
      )
      .toBe(1);
  });

  test('a link to evidence gives it as a download, says who read it in the audit, and is for moderators, for minutes', async () => {
    const { path, id } = await consent(fresh());
    const page = pdf('<script>alert(1)</script>');
    await give(path, page);
    const link = linkIn(await say(`FIND REQUEST ${id}`, 'mia'));
    expect(wordsOf(await site.gated.ask(`FIND REQUEST ${id}`))).toContain('PQL548');
    const before = await site.get(link);
    expect(before.text).toContain(sha256(page));
    expect(before.text).not.toContain('alert(1)');
    const read = await site.send(link, {});
    expect(read.text).toBe(page.toString());
    expect(Object.fromEntries(read.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${id}.pdf"; filename*=UTF-8''${id}.pdf`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    const [told] = await site.store.query<{ body: string }>(
      `select body from consent_audit where action = 'evidence read' order by seq desc limit 1`,
    );
    expect(JSON.parse(told!.body)).toMatchObject({ by: { user: 'mia' }, request: id, sha256: sha256(page) });
    expect((await site.get(path.replace('requests', 'evidence'))).status).toBe(404);
    await site.store.query(`update evidence_links set expires_at = now() - interval '1 second'`);
    expect([(await site.get(link)).status, (await site.send(link, {})).status]).toEqual([404, 404]);
  });

  test.each([
    ['a page with a script', Buffer.from('<html><script>alert(1)</script>'), 'Choose a PDF'],
    ['a drawing with a script', Buffer.from('<svg onload="alert(1)"/>'), 'Choose a PDF'],
    ['a program', Buffer.from('MZ\x90'), 'Choose a PDF'],
    ['a sound that begins as WebP does', Buffer.from('RIFF\x10\0\0\0WAVEfmt '), 'Choose a PDF'],
    ['nothing', Buffer.alloc(0), 'Choose a file'],
    ['a byte too many', Buffer.concat([pdf(''), Buffer.alloc(largestSent)]), 'at most 10 MB'],
    ['far too much', Buffer.concat([pdf(''), Buffer.alloc(12_000_000)]), 'at most 10 MB'],
  ])('%s is no evidence, whatever it is called', async (_, bytes, words) => {
    const { path } = await consent(fresh());
    const sent = await give(path, bytes);
    expect([sent.status, sent.text]).toEqual([422, expect.stringContaining(words)]);
    expect(await kept(bytes)).toBe(false);
  });

  test.each([
    ['the largest', Buffer.concat([pdf(''), Buffer.alloc(largestSent - 9)])],
    ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000', 'hex')],
    ['a WebP', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
  ])('%s is', async (_, bytes) => {
    const { path } = await consent(fresh());
    expect((await give(path, bytes)).status).toBe(303);
    expect(await kept(bytes)).toBe(true);
  });

  test('an opt-out counts more than a consent that waits, and the page tells nobody of it', async () => {
    const name = fresh();
    await site.gated.ask(`OPT OUT "${name}"`);
    const { path, id } = await consent(name);
    await give(path, pdf('for sure'));
    expect(await say(`APPROVE ${id}`, 'mia')).toContain('opted out, which counts more than any grant');
    expect((await site.get(path)).text).not.toMatch(/opted out/);
  });

  test('a consent that waits can be taken back, with the evidence, unless somebody else showed the same bytes', async () => {
    const [mine, theirs] = [await consent(fresh()), await consent(fresh())];
    const paper = pdf('the same form');
    for (const { path } of [mine, theirs]) await give(path, paper);
    await site.send(`${mine.path}/clear`, { sure: 'yes' });
    expect((await site.get(mine.path)).text).toContain('You took this request back.');
    expect(await say(`APPROVE ${mine.id}`, 'mia')).toContain('is withdrawn already');
    expect(await kept(paper)).toBe(true);
    await site.send(`${theirs.path}/clear`, { sure: 'yes' });
    expect(await kept(paper)).toBe(false);
  });

  test('nothing that was sent is left on its way, and the audit holds', async () => {
    expect((await readdir(site.gated.folder)).filter((file) => file.startsWith('form-'))).toEqual([]);
    expect((await verifyConsent(site.store, site.gated.signer)).problems).toEqual([]);
  });
});
