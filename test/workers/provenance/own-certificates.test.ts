import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtCredentials } from '../../../bots/repl/wiring/look-at-credentials.ts';
import type { OwnFiles } from '../../../engine/provenance/own-files.ts';
import { readCredentials } from '../../../workers/provenance/credentials.ts';
import { knownHere } from '../../../workers/provenance/known.ts';
import { readTold } from '../../../workers/provenance/read.ts';
import { createSigning } from '../../../workers/provenance/signing.ts';
import { inWords } from '../../../workers/verify.ts';
import { chainOf, type Holder, holder, keyPem, pemOf, serverAuth } from '../../fakes/certificates.ts';
import { ofNothing } from '../../fakes/statement.ts';

const speech = fileURLToPath(new URL('../../media/speech.wav', import.meta.url));
const days = 86_400_000;
const inDays = (count: number) => new Date(Date.now() + count * days);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-certificates-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Both as an installation is given them. */
async function given(chain: string, key: string): Promise<OwnFiles> {
  const at = join(folder, crypto.randomUUID());
  const own = { certificate: `${at}.pem`, key: `${at}.key` };
  await writeFile(own.certificate, chain);
  await writeFile(own.key, key, { mode: 0o600 });
  return own;
}

const of = (chain: readonly Holder[]) => given(pemOf(chain), keyPem(chain[0]!));

async function signedWith(own: OwnFiles | null): Promise<string> {
  const target = join(folder, `${crypto.randomUUID()}.wav`);
  const statement = ofNothing('audio/wav');
  await createSigning(folder, own).sign({
    ...{ source: speech, target, mediaType: 'audio/wav', statement, files: new Map() },
  });
  return target;
}

/** What doctor says of the certificate, without what it says of time stamps. */
const look = async (home: string, c2pa: OwnFiles | null) =>
  (await lookAtCredentials({ home, c2pa, timeAuthority: null, timeRoots: null })).slice(0, 1);

const told = async (file: string, own: OwnFiles | null, home = folder) =>
  readTold(file, 'audio/wav', await knownHere(home, own));

test.each([
  'es256',
  'es384',
  'es512',
  'ps256',
  'ed25519',
] as const)('a chain of an authority signs with %s, and doctor says what it is and when it ends', async (kind) => {
  const own = await of(chainOf(kind, { to: new Date('2099-05-06T12:00:00Z') }));
  expect(await told(await signedWith(own), own)).toMatchObject({
    state: 'valid',
    signer: { name: 'Harbour Films', issuer: 'Harbour', who: 'ours' },
  });
  expect(await look(folder, own)).toMatchObject([
    { state: 'ok', found: `Harbour Films, ${kind.toUpperCase()}, ends 2099-05-06` },
  ]);
});

test('whoever has a certificate of the same authority is not taken for this installation', async () => {
  const [signer, between, root] = chainOf('es256');
  const neighbour = await of([holder('Another customer', { by: between }), between, root]);
  const own = await of([signer, between, root]);
  expect((await told(await signedWith(neighbour), own)).signer).toMatchObject({
    ...{ name: 'Another customer', who: 'unknown' },
  });
});

test('what was signed before there was a certificate of its own stays known for ours, elsewhere it is not', async () => {
  const file = await signedWith(null);
  const own = await of(chainOf('es256'));
  expect((await told(file, own)).signer?.who).toBe('ours');
  const elsewhere = join(folder, 'elsewhere');
  expect((await told(file, own, elsewhere)).signer?.who).toBe('test certificate');
});

const [signer, between, root] = chainOf('es256');
const [other] = chainOf('es256');
const plain = keyPem(signer);
const locked = signer.privateKey.export({
  ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' },
}) as string;
const lapsed = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2021-02-03T00:00:00Z') };
const later = { from: new Date('2098-01-01T00:00:00Z'), to: new Date('2099-01-01T00:00:00Z') };
const wrong = (wanted: Parameters<typeof chainOf>[1]): [string, string] => {
  const chain = chainOf(wanted?.kind ?? 'es256', wanted);
  return [pemOf(chain), keyPem(chain[0])];
};

