import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllowList } from '../../../engine/egress/allow.ts';
import { createEgress } from '../../../engine/egress/door.ts';
import { knownHere } from '../../../workers/provenance/known.ts';
import { readTold, type Told } from '../../../workers/provenance/read.ts';
import { createSigning } from '../../../workers/provenance/signing.ts';
import { type AskTime, askTimeThrough } from '../../../workers/provenance/time-stamp.ts';
import { inWords } from '../../../workers/verify.ts';
import { chainOf, type Holder, holder, pemOf } from '../../fakes/certificates.ts';
import { nobody } from '../../fakes/nobody.ts';
import { ofNothing } from '../../fakes/statement.ts';
import { manifest, saidInWav, storeOf } from '../../fakes/stranger.ts';
import {
  type Behaviour,
  type Clock,
  clockOf,
  openTimeAuthority,
  stampOn,
} from '../../fakes/time-authority.ts';

const speech = fileURLToPath(new URL('../../media/speech.wav', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-stamps-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function signed(askTime: AskTime): Promise<Told & { notes: readonly string[] }> {
  const target = join(folder, `${crypto.randomUUID()}.wav`);
  const notes = await createSigning(folder, null, { askTime }).sign({
    ...{
      source: speech,
      target,
      mediaType: 'audio/wav',
      statement: ofNothing('audio/wav'),
      files: new Map(),
    },
  });
  return { ...(await readTold(target, 'audio/wav', await knownHere(folder, null))), notes };
}

/** Asks an authority on this machine, which an administrator has allowed or not. */
async function stampedBy(behaviour: Behaviour, allowed = true) {
  const authority = await openTimeAuthority(behaviour);
  const { allow } = parseAllowList(allowed ? new URL(authority.url).host : '');
  const ask = askTimeThrough(createEgress({ allow: async () => allow }), authority.url);
  const found = await signed(ask).finally(() => authority[Symbol.asyncDispose]());
  return { ...found, asked: authority.asked() };
}

test('an authority says when a film was signed, and VERIFY says it again', async () => {
  const before = Date.now();
  const found = await stampedBy('stamps');
  expect(found).toMatchObject({ state: 'valid', failures: [], notes: [], asked: 1, signer: { who: 'ours' } });
  const { at, ...stamp } = found.signer?.stamp ?? { at: null };
  expect(stamp).toEqual({ by: 'A clock', trusted: false, wrong: null });
  expect(Date.parse(at ?? '')).toBeGreaterThanOrEqual(before - 1000);
  expect(Date.parse(at ?? '')).toBeLessThanOrEqual(Date.now());
  expect(inWords(found, null, null)).toContainEqual(
    expect.stringMatching(/^at 20.*, says a time stamp of A clock, whose authority is not trusted here: /),
  );
});

test.each<[Behaviour, boolean, RegExp]>([
  ['refuses', true, /^signed without a time stamp: what came is none/],
  ['lies', true, /^signed without a time stamp: what came is none \(time stamp does not match data\)$/],
  ['breaks', true, /^signed without a time stamp: 127\.0\.0\.1 answered 500$/],
  ['stamps', false, /^signed without a time stamp: .*127\.0\.0\.1/],
])('of an authority that %s (allowed: %s) it is said that there is no stamp, and the film leaves', async (how, allowed, why) => {
  const found = await stampedBy(how, allowed);
  expect(found).toMatchObject({ state: 'valid', asked: allowed ? 1 : 0, signer: { stamp: null } });
  expect(found.notes).toEqual([expect.stringMatching(why)]);
});

test('an authority that does not answer in time keeps nothing from leaving', async () => {
  const late: AskTime = () => Promise.reject(new Error('127.0.0.1 did not answer in time'));
  expect(await signed(late)).toMatchObject({
    ...{ state: 'valid', notes: ['signed without a time stamp: 127.0.0.1 did not answer in time'] },
  });
});

const of = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });
const lapsed = chainOf('es256', of('2020-01-01', '2021-01-01'));
/** A clock of those years, whose authority is still there. */
const clock = clockOf(of('2019-01-01', '2024-01-01'));

