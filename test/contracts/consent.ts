import { generateKeyPairSync } from 'node:crypto';
import { CompactSign } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { lockHead } from '../../engine/consent/audit/append.ts';
import { exportHead } from '../../engine/consent/audit/head.ts';
import { verifyConsent } from '../../engine/consent/audit/verify.ts';
import { forgetFaces } from '../../engine/consent/faces/forget.ts';
import { readFaceKeys } from '../../engine/consent/faces/keys.ts';
import { keepTemplate, openTemplates } from '../../engine/consent/faces/templates.ts';
import { epochOf } from '../../engine/consent/gate/name-index.ts';
import { whyNotCovered } from '../../engine/consent/grants/covers.ts';
import { grantsOf } from '../../engine/consent/grants/standing.ts';
import { optOut } from '../../engine/consent/registry/opt-out.ts';
import { peopleCalled } from '../../engine/consent/registry/people.ts';
import { decide } from '../../engine/consent/requests/decide.ts';
import { findRequest } from '../../engine/consent/requests/file.ts';
import { createSigner } from '../../engine/consent/signing/signer.ts';
import type { Store } from '../../engine/store/port.ts';
import { askForGrant, grantTo, moderatorIn, publicFigure, testSigner } from '../fakes/consent.ts';
import { newFaceKey } from '../fakes/faces.ts';
import { askerIn } from '../fakes/plan.ts';

const approve = { verdict: 'approve', reason: null } as const;
const now = new Date('2026-11-28T12:00:00Z');
const wanted = { use: 'likeness', now, texts: [] } as const;

