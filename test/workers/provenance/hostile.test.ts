import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Facts } from '../../../dsl/facts.ts';
import { readTold, type Told } from '../../../workers/provenance/read.ts';
import type { Bounds } from '../../../workers/provenance/run-child.ts';
import { createSigning } from '../../../workers/provenance/signing.ts';
import { inWords } from '../../../workers/verify.ts';
import { chainOf } from '../../fakes/certificates.ts';
import { type Cbor, Ready, reference, superBox } from '../../fakes/jumbf.ts';
import { nobody } from '../../fakes/nobody.ts';
import { secondReading } from '../../fakes/second-reader.ts';
import { ofNothing } from '../../fakes/statement.ts';
import { inWav, manifest, saidInWav, storeOf } from '../../fakes/stranger.ts';

const media = (name: string) => fileURLToPath(new URL(`../../media/${name}`, import.meta.url));

let folder: string;
let speech: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-hostile-'));
  speech = await readFile(media('speech.wav'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const chain = chainOf('es256');
const lapsed = chainOf('es256', { from: new Date('2020-01-01'), to: new Date('2021-01-01') });
const urn = (number: number) => `urn:c2pa:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const created = { actions: [{ action: 'c2pa.created' }] };
const nowhere = { exclusions: [], alg: 'sha256', hash: Buffer.alloc(32), pad: Buffer.alloc(0) };

function said(number: number, more: Record<string, Cbor> = {}, bound: Cbor = nowhere, as = chain): Buffer {
  const assertions = { 'c2pa.actions.v2': created, 'c2pa.hash.data': bound, ...more };
  return manifest({ urn: urn(number), assertions, ...(number === 666 && mischief) }, as);
}

/** What stands in a terminal for colours and titles, in a page for markup, and what turns the direction of writing. */
const evil = '\u001b]0;own\u0007\u001b[31m<script>alert(1)</script>\u202e\r\n@everyone *x*';
const mischief = { title: evil, generator: evil };

const madeOf = (number: number, bytes: Uint8Array, title = 'x.wav'): Cbor => ({
  relationship: 'componentOf',
  'dc:title': title,
  activeManifest: reference(`/c2pa/${urn(number)}`, bytes),
  claimSignature: reference(`/c2pa/${urn(number)}/c2pa.signature`, bytes),
  validationResults: { activeManifest: { success: [], informational: [], failure: [] } },
});

/** Each made from the one before, in as many ways as `ways` has labels. */
function generations(count: number, ways: readonly string[]) {
  return (bound: Cbor) => {
    const all = [said(0)];
    for (let number = 1; number < count; number++) {
      const before = madeOf(number - 1, all.at(-1)!);
      const more = Object.fromEntries(ways.map((label) => [label, before]));
      all.push(said(number, more, number === count - 1 ? bound : nowhere));
    }
    return storeOf(...all);
  };
}

const one = 'c2pa.ingredient.v3';

async function file(bytes: Buffer): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.wav`);
  await writeFile(path, bytes);
  return path;
}

const told = async (bytes: Buffer, bounds?: Bounds): Promise<Told> =>
  readTold(await file(bytes), 'audio/wav', nobody, undefined, bounds);

/** A bound that none of these keeps. On a busy machine others would not keep it either, so it is for them alone. */
const soon: Bounds = { patience: 1500, memory: 1e9, added: 16e6 };
const little: Bounds = { patience: 30_000, memory: 400e6, added: 1e6 };

function nested(depth: number): Buffer {
  let inner: Buffer = Buffer.alloc(0);
  for (let at = 0; at < depth; at++) inner = superBox('c2as', 'x', inner);
  return inner;
}

const nothings = (count: number) => {
  const head = Buffer.from([0x9a, 0, 0, 0, 0]);
  head.writeUInt32BE(count, 1);
  return new Ready(Buffer.concat([head, Buffer.alloc(count, 0x80)]));
};

const exabytes = new Ready(Buffer.from('7b7fffffffffffffff61', 'hex'));
const gigabytes = Buffer.from('7fffffff6a756d6200000000', 'hex');

test('what a stranger writes by hand is read as it stands, by both readers', async () => {
  const bytes = saidInWav(speech, (bound) => storeOf(said(1, {}, bound)));
  expect(await told(bytes)).toMatchObject({ state: 'valid', signer: { who: 'unknown', issuer: 'Harbour' } });
  expect((await secondReading(new Uint8Array(bytes)))?.failures).toEqual([]);
});

const saying = (more: Record<string, Cbor>) => saidInWav(speech, (bound) => storeOf(said(1, more, bound)));
const ofItself = () => saying({ [one]: madeOf(1, nested(1)) });
const twice = () => saidInWav(speech, generations(28, [one, `${one}__1`]));

