import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { notifyKey } from '../../engine/notify-key.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'pql-key-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('takes the key of the environment, with or without its prefix', async () => {
  const text = Buffer.alloc(32, 7).toString('base64');
  for (const secret of [text, `whsec_${text}`])
    expect(await notifyKey(home, secret)).toEqual({
      text: `whsec_${text}`,
      bytes: Buffer.alloc(32, 7),
      origin: 'environment',
    });
  expect(await readdir(home)).toEqual([]);
});

test('makes a key of its own on first use, for nobody else to read, and keeps it', async () => {
  const made = await notifyKey(home, null);
  expect(made.bytes).toHaveLength(32);
  expect(made.text).toMatch(/^whsec_/);
  expect((await stat(join(home, 'notify.key'))).mode & 0o777).toBe(0o600);
  expect(await notifyKey(home, null)).toEqual(made);
  expect(await readdir(home)).toEqual(['notify.key']);
});

test('ends up with one key when many make one at once', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => notifyKey(home, null)));
  expect(new Set(keys.map(({ text }) => text)).size).toBe(1);
  expect(await readFile(join(home, 'notify.key'), 'utf8')).toBe(`${keys[0]?.text}\n`);
});

test('says what to do about a damaged key instead of signing with it', async () => {
  await writeFile(join(home, 'notify.key'), 'whsec_abc');
  await expect(notifyKey(home, null)).rejects.toThrow('notify.key in the home is damaged');
});
