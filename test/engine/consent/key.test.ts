import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { faceKeyFile, faceKeys } from '../../../engine/consent/faces/keys.ts';
import { consentKey, consentKeyFile } from '../../../engine/consent/signing/key.ts';
import { createSigner } from '../../../engine/consent/signing/signer.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'pql-key-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('the key is made once, for its owner alone, however many make it at the same time', async () => {
  const keys = await Promise.all([1, 2, 3].map(() => consentKey(home, null)));
  expect(new Set(keys).size).toBe(1);
  expect((await stat(consentKeyFile(home))).mode & 0o777).toBe(0o600);
});

test('what one key signed another does not believe; the key of the setting comes before that of the home', async () => {
  const own = createSigner(() => consentKey(home, null));
  const base64 = (await consentKey(home, null)).replace(/-----.*-----|\n/g, '');
  const same = createSigner(() => consentKey(join(home, 'elsewhere'), base64));
  const other = createSigner(() => consentKey(join(home, 'other'), null));
  const text = await own.sign('watchai-grant', { grant: 'r9' });
  expect(await same.verify('watchai-grant', text)).toEqual({ grant: 'r9' });
  expect(await other.verify('watchai-grant', text)).toBe(null);
});

test('a home makes its own key for faces once, for its owner alone; one that is damaged is refused in words', async () => {
  const made = await Promise.all([1, 2, 3].map(() => faceKeys(home, null)()));
  expect(new Set(made.map(([key]) => key.id)).size).toBe(1);
  expect((await stat(faceKeyFile(home))).mode & 0o777).toBe(0o600);
  const [first] = await faceKeys(join(home, 'elsewhere'), made[0]![0].bytes.toString('base64'))();
  expect(first.id).toBe(made[0]![0].id);
  await writeFile(faceKeyFile(home), 'no key');
  await expect(faceKeys(home, null)()).rejects.toThrow('faces.key in the home is damaged');
});
