import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { lockHead } from '../../../engine/consent/audit/append.ts';
import { dropEvidence, keepEvidence } from '../../../engine/consent/grants/evidence.ts';
import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { peopleCalled } from '../../../engine/consent/registry/people.ts';
import { decide } from '../../../engine/consent/requests/decide.ts';
import { fileRequest } from '../../../engine/consent/requests/file.ts';
import type { RequestDetails, RequestKind } from '../../../engine/consent/requests/states.ts';
import type { Store } from '../../../engine/store/port.ts';
import { moderatorIn, publicFigure, testSigner } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { askerIn } from '../../fakes/plan.ts';

let store: Store;
const signer = testSigner();
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store?.[Symbol.asyncDispose]());

/** A paper that nobody else shows, kept. */
const paper = async () => {
  const bytes = Buffer.from(crypto.randomUUID());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await keepEvidence(store, { sha256, name: 'letter.pdf', bytes });
  return { sha256, name: 'letter.pdf' };
};
const file = (kind: RequestKind, person: number, details: RequestDetails) =>
  store.transaction(async (queries) => {
    await lockHead(queries);
    return fileRequest(queries, { kind, person, by: askerIn('w'), said: 'Jane Roe', details });
  });
const approve = (user: string, number: number) =>
  decide({ store, signer }, moderatorIn('w', user), number, { verdict: 'approve', reason: null });
const kept = async ({ sha256 }: { sha256: string }) =>
  (await store.query('select from consent_evidence where hash = $1', [sha256])).length;
const terms = { from: '2020-01-01T00:00:00.000Z', until: '2120-01-01T00:00:00.000Z', identity: 'passport' };

test.each([
  ['grant', 'was swapped', `update consent_evidence set bytes = 'another'`],
  ['grant', 'is gone', 'delete from consent_evidence'],
  ['opt in', 'was swapped', `update consent_evidence set bytes = 'another'`],
  ['opt in', 'is gone', 'delete from consent_evidence'],
  ['face', 'was swapped', `update consent_evidence set bytes = 'another'`],
] as const)('nobody agrees to a request (%s) whose evidence %s since it was shown', async (kind, _, change) => {
  const name = `Jane ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  const person = await publicFigure(store, name);
  if (kind === 'opt in') await optOut(store, { name, reason: null, by: askerIn('w') });
  const number = await file(kind, person, { ...terms, uses: ['likeness'], evidence: await paper() });
  expect(await approve('mia', number)).toMatchObject({ missing: 1 });
  await store.script(change);
  expect(await approve('noor', number)).toMatchObject({
    refused: `the evidence of r${number} is gone, or another than was shown`,
  });
  expect((await peopleCalled(store, name))[0]!.optedOut).toBe(kind === 'opt in');
  expect(await store.query('select from grants where person_id = $1', [person])).toEqual([]);
});

test.each([
  'grant',
  'opt in',
  'face',
] as const)('nobody agrees to a request (%s) without evidence', async (kind) => {
  const person = await publicFigure(store, `Jane ${crypto.randomUUID().replace(/[^a-z]/g, '')}`);
  const number = await file(kind, person, { ...terms, uses: ['likeness'] });
  expect(await approve('mia', number)).toMatchObject({ refused: `r${number} comes without evidence so far` });
});

test('bytes that somebody shows as a picture stay when somebody else who showed them takes theirs back', async () => {
  const [shown, person] = [await paper(), await publicFigure(store, 'Zoe Stern')];
  await file('face', person, { ...terms, picture: shown });
  await dropEvidence(store, shown.sha256);
  expect(await kept(shown)).toBe(1);
  await store.query(`delete from consent_requests where details -> 'picture' ->> 'sha256' = $1`, [
    shown.sha256,
  ]);
  await dropEvidence(store, shown.sha256);
  expect(await kept(shown)).toBe(0);
});

test('a deletion for one person leaves the evidence that another shows as well, and the audit no word of what was asked about', async () => {
  const [shared, own] = [await paper(), await paper()];
  const [ida, bo] = [await publicFigure(store, 'Ida Lang'), await publicFigure(store, 'Bo Berg')];
  await file('grant', ida, { ...terms, evidence: shared });
  await file('opt in', ida, { ...terms, evidence: own });
  await file('grant', bo, { ...terms, evidence: shared });
  await file('review', ida, { text: 'a secret scene with Ms Lang', why: 'it says Lang' });
  const erasure = await file('erasure', ida, {});
  for (const user of ['mia', 'noor']) await approve(user, erasure);
  expect([await kept(shared), await kept(own)]).toEqual([1, 0]);
  const audit = await store.query<{ body: string }>('select body from consent_audit');
  expect(audit.filter(({ body }) => body.includes('secret scene'))).toEqual([]);
  expect(audit.filter(({ body }) => body.includes('it says Lang'))).toHaveLength(1);
});