/** A sound that a certificate signed which has ended since, with a stamp of that day. */
async function stampedOn(
  day: string,
  by: Clock = clock,
  signers: readonly Holder[] = lapsed,
): Promise<string> {
  const actions = { actions: [{ action: 'c2pa.created' }] };
  const stamp = (signature: Uint8Array) => stampOn(signature, by, new Date(day));
  const path = join(folder, `${crypto.randomUUID()}.wav`);
  const say = (bound: Parameters<Parameters<typeof saidInWav>[1]>[0]) =>
    storeOf(
      manifest(
        {
          urn: 'urn:c2pa:00000000-0000-4000-8000-000000000001',
          ...{ assertions: { 'c2pa.actions.v2': actions, 'c2pa.hash.data': bound }, stamp },
        },
        signers,
      ),
    );
  await writeFile(path, saidInWav(await readFile(speech), say));
  return path;
}

const seenBy = async (file: string, clocks: readonly Holder[], ours: readonly Holder[] = []) =>
  readTold(file, 'audio/wav', { ...nobody, ours: pemOf(ours), clocks: pemOf(clocks) });
const verdict = (told: Told) => inWords(told, null, null)[0];

test('a stamp of an authority that is trusted here keeps a signature after its certificate has ended', async () => {
  const told = await seenBy(await stampedOn('2020-06-01'), [clock.root]);
  expect(told).toMatchObject({
    ...{ state: 'valid', failures: [] },
    signer: { who: 'unknown', stamp: { at: '2020-06-01T00:00:00+00:00', by: 'A clock', trusted: true } },
  });
  expect(inWords(told, null, null)).toContain(
    'at 2020-06-01T00:00:00+00:00, says a time stamp of A clock, whose authority is trusted here',
  );
});

test('a stamp of whoever is not trusted here keeps nothing, and VERIFY says whose it is', async () => {
  const other = clockOf();
  const file = await stampedOn('2020-06-01');
  for (const clocks of [[], [other.root]])
    expect(await seenBy(file, clocks)).toMatchObject({
      ...{ state: 'expired', failures: ['signingCredential.expired'] },
      signer: { stamp: { by: 'A clock', trusted: false } },
    });
  expect(verdict(await seenBy(file, []))).toBe(
    'unchanged since it was signed, but its certificate has ended, and the authority of its time stamp is not one that is trusted here',
  );
});

test.each([
  '2019-06-01',
  '2022-01-01',
])('a trusted stamp of %s, when the certificate did not hold, makes nothing valid', async (day) => {
  const told = await seenBy(await stampedOn(day), [clock.root]);
  expect(told).toMatchObject({ state: 'expired', signer: { stamp: { trusted: true } } });
  expect(verdict(told)).toBe(
    'unchanged since it was signed, but its certificate did not hold on the day that its time stamp says',
  );
});

test('a clock whose own certificate did not hold on that day is not believed', async () => {
  const late = clockOf(of('2022-01-01', '2024-01-01'));
  const told = await seenBy(await stampedOn('2020-06-01', late), [late.root]);
  expect(told).toMatchObject({
    ...{ state: 'expired', signer: { stamp: { at: null, wrong: 'timeStamp.outsideValidity' } } },
  });
  expect(inWords(told, null, null)).toContain(
    'its time stamp cannot be believed: found timeStamp.outsideValidity',
  );
});

test('whom an authority of the time vouches for as a signer is not taken for this installation', async () => {
  const customer = holder('A customer', { by: clock.root });
  const file = await stampedOn('2023-06-01', clock, [customer, clock.root]);
  expect((await seenBy(file, [clock.root])).signer?.who).toBe('unknown');
});

test('what was signed by a certificate of ours that ended stays ours and valid by its stamp', async () => {
  expect(await seenBy(await stampedOn('2020-06-01'), [clock.root], lapsed.slice(0, 1))).toMatchObject({
    ...{ state: 'valid', signer: { who: 'ours', stamp: { trusted: true } } },
  });
});