/** The register of people, who decides about it, and what proves it, on every store. */
export function describeConsent(adapter: string, open: () => Promise<Store>): void {
  describe(`the register of consent (${adapter})`, () => {
    let store: Store;
    const signer = testSigner();
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store?.[Symbol.asyncDispose]());

    /** A workspace and a name of its own. */
    const begin = () => {
      const word = crypto.randomUUID().replace(/[^a-z]/g, '');
      return { workspace: `w-${word}`, name: `Jane ${word}roe`, tools: { store, signer } };
    };
    const problems = async () => (await verifyConsent(store, signer)).problems;

    /** What a superuser does; undone at the end, since the store is everybody's here. */
    const tampered = async (change: string, undo: string): Promise<string[]> => {
      const script = (text: string) =>
        store.script(
          `alter table consent_audit disable trigger user; ${text}; alter table consent_audit enable trigger user;`,
        );
      await script(change);
      try {
        return await problems();
      } finally {
        await script(undo);
      }
    };

    test('an opt-out is global, stands once, and enters who was not known', async () => {
      const { name, workspace } = begin();
      const by = askerIn(workspace);
      expect((await optOut(store, { name, reason: null, by })).isNew).toBe(true);
      expect(
        (await optOut(store, { name: name.toUpperCase(), reason: null, by: askerIn('other') })).isNew,
      ).toBe(false);
      expect(await peopleCalled(store, name)).toMatchObject([
        { optedOut: true, kind: 'private', source: 'opt out' },
      ]);
    });

    test('of opt-outs at the same moment none is lost, each raises the epoch, and a new name is entered once', async () => {
      const { name, workspace } = begin();
      const say = (who: string) => optOut(store, { name: who, reason: null, by: askerIn(workspace) });
      const names = Array.from({ length: 10 }, (_, at) => `${name} ${'x'.repeat(at)}`.trim());
      const before = await epochOf(store);
      const said = await Promise.all([...names, ...names, ...names].map(say));
      expect(said.filter(({ isNew }) => isNew)).toHaveLength(names.length);
      expect(await epochOf(store)).toBe(before + said.length);
      for (const who of names)
        expect(await peopleCalled(store, who)).toMatchObject([{ names: [who], optedOut: true }]);
      expect(await problems()).toEqual([]);
    });

    test('a grant needs two moderators, neither of whom asked', async () => {
      const { name, workspace, tools } = begin();
      const person = await publicFigure(store, name);
      const number = await askForGrant(store, moderatorIn(workspace, 'ada'), person);
      expect(await decide(tools, moderatorIn(workspace, 'ada'), number, approve)).toMatchObject({
        refused: expect.stringContaining('nobody decides on their own'),
      });
      expect(await decide(tools, { ...askerIn(workspace), user: 'zed' }, number, approve)).toMatchObject({
        refused: `moderators decide on r${number}`,
      });
      expect(await decide(tools, moderatorIn(workspace, 'mia'), number, approve)).toMatchObject({
        missing: 1,
      });
      expect(await grantsOf(store, signer, workspace, [person])).toEqual([]);
      expect(await decide(tools, moderatorIn(workspace, 'mia'), number, approve)).toMatchObject({
        refused: `you approved r${number} already`,
      });
      expect(await decide(tools, moderatorIn(workspace, 'noor'), number, approve)).toMatchObject({
        missing: 0,
        request: { state: 'approved' },
      });
      const [grant] = await grantsOf(store, signer, workspace, [person]);
      expect(grant).toMatchObject({ broken: null, terms: { moderators: ['mia', 'noor'], asked_by: 'ada' } });
      expect(whyNotCovered(grant!, wanted)).toBe(null);
    });

    test('of two moderators at once the second is told who was first', async () => {
      const { name, workspace, tools } = begin();
      const number = await askForGrant(store, askerIn(workspace), await publicFigure(store, name));
      const said = await Promise.all(
        ['mia', 'noor'].map((user) =>
          decide(tools, moderatorIn(workspace, user), number, { verdict: 'deny', reason: 'no paper' }),
        ),
      );
      const refused = said.flatMap((each) => (each !== null && 'refused' in each ? [each.refused] : []));
      expect(refused).toEqual([expect.stringMatching(/is denied already: (?:mia|noor) was first, at 2/)]);
    });

    test('a request of another workspace cannot be decided on', async () => {
      const { name, workspace, tools } = begin();
      const number = await askForGrant(store, askerIn(workspace), await publicFigure(store, name));
      expect(await decide(tools, moderatorIn('elsewhere', 'mia'), number + 1000, approve)).toBe(null);
    });

    test('what was escalated an admin decides', async () => {
      const { name, workspace, tools } = begin();
      const number = await askForGrant(store, askerIn(workspace), await publicFigure(store, name));
      await decide(tools, moderatorIn(workspace, 'mia'), number, { verdict: 'escalate', reason: null });
      expect(await decide(tools, moderatorIn(workspace, 'noor'), number, approve)).toMatchObject({
        refused: `r${number} was escalated: an admin decides`,
      });
      const admin = { ...moderatorIn(workspace, 'olu'), roles: ['admin'] as const };
      expect(await decide(tools, admin, number, approve)).toMatchObject({ missing: 1 });
    });

    test('an opt-out ends every grant', async () => {
      const { name, workspace, tools } = begin();
      const person = await publicFigure(store, name);
      await grantTo(tools, workspace, person);
      await optOut(store, { name, reason: null, by: askerIn('anywhere') });
      expect(await grantsOf(store, signer, workspace, [person])).toMatchObject([{ broken: 'was revoked' }]);
    });

    test.each([
      ['another use', { use: 'voice' }, 'is for likeness, not for voice'],
      ['before it begins', { now: new Date('2019-01-01') }, 'begins on 2020-01-01'],
      ['after its end', { now: new Date('2121-01-01') }, 'ended on 2120-01-01'],
      ['what it excludes', { texts: ['an advertising film'] }, 'is not for advertising'],
    ] as const)('a grant does not cover %s', async (_, change, why) => {
      const { name, workspace, tools } = begin();
      const person = await publicFigure(store, name);
      await grantTo(tools, workspace, person, { except: ['advertising'] });
      const [grant] = await grantsOf(store, signer, workspace, [person]);
      expect(whyNotCovered(grant!, { ...wanted, ...change })).toBe(why);
    });

    test.each([
      ['one that was copied to another workspace', 'workspace'],
      ['one that was copied to another person', 'person'],
      ['one whose terms were altered', 'altered'],
      ['one signed by another key', 'key'],
      ['one without an algorithm', 'none'],
      ['one with the public key for a secret', 'hmac'],
    ] as const)('believes no grant but its own: %s', async (_, how) => {
      const { name, workspace, tools } = begin();
      const person = await publicFigure(store, name);
      const number = await grantTo(tools, workspace, person);
      const [row] = await store.query<{ signature: string }>(
        'select signature from grants where workspace = $1 and number = $2',
        [workspace, number],
      );
      const [header, payload, mark] = row!.signature.split('.') as [string, string, string];
      const other = `Other ${name}`;
      const place =
        how === 'workspace'
          ? { workspace: `${workspace}-2`, person }
          : how === 'person'
            ? { workspace, person: await publicFigure(store, other) }
            : { workspace, person };
      const terms = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const forged: Record<typeof how, () => Promise<string>> = {
        workspace: async () => row!.signature,
        person: async () => row!.signature,
        altered: async () => `${header}.${text({ ...terms, uses: ['likeness', 'voice'] })}.${mark}`,
        key: () => testSigner().sign('watchai-grant', terms),
        none: async () => `${text({ alg: 'none', typ: 'watchai-grant' })}.${payload}.`,
        hmac: () =>
          new CompactSign(Buffer.from(payload, 'base64url'))
            .setProtectedHeader({ alg: 'HS256', typ: 'watchai-grant' })
            .sign(Buffer.from('the public key, which everybody has!')),
      };
      const signature = await forged[how]();
      await store.query('insert into workspaces (name) values ($1) on conflict do nothing', [
        place.workspace,
      ]);
      await store.query(
        'update grants set workspace = $3, person_id = $4, signature = $5 where workspace = $1 and number = $2',
        [workspace, number, place.workspace, place.person, signature],
      );
      expect(await grantsOf(store, signer, place.workspace, [place.person])).toMatchObject([
        { broken: 'is not signed by this installation', terms: null },
      ]);
      await store.query('delete from grants where signature = $1', [signature]);
    });

    test('a signed head is no grant', async () => {
      const text = await exportHead(store, signer, now);
      expect(await signer.verify('watchai-grant', text)).toBe(null);
    });

    test('a key that is no Ed25519 key is refused in words', async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const wrong = createSigner(async () => privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
      await expect(wrong.sign('watchai-grant', {})).rejects.toThrow('no Ed25519 key');
    });

    test('evidence that was swapped after the approval voids the grant', async () => {
      const { name, workspace, tools } = begin();
      const person = await publicFigure(store, name);
      await grantTo(tools, workspace, person);
      const swap = (text: string) =>
        store.script(`update consent_evidence set bytes = '${text}'::bytea where name = 'consent.pdf'`);
      await swap('I never agreed');
      expect(await grantsOf(store, signer, workspace, [person])).toMatchObject([
        { broken: 'rests on evidence that was swapped' },
      ]);
      expect((await problems()).join()).toContain('rests on evidence that was swapped');
      await swap('I agree. Jane Roe');
      expect(await problems()).toEqual([]);
    });

    test('what a face is known by is kept sealed, opened by its key alone, and forgotten', async () => {
      const { name, workspace } = begin();
      const by = askerIn(workspace);
      const person = await publicFigure(store, name);
      const number = await askForGrant(store, by, person);
      const keys = readFaceKeys(newFaceKey())!;
      const known = Float32Array.from({ length: 128 }, (_, at) => at / 128);
      await store.transaction(async (queries) => {
        await lockHead(queries);
        const { id: request } = (await findRequest(queries, workspace, number))!;
        await keepTemplate(queries, keys, { person, request, known });
      });
      expect(await openTemplates(store, async () => keys)).toEqual([{ person, known }]);
      await expect(openTemplates(store, async () => readFaceKeys(newFaceKey())!)).rejects.toMatchObject({
        code: 'PQL551',
      });
      expect(await forgetFaces(store, [person], by)).toEqual({ templates: 1, requests: 0 });
      expect(await openTemplates(store, async () => keys)).toEqual([]);
      expect(await problems()).toEqual([]);
    });

    test('the audit can be neither changed nor shortened', async () => {
      for (const text of [
        `update consent_audit set action = 'x'`,
        'delete from consent_audit',
        'truncate consent_audit',
      ])
        await expect(store.script(text)).rejects.toThrow('only ever added to');
    });

    test('what a superuser changes in the audit is found', async () => {
      const { name, workspace } = begin();
      await optOut(store, { name, reason: 'before', by: askerIn(workspace) });
      expect(
        await tampered(
          `update consent_audit set body = replace(body, 'before', 'behind') where body like '%"before"%${name}%' or body like '%${name}%"before"%'`,
          `update consent_audit set body = replace(body, 'behind', 'before')`,
        ),
      ).toEqual([expect.stringMatching(/^entry \d+ was changed after it was written$/)]);
    });

    test('an entry that a superuser took away is found, and so is an opt-out', async () => {
      const { name, workspace } = begin();
      await optOut(store, { name, reason: null, by: askerIn(workspace) });
      await optOut(store, { name: `${name} 2`, reason: null, by: askerIn(workspace) });
      await store.script('create table kept as select * from consent_audit');
      expect(
        await tampered(
          `delete from consent_audit where seq = (select max(seq) - 1 from consent_audit)`,
          'insert into consent_audit select * from kept on conflict do nothing; drop table kept',
        ),
      ).toEqual([
        expect.stringMatching(/^entry \d+ is missing$/),
        expect.stringMatching(/^the audit knows no opt-out/),
      ]);
      const [person] = await peopleCalled(store, name);
      expect(
        await tampered(
          `update opt_outs set ended_at = now() where person_id = ${person!.id}`,
          `update opt_outs set ended_at = null where person_id = ${person!.id}`,
        ),
      ).toEqual([`the opt-out of person ${person!.id} is gone from the register`]);
    });

    test('whoever rewrites the whole chain contradicts a head that was exported', async () => {
      const { name, workspace } = begin();
      await optOut(store, { name, reason: 'first', by: askerIn(workspace) });
      const head = await exportHead(store, signer, now);
      expect((await verifyConsent(store, signer, [head])).problems).toEqual([]);
      expect((await verifyConsent(store, testSigner(), [head])).problems).toContain(
        'head 1 is not signed by this installation',
      );
      await store.script(
        'create table kept as select * from consent_audit; create table kept_head as select * from consent_head',
      );
      await store.script(
        `alter table consent_audit disable trigger consent_audit_kept;
         create table again as select action, replace(body, 'first', 'worst') as body, seq from consent_audit order by seq;
         delete from consent_audit; update consent_head set seq = 0, hash = repeat('0', 64);
         insert into consent_audit (action, body) select action, body from again order by seq;
         drop table again`,
      );
      try {
        const { problems } = await verifyConsent(store, signer, [head]);
        expect(problems).toContainEqual(
          expect.stringMatching(
            /^entry \d+ is not the one that the head that was exported at 2026-11-28T12:00:00.000Z knows$/,
          ),
        );
      } finally {
        await store.script(
          `alter table consent_audit disable trigger user; delete from consent_audit;
           insert into consent_audit select * from kept;
           update consent_head set seq = kept_head.seq, hash = kept_head.hash from kept_head;
           alter table consent_audit enable trigger user; drop table kept; drop table kept_head`,
        );
      }
      expect(await problems()).toEqual([]);
    });
  });
}