test.each<[string, [string, string], string, string]>([
  ['has ended', wrong(lapsed), 'the certificate ended on 2021-02-03', 'name a new one'],
  ['is for later', wrong(later), 'the certificate holds from 2098-01-01 on', 'the clock of this machine'],
  ['says nothing of its use', wrong({ uses: [] }), 'does not say what it is for', 'ask its authority'],
  [
    'is for a web server',
    wrong({ uses: [serverAuth] }),
    'for something else than signing',
    'ask its authority',
  ],
  ["is an authority's", wrong({ authority: true }), 'that of an authority', "the signer's certificate first"],
  [
    "has another's key",
    [pemOf([signer, between, root]), keyPem(other)],
    'the key is not that',
    'comes first',
  ],
  [
    'is out of order',
    [pemOf([signer, root, between]), plain],
    '1 of the chain is not signed by certificate 2',
    'up to the root',
  ],
  ['stands behind its authority', [pemOf([between, signer]), plain], 'that of an authority', 'first'],
  ['has its key behind a passphrase', [pemOf([signer]), locked], 'behind a passphrase', 'openssl pkey'],
  ['was exchanged with its key', [plain, pemOf([signer])], 'a key and no certificate', 'not exchanged'],
  ['is no PEM', ['hello', plain], 'no certificate in PEM', 'names? the chain in PEM'],
  [
    'is damaged',
    [pemOf([signer]).replace(/\n.{20}/, '\nMIIB'), plain],
    'certificate 1 is damaged',
    'PQL_C2PA_CERT',
  ],
  ['has a key that is no PEM', [pemOf([signer]), 'hello'], 'no key in PEM', 'PQL_C2PA_KEY'],
  [
    'has a damaged key',
    [pemOf([signer]), plain.replace(/\n.{20}/, '\nMIIB')],
    'the key is damaged',
    'PQL_C2PA_KEY',
  ],
  [
    'has a weak key',
    wrong({ kind: 'ps256', modulus: 1024 }),
    'RSA of less than 2048 bits',
    'ask for a certificate',
  ],
])('a certificate that %s signs nothing, and it is said why and what to do', async (_, files, why, todo) => {
  const own = await given(...files);
  const problem = {
    code: 'PQL626',
    message: expect.stringMatching(`^what signs content credentials cannot be used: .*${why}`),
    hint: expect.stringMatching(todo),
  };
  await expect(signedWith(own)).rejects.toMatchObject(problem);
  expect(await look(folder, own)).toMatchObject([
    { state: 'problem', found: 'nothing can leave', why: problem.message, todo: problem.hint },
  ]);
});

test('a file that is not there is named by its variable', async () => {
  const { certificate, key } = await of([signer, between, root]);
  const away = join(folder, 'away.pem');
  await expect(readCredentials(folder, { certificate: away, key })).rejects.toMatchObject({
    message: expect.stringContaining('there is no file where PQL_C2PA_CERT says'),
  });
  await expect(readCredentials(folder, { certificate, key: away })).rejects.toMatchObject({
    message: expect.stringContaining('there is no file where PQL_C2PA_KEY says'),
  });
});

test('doctor warns of a key that everybody can read, and of an end that is near', async () => {
  const own = await of(chainOf('es256', { to: inDays(20.5) }));
  const seen = async () => (await look(folder, own))[0];
  expect(await seen()).toMatchObject({
    state: 'warn',
    why: 'nothing leaves any more once it has ended, in 20 days',
  });
  await chmod(own.key, 0o644);
  expect(await seen()).toMatchObject({
    state: 'warn',
    todo: 'chmod 600 the file that PQL_C2PA_KEY names',
  });
});