test.each<[string, () => Buffer, Bounds, RegExp]>([
  ['a film made from itself', ofItself, little, /cyclic/],
  ['210 generations', () => saidInWav(speech, generations(210, [one])), little, /depth/],
  ['28 generations, each twice from the one before', twice, soon, /took too long/],
  ['four million nothings', () => saying({ 'org.x': { list: nothings(4e6) } }), little, /too much memory/],
  ['lists in each other', () => saying({ 'org.x': new Ready(Buffer.alloc(200_000, 0x81)) }), little, /cbor/],
  ['a text of nine exabytes', () => saying({ 'org.x': exabytes }), little, /cbor/],
  [
    'boxes in each other',
    () => saidInWav(speech, (bound) => storeOf(said(1, {}, bound), nested(300))),
    little,
    /depth/,
  ],
  ['two gigabytes that are not there', () => inWav(speech, gigabytes), little, /JUMD/],
])(
  'VERIFY of %s ends soon and says so',
  async (_, bytes, bounds, why) => {
    const { state, failures, manifest } = await told(bytes(), bounds);
    expect({ state, manifest }).toEqual({ state: 'broken', manifest: null });
    expect(failures.join()).toMatch(why);
  },
  30_000,
);

test('of three hundred ingredients as many are told as somebody reads', async () => {
  const found = await told(
    saidInWav(speech, (bound) => {
      const first = said(1);
      const list = Array.from({ length: 300 }, (_, at) => [
        at === 0 ? one : `${one}__${at}`,
        madeOf(1, first, `n${at}`),
      ]);
      return storeOf(first, said(2, Object.fromEntries(list), bound));
    }),
  );
  expect(found.manifest?.ingredients.length).toBeLessThanOrEqual(200);
  expect(inWords(found, null, null).length).toBeLessThanOrEqual(100);
}, 30_000);

test('names are told without what a terminal or a chat takes for more than text', async () => {
  const making = { pql: evil, grants: [{ id: evil }] };
  const before = said(1);
  const more = {
    [one]: madeOf(1, before, evil),
    'org.watchai.making': making,
    'c2pa.actions.v2': { actions: [{ action: evil, description: evil, digitalSourceType: evil }] },
  };
  const bytes = saidInWav(speech, (bound) => storeOf(before, said(666, more, bound)));
  const lines = inWords(await told(bytes), evil, null);
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('that a certificate of an ingredient has ended since makes no film unbelievable', async () => {
  const bytes = saidInWav(speech, (bound) => {
    const before = said(1, {}, nowhere, lapsed);
    return storeOf(before, said(2, { [one]: madeOf(1, before, 'old.wav') }, bound));
  });
  expect(await told(bytes)).toMatchObject({ state: 'valid', failures: [] });
});

test('that its own has ended is told apart from damage', async () => {
  const bytes = saidInWav(speech, (bound) => storeOf(said(1, {}, bound, lapsed)));
  const found = await told(bytes);
  expect(found).toMatchObject({ state: 'expired', failures: ['signingCredential.expired'] });
  expect(inWords(found, null, null)[0]).toMatch(
    /^unchanged since it was signed, but its certificate has ended/,
  );
});

/** Signs a film made of two sounds, of which one is a stranger's. */
async function madeFrom(stranger: Buffer, bounds?: Bounds): Promise<Told> {
  const target = join(folder, `${crypto.randomUUID()}.mp4`);
  const of = (hash: string, name: string) => ({
    ...{ hash, name, facts: { kind: 'audio', container: 'wav' } as Facts },
  });
  const sources = [of('a', 'stranger.wav'), of('b', 'good.wav')];
  const good = saidInWav(speech, (bound) => storeOf(said(7, {}, bound)));
  await createSigning(folder, null, bounds && { bounds }).sign({
    ...{ source: media('run.mp4'), target, mediaType: 'video/mp4' },
    statement: ofNothing('video/mp4', { sources }),
    files: new Map([
      ['a', await file(stranger)],
      ['b', await file(good)],
    ]),
  });
  expect((await stat(target)).size).toBeLessThan(200_000);
  return readTold(target, 'video/mp4', nobody);
}

test.each<[string, () => Buffer, Bounds, boolean]>([
  ['that take years to read', twice, { ...little, patience: 2000 }, true],
  ['that are cyclic', ofItself, little, true],
  ['of 2 MB, where 1 MB may be added', () => saying({ 'org.x': 'A'.repeat(2e6) }), little, false],
])(
  'a film made from one with credentials %s is signed, and names it without them',
  async (_, stranger, bounds, others) => {
    const { state, manifest } = await madeFrom(stranger(), bounds);
    const whole = manifest?.ingredients.map(({ title, manifest }) => [title, manifest !== null]);
    expect(state).toBe('valid');
    expect(whole).toEqual([
      ['stranger.wav', false],
      ['good.wav', others],
    ]);
  },
  30_000,
);

test('a film made from one that was altered says so, and is valid itself', async () => {
  const stranger = saidInWav(speech, (bound) => storeOf(said(1, {}, bound)));
  stranger[600]! ^= 1;
  const found = await madeFrom(stranger);
  expect(found).toMatchObject({ state: 'valid', failures: [] });
  expect(found.manifest?.ingredients[0]).toMatchObject({
    ...{ title: 'stranger.wav', failures: ['assertion.dataHash.mismatch'] },
  });
  expect(inWords(found, null, null)).toContain(
    '  wrong already when it was used: assertion.dataHash.mismatch',
  );
});
