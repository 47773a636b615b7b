import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { verifyConsent } from '../../../engine/consent/audit/verify.ts';
import { peopleCalled } from '../../../engine/consent/registry/people.ts';
import { grantTo, publicFigure } from '../../fakes/consent.ts';
import { wordsOf } from '../../fakes/gated.ts';
import { openSite, requestIn, type Site } from './open-site.ts';

describe('what people ask on the public page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.[Symbol.asyncDispose]());

  const fresh = () => `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  const optOut = async (name: string, more: Record<string, string> = {}) => {
    const sent = await site.send('/opt-out', { name, ...more });
    expect(sent.status).toBe(200);
    return requestIn(sent.text);
  };
  /** `r9`, as the page of a request calls it. */
  const idOf = async (path: string) => /Your request (r\d+)/.exec((await site.get(path)).text)![1]!;
  const say = async (statement: string, as: string, role: 'moderator' | 'admin' = 'moderator') =>
    wordsOf(await site.gated.ask(statement, site.gated.as(as, role)));
  const codes = (name: string) => site.gated.codes(`GENERATE "${name} at sea"`);
  const isHeld = async (name: string) =>
    (await site.store.query('select from held_media where media_row ->> $2 like $1', [`${name}%`, 'prompt']))
      .length > 0;
  const made = async (name: string) => {
    await site.gated.start(`GENERATE "${name} at sea"`);
    await site.gated.make(await site.gated.take());
  };

  test('an opt-out holds when it is answered, and films that name the person are held', async () => {
    const name = fresh();
    await made(name);
    const path = await optOut(name);
    expect(await codes(name)).toEqual(['PQL540']);
    await expect.poll(() => isHeld(name)).toBe(true);
    const { text } = await site.get(path);
    expect(text).toContain('You have opted out, for now.');
    expect(await say('SHOW REQUESTS', 'mia')).toContain(`objection | ${name}`);
    expect(await say(`APPROVE ${await idOf(path)}`, 'mia')).toContain('is confirmed');
    expect((await site.get(path)).text).toContain('You have opted out.');
  });

  test('a grant counts no more from the opt-out on, and ends when a moderator confirms it', async () => {
    const name = fresh();
    const person = await publicFigure(site.store, name);
    const tools = { store: site.store, signer: site.gated.signer };
    await grantTo(tools, site.gated.asker.workspace, person);
    expect(await codes(name)).toEqual([]);
    const path = await optOut(name);
    expect(await codes(name)).toEqual(['PQL540']);
    const standing = () =>
      site.store.query('select from grants where person_id = $1 and revoked_at is null', [person]);
    expect(await standing()).toHaveLength(1);
    await say(`APPROVE ${await idOf(path)}`, 'mia');
    expect(await standing()).toEqual([]);
    expect((await verifyConsent(site.store, site.gated.signer)).problems).toEqual([]);
  });

  test('two moderators lift what was meant ill: films and grants are as before; the page says why, and takes one appeal', async () => {
    const name = fresh();
    await made(name);
    const path = await optOut(name, { message: 'I do not like her' });
    await expect.poll(() => isHeld(name)).toBe(true);
    const id = await idOf(path);
    expect(await say(`FIND REQUEST ${id}`, 'mia')).toContain('message | I do not like her');
    expect(await say(`DENY ${id} BECAUSE "it was not her"`, 'mia')).toContain(
      'another moderator has to deny too',
    );
    expect(await codes(name)).toEqual(['PQL540']);
    expect(await say(`DENY ${id} BECAUSE "we <b>called</b> her"`, 'mia')).toContain('you denied');
    await say(`DENY ${id} BECAUSE "we <b>called</b> her"`, 'noor');
    expect(await codes(name)).toEqual([]);
    expect(await isHeld(name)).toBe(false);
    const { text } = await site.get(path);
    expect(text).toContain('The moderators did not agree.');
    expect(text).toContain('<blockquote>we &lt;b&gt;called&lt;/b&gt; her</blockquote>');
    expect(text).not.toMatch(/mia|noor/);
    expect((await site.send(`${path}/appeal`, { appeal: '' })).text).toContain(
      'Write why it should be looked at again',
    );
    expect((await site.send(`${path}/appeal`, { appeal: 'It was me all along' })).status).toBe(303);
    expect((await site.get(path)).text).toContain('Your appeal is being looked at.');
    expect(await say(`FIND REQUEST ${id}`, 'mia')).toContain('appeal | It was me all along');
    expect(await say(`APPROVE ${id}`, 'mia')).toContain('an admin decides');
    expect(await say(`DENY ${id} BECAUSE "again"`, 'noor', 'admin')).toContain('you denied');
    expect(await say(`APPROVE ${id}`, 'root', 'admin')).toContain('is confirmed');
    expect(await codes(name)).toEqual(['PQL540']);
    expect((await site.get(path)).text).toContain('You have opted out.');
    await site.send(`${path}/appeal`, { appeal: 'once more' });
    expect((await site.get(path)).text).toContain('You have opted out.');
  });

  test('what somebody else said meanwhile stays when an objection is lifted', async () => {
    const [told, asked] = [fresh(), fresh()];
    const deny = async (path: string) => {
      const id = await idOf(path);
      for (const moderator of ['mia', 'noor']) await say(`DENY ${id} BECAUSE "no"`, moderator);
    };
    const first = await optOut(told);
    await site.gated.ask(`OPT OUT "${told}"`);
    await deny(first);
    expect(await codes(told)).toEqual(['PQL540']);
    const [one, other] = [await optOut(asked), await optOut(asked)];
    await deny(one);
    expect(await codes(asked)).toEqual(['PQL540']);
    await deny(other);
    expect(await codes(asked)).toEqual([]);
  });

  test.each([
    'Rosamunde',
    'golden retriever',
    'New York',
    'Coca Cola',
  ])('%s waits for a moderator, since it may be something else', async (name) => {
    const path = await optOut(name);
    expect(await codes(name)).toEqual([]);
    expect((await site.get(path)).text).toContain('A moderator has to look at it first.');
    if (name !== 'Rosamunde') return;
    await say(`APPROVE ${await idOf(path)}`, 'mia');
    expect((await peopleCalled(site.store, name))[0]!.optedOut).toBe(true);
  });

  test.each([
    '李小龙 王',
    'Рина Ильина',
    'नीला शर्मा',
    "Siân O'Brien-Ní",
    'مريم کاظمی',
  ])('%s is a name as any other', async (name) => {
    const path = await optOut(name);
    expect((await site.get(path)).text).toContain(`<bdi>${name.replace("'", '&#39;')}</bdi>`);
    expect((await peopleCalled(site.store, name))[0]!.optedOut).toBe(true);
  });

  test('an answer is the same whoever opted out before, so that the page tells nobody of anybody', async () => {
    const name = fresh();
    await site.gated.ask(`OPT OUT "${name}"`);
    const strip = (text: string) =>
      text
        .replace(/requests\/[\w-]{43}/g, '')
        .replaceAll(/Ida [a-z]+/g, '')
        .replaceAll(/r\d+/g, '');
    const [known, other] = [
      await site.send('/opt-out', { name }),
      await site.send('/opt-out', { name: fresh() }),
    ];
    expect(strip(known.text)).toBe(strip(other.text));
    const pages = [await site.get(requestIn(known.text)), await site.get(requestIn(other.text))];
    expect(strip(pages[0]!.text)).toBe(strip(pages[1]!.text));
  });

  test('a form that is sent twice asks once and has its receipt again; for something else it is refused', async () => {
    const name = fresh();
    const { text } = await site.get('/opt-out');
    const secret = /name="secret" value="([\w-]{43})"/.exec(text)![1]!;
    const [first, second] = await Promise.all([1, 2].map(() => site.send('/opt-out', { name, secret })));
    expect(requestIn(first!.text)).toBe(requestIn(second!.text));
    const filed = await site.store.query('select from consent_requests where said = $1', [name]);
    expect(filed).toHaveLength(1);
    expect((await site.send('/opt-out', { name: fresh(), secret })).status).toBe(409);
  });

  test('deleting films is asked for with an opt-out or later, waits until that is confirmed, and takes the bytes', async () => {
    const name = fresh();
    await made(name);
    const path = await optOut(name);
    await expect.poll(() => isHeld(name)).toBe(true);
    const [{ hash }] = (await site.store.query<{ hash: string }>(
      'select hash from held_media where media_row ->> $2 like $1',
      [`${name}%`, 'prompt'],
    )) as [{ hash: string }];
    expect((await site.send(`${path}/erase`, {})).status).toBe(303);
    expect((await site.get(path)).text).toContain('asked for; two moderators have to agree');
    const [{ id }] = (await site.store.query<{ id: string }>(
      `select 'r' || number as id from consent_requests where said = $1 and kind = 'erasure'`,
      [name],
    )) as [{ id: string }];
    expect(await say(`APPROVE ${id}`, 'mia')).toContain('is not decided');
    await say(`APPROVE ${await idOf(path)}`, 'mia');
    for (const moderator of ['mia', 'noor']) await say(`APPROVE ${id}`, moderator);
    expect(await site.gated.parts.artifacts.has(hash)).toBe(false);
    expect((await site.get(path)).text).toContain('done: nothing is left of them');
    const other = await optOut(fresh(), { erase: 'yes' });
    expect((await site.get(other)).text).toContain('asked for; two moderators have to agree');
  });

  test('what somebody sent is deleted when they say so twice, and is in no audit and no log', async () => {
    const message = `secret words ${crypto.randomUUID()}`;
    const path = await optOut(fresh(), { message });
    expect((await site.send(`${path}/clear`, {})).status).toBe(422);
    const everywhere = async () =>
      JSON.stringify([
        await site.store.query('select * from public_requests'),
        await site.store.query('select * from consent_requests'),
      ]);
    expect(await everywhere()).toContain(message);
    await site.send(`${path}/clear`, { sure: 'yes' });
    expect(await everywhere()).not.toContain(message);
    expect(JSON.stringify(await site.store.query('select body from consent_audit'))).not.toContain(message);
    expect((await site.get(path)).text).toContain('deleted on');
    expect(JSON.stringify(await site.store.query('select * from public_requests'))).not.toContain(
      path.slice(10, 30),
    );
    expect(site.logged()).not.toContain(path.slice(10, 22));
  });

  test('the audit tells all of it and holds', async () => {
    expect((await verifyConsent(site.store, site.gated.signer)).problems).toEqual([]);
  });
});