test('doctor makes no certificate, and says of the one in the home that it names nobody', async () => {
  const home = await mkdtemp(join(folder, 'home-'));
  const seen = async () => (await look(home, null))[0];
  expect(await seen()).toMatchObject({ state: 'ok', found: 'none yet' });
  expect(await seen()).toMatchObject({ found: 'none yet' });
  await readCredentials(home, null, new Date('2026-11-28T12:00:00Z'));
  expect(await seen()).toMatchObject({
    state: 'ok',
    found: expect.stringMatching(/^WatchAI test certificate, ES256, ends 2036-11-/),
    why: expect.stringContaining('not who you are'),
  });
});

test('what a certificate signed that was replaced since is still told as ours, and as what it is', async () => {
  const first = await of(chainOf('es256'));
  const file = await signedWith(first);
  const { certificate } = await createSigning(folder, first).signer();
  const own = await of(chainOf('es384'));
  const now = await knownHere(folder, own, { before: [certificate] });
  const told = await readTold(file, 'audio/wav', now);
  expect(told).toMatchObject({ state: 'valid', signer: { who: 'ours before' } });
  expect(inWords(told, null, null)).toContain(
    'signed by Harbour Films (Harbour): this installation, with a certificate that it has replaced since',
  );
  expect((await readTold(file, 'audio/wav', await knownHere(folder, own))).signer?.who).toBe('unknown');
  // As it is kept from the first film on, what is in use today is among them.
  const today = await readTold(file, 'audio/wav', await knownHere(folder, first, { before: [certificate] }));
  expect(today.signer?.who).toBe('ours');
});

test('a certificate that is damaged or gone names nobody, and takes nobody else with it', async () => {
  const file = await signedWith(null);
  const damaged = pemOf(chainOf('es256')).replace(/\n.{20}/, '\nMIIB');
  for (const own of [await given(damaged, ''), { certificate: join(folder, 'away'), key: '' }])
    expect((await told(file, own)).signer?.who).toBe('ours');
});

test('doctor says whose time stamps are believed, and what is wrong with the list', async () => {
  const root = holder('A time root', { authority: true });
  const old = holder('An old root', { authority: true, to: new Date('2021-01-01') });
  const seen = async (text: string | null) => {
    const timeRoots = join(folder, `${crypto.randomUUID()}.pem`);
    if (text !== null) await writeFile(timeRoots, text);
    return (await lookAtCredentials({ home: folder, c2pa: null, timeAuthority: null, timeRoots }))[2];
  };
  expect(await seen(pemOf([root]))).toMatchObject({ state: 'ok', found: 'A time root' });
  expect(await seen(pemOf([root, old]))).toMatchObject({
    ...{ state: 'warn', why: 'ended: An old root; their stamps are not believed any more' },
  });
  expect(await seen(pemOf([root]) + pemOf([old]).replace(/\n.{20}/, '\nMIIB'))).toMatchObject({
    ...{ state: 'problem', why: '1 of 2 certificates are damaged' },
  });
  expect(await seen('hello')).toMatchObject({
    state: 'problem',
    why: expect.stringContaining('no certificate'),
  });
  expect(await seen(null)).toMatchObject({
    state: 'problem',
    why: expect.stringContaining('cannot be read'),
  });
});

test('doctor says which authority is asked for the time', async () => {
  const timeAuthority = 'https://stamps.example.org/tsa';
  const [, stamps] = await lookAtCredentials({ home: folder, c2pa: null, timeAuthority, timeRoots: null });
  expect(stamps).toMatchObject({ state: 'ok', found: 'asked of stamps.example.org' });
});

test('a certificate that was renewed signs from then on, without a restart', async () => {
  const own = await of(chainOf('es256'));
  const signing = createSigning(folder, own);
  const before = await signing.signer();
  const renewed = chainOf('es384');
  await writeFile(own.certificate, pemOf(renewed));
  await writeFile(own.key, keyPem(renewed[0]));
  expect(await signing.signer()).not.toBe(before);
});
