import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { exportHead } from '../../../engine/consent/audit/head.ts';
import { verifyConsent } from '../../../engine/consent/audit/verify.ts';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { peopleCalled } from '../../../engine/consent/registry/people.ts';
import { decide } from '../../../engine/consent/requests/decide.ts';
import type { Store } from '../../../engine/store/port.ts';
import { askForGrant, grantTo, moderatorIn, publicFigure, testSigner } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { askerIn } from '../../fakes/plan.ts';

const now = new Date('2026-11-28T12:00:00Z');
const signer = testSigner();
const by = askerIn('w');

/** A register of its own for each test: in it three people said no, in one entry each. */
let store: Store;
beforeEach(async () => {
  store = await openMemoryStore();
  for (const name of ['Jane Roe', 'Ida Lang', 'Bo Berg'])
    await optOut(store, { name, reason: `letter of ${name}`, by });
});
afterEach(() => store[Symbol.asyncDispose]());

const problems = async (heads: string[] = []) => (await verifyConsent(store, signer, heads)).problems;
const hashOf = `encode(sha256(convert_to(concat_ws(E'\\n', seq, at, previous, action, body), 'UTF8')), 'hex')`;
/** As somebody does who may do everything in the database. */
const tamper = (change: string) =>
  store.script(
    `alter table consent_audit disable trigger user; ${change}; alter table consent_audit enable trigger user`,
  );

describe('an audit that somebody with all rights wrote in', () => {
  test('an entry that was changed and hashed anew is not what the next one follows from', async () => {
    await tamper(
      `update consent_audit set body = replace(body, 'letter', 'forged') where seq = 2; update consent_audit set hash = ${hashOf} where seq = 2`,
    );
    expect(await problems()).toEqual(['entry 3 does not follow from the one before it']);
  });

  test('two entries that changed places are found where the first of them stands', async () => {
    await tamper(
      'update consent_audit set seq = -seq where seq in (2, 3); update consent_audit set seq = 5 + seq where seq < 0',
    );
    expect(await problems()).toEqual([
      'entry 2 does not follow from the one before it',
      expect.stringMatching(/^the chain ends at entry 3, its head says 3$/),
    ]);
  });

  test('the last entry that was taken away is missed by the head, and by the register', async () => {
    await tamper('delete from consent_audit where seq = 3');
    expect(await problems()).toEqual([
      'the chain ends at entry 2, its head says 3',
      expect.stringMatching(/^the audit knows no opt-out of person \d+$/),
    ]);
  });

  test('an entry that was put after the last, and follows from it, is not what the head says', async () => {
    await tamper(
      `insert into consent_audit select 4, at, 'epoch raised', '{}', hash, '' from consent_audit where seq = 3;
       update consent_audit set hash = ${hashOf} where seq = 4`,
    );
    expect(await problems()).toEqual(['the chain ends at entry 4, its head says 3']);
  });

  test('a chain that was cut short, with its head, is missed by a head that was exported', async () => {
    const head = await exportHead(store, signer, now);
    await tamper(
      `delete from consent_audit where seq = 3; delete from opt_outs where name = 'Bo Berg';
       update consent_head set seq = 2, hash = (select hash from consent_audit where seq = 2)`,
    );
    expect(await problems()).toEqual([]);
    expect(await problems([head])).toEqual([
      'entry 3 is missing, which the head that was exported at 2026-11-28T12:00:00.000Z knows',
    ]);
  });

  test('a chain that was written anew as a whole contradicts each grant that was signed on top of it', async () => {
    const number = await grantTo({ store, signer }, 'w', await publicFigure(store, 'Max Frost'));
    await tamper(
      `create table again as select action, replace(body, 'letter', 'forged') as body from consent_audit order by seq;
       delete from consent_audit; update consent_head set seq = 0, hash = repeat('0', 64);
       alter table consent_audit enable trigger consent_audit_chained;
       insert into consent_audit (action, body) select action, body from again; drop table again`,
    );
    expect(await problems()).toEqual([
      expect.stringMatching(new RegExp(`^entry \\d+ is not the one that grant r${number} of w knows$`)),
    ]);
  });

  test('a grant that was revoked and stands again is one that the audit does not know', async () => {
    const number = await grantTo({ store, signer }, 'w', await publicFigure(store, 'Max Frost'));
    await optOut(store, { name: 'Max Frost', reason: null, by });
    expect(await problems()).toEqual([]);
    await store.query('update grants set revoked_at = null');
    expect(await problems()).toEqual([`the audit knows no grant r${number} of w that stands`]);
  });

  test('an entry that takes an opt-out back, put in as ours are, is found where nobody agreed to it', async () => {
    const [person] = await peopleCalled(store, 'Bo Berg');
    const forge = (request: string) =>
      store.query(`insert into consent_audit (action, body) values ('opted in', $1)`, [
        JSON.stringify({ by: { workspace: 'w', user: 'mia' }, person: person!.id, request }),
      ]);
    await store.query('update opt_outs set ended_at = now() where person_id = $1', [person!.id]);
    await forge('r1');
    expect(await problems()).toEqual(['entry 4 takes an opt-out back, to which no two moderators agreed']);
  });

  test('an opt-out that two moderators took back is none to wonder at', async () => {
    const [person] = await peopleCalled(store, 'Bo Berg');
    const number = await askForGrant(store, askerIn('w'), person!.id);
    await store.query(`update consent_requests set kind = 'opt in' where number = $1`, [number]);
    for (const user of ['mia', 'noor'])
      await decide({ store, signer }, moderatorIn('w', user), number, { verdict: 'approve', reason: null });
    expect((await peopleCalled(store, 'Bo Berg'))[0]!.optedOut).toBe(false);
    expect(await problems()).toEqual([]);
  });
});
