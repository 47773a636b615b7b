import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactSign, exportJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { verifyConsent } from '../../../engine/consent/audit/verify.ts';
import { whyNotCovered } from '../../../engine/consent/grants/covers.ts';
import { grantsOf } from '../../../engine/consent/grants/standing.ts';
import { createSigner } from '../../../engine/consent/signing/signer.ts';
import type { Store } from '../../../engine/store/port.ts';
import { askForGrant, grantTo, publicFigure } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { askerIn } from '../../fakes/plan.ts';

const workspace = 'w';
const secret = generateKeyPairSync('ed25519').privateKey;
const open = createPublicKey(secret);
const signer = createSigner(async () => secret.export({ type: 'pkcs8', format: 'pem' }) as string);

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store?.[Symbol.asyncDispose]());

const granted = async () => {
  const person = await publicFigure(store, `Jane ${crypto.randomUUID().replace(/[^a-z]/g, '')}`);
  return { person, number: await grantTo({ store, signer }, workspace, person) };
};
const signatureOf = async (number: number) => {
  const [row] = await store.query<{ signature: string }>('select signature from grants where number = $1', [
    number,
  ]);
  return row!.signature;
};
const termsOf = async (number: number) =>
  JSON.parse(Buffer.from((await signatureOf(number)).split('.')[1]!, 'base64url').toString());

describe('a signature', () => {
  const payload = Buffer.from('{"grant":"r9"}');
  const type = { typ: 'watchai-grant' };
  const hmac = (key: Uint8Array) =>
    new CompactSign(payload).setProtectedHeader({ alg: 'HS256', ...type }).sign(key);
  const eddsa = (key: KeyObject, header: object) =>
    new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', ...type, ...header }).sign(key);
  const pem = open.export({ type: 'spki', format: 'pem' }) as string;
  const der = open.export({ type: 'spki', format: 'der' });
  const other = generateKeyPairSync('ed25519');

  test('of our key is believed', async () => {
    expect(await signer.verify('watchai-grant', await eddsa(secret, {}))).toEqual({ grant: 'r9' });
  });

  test.each([
    ['is an HMAC with our public key, as it is written, for its secret', () => hmac(Buffer.from(pem))],
    ['is one with that key without its last line', () => hmac(Buffer.from(pem.trimEnd()))],
    ['is one with the bytes of that key', () => hmac(der)],
    ['is one with the 32 bytes of its point', () => hmac(der.subarray(-32))],
    [
      'is of another key, which its header brings along',
      async () => eddsa(other.privateKey, { jwk: await exportJWK(other.publicKey) }),
    ],
    ['is of another key, which its header calls ours', () => eddsa(other.privateKey, { kid: 'consent.key' })],
    [
      'is left out, by a header that calls none its algorithm',
      async () =>
        `${Buffer.from(JSON.stringify({ alg: 'None', ...type })).toString('base64url')}.${payload.toString('base64url')}.`,
    ],
    [
      'is ours, over a text that is not written as we write it',
      async () =>
        new CompactSign(Buffer.from('{ "grant": "r9" }'))
          .setProtectedHeader({ alg: 'EdDSA', ...type })
          .sign(secret),
    ],
  ] as const)('is not believed that %s', async (_, forge) => {
    expect(await signer.verify('watchai-grant', await forge())).toBe(null);
  });
});

describe('a grant', () => {
  test('whose signature was used again under another number is nothing', async () => {
    const { person, number } = await granted();
    const next = await askForGrant(store, askerIn(workspace), person);
    await store.query('update grants set revoked_at = now() where number = $1', [number]);
    await store.query(
      `insert into grants (request_id, workspace, number, person_id, signature)
       select id, workspace, number, person_id, $2 from consent_requests where number = $1`,
      [next, await signatureOf(number)],
    );
    expect(await grantsOf(store, signer, workspace, [person])).toMatchObject([
      { id: `r${number}`, broken: 'was revoked' },
      { id: `r${next}`, broken: 'is not signed by this installation', terms: null },
    ]);
    await store.query('delete from grants where person_id = $1', [person]);
  });

  test.each([
    ['one person twice', ['mia', 'mia']],
    ['one person', ['mia']],
    ['nobody', []],
  ])('that %s approved is nothing, even signed', async (_, moderators) => {
    const { person, number } = await granted();
    const signature = await signer.sign('watchai-grant', { ...(await termsOf(number)), moderators });
    await store.query('update grants set signature = $2 where number = $1', [number, signature]);
    expect(await grantsOf(store, signer, workspace, [person])).toMatchObject([
      { broken: 'is not signed by this installation' },
    ]);
    await store.query('delete from grants where person_id = $1', [person]);
  });

  test('whose evidence was deleted is void, and the check of the register says so', async () => {
    const { person, number } = await granted();
    await store.query(`update consent_evidence set hash = repeat('0', 64)`);
    const [grant] = await grantsOf(store, signer, workspace, [person]);
    expect(grant!.broken).toBe('has lost its evidence');
    expect((await verifyConsent(store, signer)).problems).toContain(
      `grant r${number} of ${workspace} has lost its evidence`,
    );
    await store.query('delete from consent_evidence');
  });

  test('holds to the last moment before its end, and not at its end', async () => {
    const { person } = await granted();
    const [grant] = await grantsOf(store, signer, workspace, [person]);
    const at = (now: string) => whyNotCovered(grant!, { use: 'likeness', now: new Date(now), texts: [] });
    expect(at('2119-12-31T23:59:59.999Z')).toBe(null);
    expect(at('2120-01-01T00:00:00.000Z')).toBe('ended on 2120-01-01');
    expect(at('2020-01-01T00:00:00.000Z')).toBe(null);
    expect(at('2019-12-31T23:59:59.999Z')).toBe('begins on 2020-01-01');
  });
});
