import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { newSecret } from '../../../engine/consent/public/secret.ts';
import { wordsOf } from '../../fakes/gated.ts';
import { openSite, requestIn, type Site } from './open-site.ts';

describe('what guards the public page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({ formsPerHour: 2 });
  });
  afterAll(() => site?.[Symbol.asyncDispose]());

  const forms = ['/opt-out', '/consent', '/requests/…/appeal', '/requests/…/erase', '/requests/…/clear'];
  const files = ['/requests/…/evidence', '/evidence/…'];
  const at = (path: string) => path.replace('…', newSecret());

  test.each([
    ...forms,
    ...files,
  ])('%s takes nothing from a page elsewhere, whatever its secret', async (path) => {
    const sent = await site.send(at(path), {}, { 'sec-fetch-site': 'cross-site' });
    expect([sent.status, sent.text]).toEqual([403, expect.stringContaining('was not sent from here')]);
  });

  test.each([...forms, ...files])('%s takes so many an hour of one address, and no more', async (path) => {
    const from = { 'x-forwarded-for': `203.0.113.${10 + [...forms, ...files].indexOf(path)}` };
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await site.send(at(path), {}, from)).status);
    expect(statuses.map((status) => status === 429)).toEqual([false, false, true]);
  });

  test.each([
    '/',
    '/opt-out',
    '/consent',
    '/requests/…',
    '/evidence/…',
    '/nowhere',
    '/style.css',
  ])('%s may show what comes from here, send forms here, and do nothing else', async (path) => {
    const { headers } = await site.get(at(path));
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  test('an appeal is heard once: whoever is refused again cannot ask for a third look', async () => {
    const name = `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
    const path = requestIn((await site.send('/opt-out', { name })).text);
    const id = /Your request (r\d+)/.exec((await site.get(path)).text)![1]!;
    const deny = async (user: string, role: 'moderator' | 'admin') =>
      wordsOf(await site.gated.ask(`DENY ${id} BECAUSE "no"`, site.gated.as(user, role)));
    const state = async () =>
      (
        await site.store.query<{ state: string }>(
          `select state from consent_requests where 'r' || number = $1`,
          [id],
        )
      )[0]!.state;
    for (const user of ['mia', 'noor']) await deny(user, 'moderator');
    await site.send(`${path}/appeal`, { appeal: 'It was me' });
    expect(await state()).toBe('escalated');
    await deny('root', 'admin');
    expect(await state()).toBe('denied');
    await site.send(`${path}/appeal`, { appeal: 'It was me, really' });
    expect(await state()).toBe('denied');
    expect((await site.get(path)).text).not.toContain('>Appeal</button>');
  });

  test('what nobody denied is not appealed from, and nothing is added to what was deleted', async () => {
    const name = `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
    const path = requestIn((await site.send('/opt-out', { name })).text);
    const state = () => site.store.query('select state from consent_requests where said = $1', [name]);
    await site.send(`${path}/appeal`, { appeal: 'Hurry' });
    expect(await state()).toEqual([{ state: 'open' }]);
    await site.send(`${path}/clear`, { sure: 'yes' });
    const form = new FormData();
    form.set('file', new File(['%PDF-1.7 late'], 'late.pdf'));
    expect((await site.send(`${path}/evidence`, form)).status).toBe(409);
    expect(await site.store.query('select from consent_evidence')).toEqual([]);
  });
});
