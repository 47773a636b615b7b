import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllowList } from '../../../engine/egress/allow.ts';
import { createEgress } from '../../../engine/egress/door.ts';
import { ownCertificates } from '../../../workers/provenance/credentials.ts';
import { readTold, type Told } from '../../../workers/provenance/read.ts';
import { createSigning } from '../../../workers/provenance/signing.ts';
import { type AskTime, askTimeThrough } from '../../../workers/provenance/time-stamp.ts';
import { inWords } from '../../../workers/verify.ts';
import { ofNothing } from '../../fakes/statement.ts';
import { type Behaviour, openTimeAuthority } from '../../fakes/time-authority.ts';

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
  return { ...(await readTold(target, 'audio/wav', await ownCertificates(folder, null))), notes };
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
  const at = Date.parse(found.signer?.at ?? '');
  expect(at).toBeGreaterThanOrEqual(before - 1000);
  expect(at).toBeLessThanOrEqual(Date.now());
  expect(inWords(found, null, null)).toContainEqual(
    expect.stringMatching(/^at 20.*, says a time stamp whose authority is not looked up$/),
  );
});

test.each<[Behaviour, boolean, RegExp]>([
  ['refuses', true, /^signed without a time stamp: what came is none/],
  ['lies', true, /^signed without a time stamp: what came is none \(time stamp does not match data\)$/],
  ['breaks', true, /^signed without a time stamp: 127\.0\.0\.1 answered 500$/],
  ['stamps', false, /^signed without a time stamp: .*127\.0\.0\.1/],
])('of an authority that %s (allowed: %s) it is said that there is no stamp, and the film leaves', async (how, allowed, why) => {
  const found = await stampedBy(how, allowed);
  expect(found).toMatchObject({ state: 'valid', asked: allowed ? 1 : 0, signer: { at: null } });
  expect(found.notes).toEqual([expect.stringMatching(why)]);
});

test('an authority that does not answer in time keeps nothing from leaving', async () => {
  const late: AskTime = () => Promise.reject(new Error('127.0.0.1 did not answer in time'));
  expect(await signed(late)).toMatchObject({
    ...{ state: 'valid', notes: ['signed without a time stamp: 127.0.0.1 did not answer in time'] },
  });
});
