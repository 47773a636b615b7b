import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArtifactStore } from '../../engine/artifacts/port.ts';

/** What every artifact store keeps to; `open` gives an empty one. */
export function describeArtifactStore(
  adapter: string,
  open: () => Promise<ArtifactStore & AsyncDisposable>,
): void {
  describe(`an artifact store (${adapter})`, () => {
    let folder: string;
    let store: ArtifactStore & AsyncDisposable;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'pql-artifacts-'));
      store = await open();
    });
    afterAll(async () => {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const file = async (bytes: Uint8Array) => {
      const path = join(folder, crypto.randomUUID());
      await writeFile(path, bytes);
      return path;
    };

    test('names what it takes in by the SHA-256 of the bytes and gives the same bytes back', async () => {
      const bytes = randomBytes(3_000_000);
      const stored = await store.put(await file(bytes));
      expect(stored).toEqual({ hash: sha256(bytes), bytes: 3_000_000 });
      expect((await readFile(await store.path(stored.hash))).equals(bytes)).toBe(true);
      expect(await store.has(stored.hash)).toBe(true);
    });

    test('keeps an empty file', async () => {
      const { hash, bytes } = await store.put(await file(new Uint8Array()));
      expect(bytes).toBe(0);
      expect(await readFile(await store.path(hash))).toHaveLength(0);
    });

    test('takes equal bytes in twice, one after the other and at once, as one artifact', async () => {
      const bytes = randomBytes(200_000);
      const first = await store.put(await file(bytes));
      const rest = await Promise.all([1, 2, 3, 4].map(async () => store.put(await file(bytes))));
      for (const next of rest) expect(next).toEqual(first);
      const listed = (await Array.fromAsync(store.list())).filter(({ hash }) => hash === first.hash);
      expect(listed).toMatchObject([first]);
      expect(listed).toHaveLength(1);
    });

    test('says that an unknown artifact is lost, in words', async () => {
      const hash = sha256(randomBytes(8));
      expect(await store.has(hash)).toBe(false);
      await expect(store.path(hash)).rejects.toMatchObject({
        name: 'Failure',
        kind: 'permanent',
        code: 'PQL610',
        message: expect.stringContaining('lost'),
      });
    });

    test('forgets what is removed, and does not mind a second removal', async () => {
      const { hash } = await store.put(await file(randomBytes(100)));
      await store.remove(hash);
      await store.remove(hash);
      expect(await store.has(hash)).toBe(false);
      await expect(store.path(hash)).rejects.toMatchObject({ code: 'PQL610' });
    });

    test('takes in again what was removed', async () => {
      const bytes = randomBytes(100);
      const { hash } = await store.put(await file(bytes));
      await store.remove(hash);
      await store.put(await file(bytes));
      expect((await readFile(await store.path(hash))).equals(bytes)).toBe(true);
    });

    test('lists what it holds, with sizes', async () => {
      const { hash } = await store.put(await file(randomBytes(12_345)));
      const listed = await Array.fromAsync(store.list());
      expect(listed.find((each) => each.hash === hash)).toMatchObject({ bytes: 12_345 });
    });

    test('lets nobody write what is kept', async () => {
      const { hash } = await store.put(await file(randomBytes(10)));
      const path = await store.path(hash);
      // Root may write anything, so look at the mode instead of trying.
      const { mode } = await import('node:fs/promises').then((fs) => fs.stat(path));
      expect(mode & 0o222).toBe(0);
    });

    test('gives a reader with a folder of its own the same file each time', async () => {
      const bytes = randomBytes(5000);
      const { hash } = await store.put(await file(bytes));
      const scratch = join(folder, crypto.randomUUID());
      await mkdir(scratch);
      const [path, again] = await Promise.all([
        store.path(hash, { scratch }),
        store.path(hash, { scratch, signal: new AbortController().signal }),
      ]);
      expect(again).toBe(path);
      expect((await readFile(path)).equals(bytes)).toBe(true);
    });

    test('takes in nothing but regular files', async () => {
      const directory = join(folder, crypto.randomUUID());
      await mkdir(directory);
      await expect(store.put(directory)).rejects.toThrow();
      await expect(store.put(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test('stops when its signal aborts and keeps nothing of it', async () => {
      const bytes = randomBytes(100_000);
      await expect(store.put(await file(bytes), AbortSignal.abort())).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(await store.has(sha256(bytes))).toBe(false);
    });

    test.each([
      '',
      '..',
      '../../etc/passwd',
      'A'.repeat(64),
      `${'a'.repeat(63)}/`,
    ])('refuses %j as a hash', async (hash) => {
      await expect((async () => store.has(hash))()).rejects.toThrow('SHA-256');
      await expect((async () => store.path(hash))()).rejects.toThrow('SHA-256');
      await expect((async () => store.remove(hash))()).rejects.toThrow('SHA-256');
    });
  });
}
