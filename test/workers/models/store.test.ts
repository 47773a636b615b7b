import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { manifest } from '../../../workers/models/manifest.ts';
import type { FaceModel, FrameModel } from '../../../workers/models/model.ts';
import { createModelStore } from '../../../workers/models/store.ts';
import { type Conduct, fakeRegistry } from '../../fakes/npm-registry.ts';
import { slim, slimFiles } from './slim.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchai-models-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const name = 'esrgan-slim';

async function open(
  options: { conduct?: () => Conduct; files?: Record<string, Uint8Array>; model?: Partial<FrameModel> } = {},
) {
  const fake = await fakeRegistry(
    '@upscalerjs/esrgan-slim',
    '1.0.0',
    options.files ?? slimFiles,
    options.conduct,
  );
  const models = [{ ...slim(fake.integrity), ...options.model }];
  return { fake, store: createModelStore({ home, registry: async () => fake.registry, models }) };
}

/** Every file under the home, without its folders. */
async function leftovers(): Promise<string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test('pulls a model when it is first needed, converts it, and works offline afterwards', async () => {
  const { fake, store } = await open();
  const seen: number[] = [];
  const path = await store.path(name, 'x2', { onProgress: (fraction) => seen.push(fraction) });
  expect((await readFile(path)).subarray(0, 2)).toEqual(Buffer.from([0x08, 0x08]));
  expect(seen[0]).toBe(0);
  expect(seen.length).toBeGreaterThan(1);
  await fake[Symbol.asyncDispose]();

  const offline = createModelStore({
    home,
    registry: async () => {
      throw new Error('nobody may ask');
    },
    models: [slim(fake.integrity)],
  });
  expect(await offline.path(name, 'x2')).toBe(path);
  expect(await offline.list()).toMatchObject([{ name, state: 'ready', problems: [] }]);
  expect((await leftovers()).filter((file) => /tmp|http|package\.json/.test(file))).toEqual([]);
});

test('downloads once when many need the same model at the same time', async () => {
  const { fake, store } = await open();
  await using _ = fake;
  const paths = await Promise.all(Array.from({ length: 5 }, () => store.path(name, 'x2')));
  expect(new Set(paths).size).toBe(1);
  expect(fake.downloads()).toBe(1);
});

test.each<[string, Conduct, object]>([
  ['other bytes than the integrity says', 'altered', { kind: 'permanent', code: 'PQL652' }],
  ['a package that is cut short', 'cut', { name: 'Failure' }],
  ['no such package', 'missing', { kind: 'permanent', code: 'PQL653' }],
])('says so and keeps nothing when the registry has %s', async (_, conduct, failure) => {
  const { fake, store } = await open({ conduct: () => conduct });
  await using _fake = fake;
  await expect(store.pull(name)).rejects.toMatchObject(failure);
  expect(await leftovers()).toEqual([]);
  expect(await store.verify(name)).toMatchObject({ state: 'absent', bytes: 0 });
});

test('refuses weights with another SHA-256 even when the package has the integrity it should have', async () => {
  const { fake, store } = await open({
    files: { ...slimFiles, 'models/x2/group1-shard1of1.bin': Buffer.alloc(1000) },
  });
  await using _ = fake;
  await expect(store.pull(name)).rejects.toMatchObject({
    code: 'PQL652',
    hint: expect.stringContaining('SHA-256'),
  });
  expect(await leftovers()).toEqual([]);
});

test('says which file a package lacks', async () => {
  const { fake, store } = await open({
    files: { 'models/x2/model.json': slimFiles['models/x2/model.json'] },
  });
  await using _ = fake;
  await expect(store.pull(name)).rejects.toThrow('does not hold models/x2/group1-shard1of1.bin');
});

test('says that there is no network and how to go on when the registry cannot be reached', async () => {
  const store = createModelStore({
    home,
    registry: async () => ({ registry: 'http://127.0.0.1:9/', fetchRetries: 0 }),
    models: [slim('sha512-AAAA')],
  });
  await expect(store.path(name, 'x2')).rejects.toMatchObject({
    kind: 'transient',
    code: 'PQL651',
    hint: expect.stringContaining('pql models pull esrgan-slim'),
  });
});

test('stops a pull that is cancelled and keeps nothing of it, while another who waits goes on', async () => {
  let conduct: Conduct = 'slow';
  const { fake, store } = await open({ conduct: () => conduct });
  await using _ = fake;
  const first = new AbortController();
  const began = Promise.withResolvers<void>();
  const pulled = store.pull(name, {
    signal: first.signal,
    onProgress: (fraction) => fraction > 0 && began.resolve(),
  });
  await began.promise;
  first.abort(new DOMException('cancelled', 'AbortError'));
  await expect(pulled).rejects.toMatchObject({ name: 'AbortError' });
  conduct = 'honest';
  expect(await store.pull(name)).toMatchObject({ state: 'ready' });
  expect((await leftovers()).filter((file) => file.endsWith('.tmp'))).toEqual([]);
});

test('mends a graph that was cut short from the weights, without a network', async () => {
  const { fake, store } = await open();
  const path = await store.path(name, 'x2');
  const whole = await readFile(path);
  await fake[Symbol.asyncDispose]();
  await truncate(path, 1000);
  expect(await store.path(name, 'x2')).toBe(path);
  expect(await readFile(path)).toEqual(whole);
});

test('finds weights that were changed, says which, and pulls them again', async () => {
  const { fake, store } = await open();
  await using _ = fake;
  const path = await store.path(name, 'x2');
  const { digest } = await store.verify(name);
  await writeFile(join(home, 'models', digest, 'models/x2/model.json'), '{}');
  expect(await store.verify(name)).toMatchObject({
    state: 'damaged',
    problems: ['models/x2/model.json was changed or cut short'],
  });
  await rm(path);
  await store.path(name, 'x2');
  expect(await store.verify(name)).toMatchObject({ state: 'ready' });
  expect(fake.downloads()).toBe(2);
});

test('removes a model and says whether there was one', async () => {
  const { fake, store } = await open();
  await using _ = fake;
  await store.pull(name);
  expect(await store.remove(name)).toBe(true);
  expect(await store.remove(name)).toBe(false);
  expect(await store.list()).toMatchObject([{ state: 'absent' }]);
});

test.each([
  ['nothing', 'x2', 'there is no model called nothing'],
  [name, 'x7', 'the model esrgan-slim cannot do x7'],
])('refuses what it does not know: %s %s', async (model, variant, message) => {
  const { fake, store } = await open();
  await using _ = fake;
  await expect(store.path(model, variant)).rejects.toMatchObject({ kind: 'user', code: 'PQL650', message });
});

test('an ONNX file is used as it is, and pulled again when it was changed', async () => {
  const file = 'assets/face.onnx';
  const bytes = Buffer.from('numbers');
  await using fake = await fakeRegistry('faces', '1.0.0', { [file]: bytes });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = manifest.find(({ task }) => task === 'know faces') as FaceModel;
  const models = [
    {
      ...known,
      ...{ package: 'faces@1.0.0', integrity: fake.integrity },
      variants: { face: { reader: 'onnx' as const, weights: { path: file, sha256 } } },
    },
  ];
  const store = createModelStore({ home, registry: async () => fake.registry, models });
  const path = await store.path(known.name, 'face');
  expect(await readFile(path)).toEqual(bytes);
  await writeFile(path, 'others');
  expect(await readFile(await store.path(known.name, 'face'))).toEqual(bytes);
  expect(fake.downloads()).toBe(2);
});
