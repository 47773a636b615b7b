import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogue } from '../../../dsl/catalogue.ts';
import { openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import { createEgress } from '../../../engine/egress/door.ts';
import { createCompile } from '../../../engine/look-up/compile.ts';
import { openFileLooker } from '../../../engine/look-up/files.ts';
import { openNews } from '../../../engine/news.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { readSettings } from '../../../engine/settings/read.ts';
import { settingSpecs } from '../../../engine/settings/specs.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { fakeFilm } from '../../fakes/desk.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store[Symbol.asyncDispose]());

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'pql-compile-')));
  await writeFile(join(folder, 'clip.mp4'), 'film');
  await mkdir(join(folder, 'out'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function begin() {
  const artifacts = await openDiskArtifacts(join(folder, 'store'));
  const parts = { store, artifacts, queue: inProcessQueue(), news: openNews() };
  const around = {
    store,
    files: openFileLooker({ probe: async () => fakeFilm('', '', 4).facts, recipe: async () => null }),
    egress: createEgress({ allow: async () => [] }),
    catalogue,
    abilities: { models: [], defaultModels: {}, generators: ['storyboard'] },
    settings: (workspace: string) => readSettings(store, workspace, settingSpecs(1)),
    folder,
  };
  const ways = createCompile(parts, around, join(folder, 'scratch'));
  const asker = {
    workspace: folder,
    user: 'ada',
    roles: ['asker'] as const,
    importRoot: folder,
    exportRoot: folder,
  };
  const codes = async (source: string) =>
    (await ways.compile(source, asker)).diagnostics.map(({ code }) => code);
  return { ways, asker, codes, artifacts };
}

test('takes the files of a plan into the workspace, where they have an id from then on', async () => {
  const { ways, asker, artifacts } = await begin();
  const { plan } = await ways.compile('TRIM "clip.mp4" UNTIL 1s', asker);
  expect(await Array.fromAsync(artifacts.list())).toEqual([]);
  await ways.takeIn(plan!, asker);
  expect(await Array.fromAsync(artifacts.list())).toHaveLength(1);
  expect((await ways.compile('TRIM v1 UNTIL 1s', asker)).diagnostics).toEqual([]);
});

test('work of somebody who is over a limit is refused, unless a command before it may make room', async () => {
  const { ways, asker, codes } = await begin();
  const { plan } = await ways.compile('TRIM "clip.mp4" UNTIL 1s', asker);
  await ways.takeIn(plan!, asker);
  await store.query(
    `insert into settings (workspace, name, value) values ($1, 'bytes.asker', '1B')
     on conflict (workspace, name) do update set value = excluded.value`,
    [folder],
  );
  expect(await codes('GENERATE "sea"')).toEqual(['PQL521']);
  expect(await codes('EXPLAIN GENERATE "sea"')).toEqual([]);
  expect(await codes('SHOW VIDEOS')).toEqual([]);
  expect(await codes('REMOVE v1; GENERATE "sea"')).toEqual([]);
  expect(await codes('GENERATE "sea" DURATION 4')).toEqual(['PQL204']);
});

test('what another workspace has is as unknown as what nobody has', async () => {
  const { ways, asker } = await begin();
  const { plan } = await ways.compile('TRIM "clip.mp4" UNTIL 1s', asker);
  await ways.takeIn(plan!, asker);
  const told = async (source: string, workspace: string) =>
    (await ways.compile(source, { ...asker, workspace })).diagnostics.map(({ code, message }) => [
      code,
      message,
    ]);
  expect(await told('TRIM v1 UNTIL 1s', asker.workspace)).toEqual([]);
  expect(await told('TRIM v1 UNTIL 1s', 'elsewhere')).toEqual(await told('TRIM v1 UNTIL 1s', 'nowhere'));
  expect(await told('TRIM v1 UNTIL 1s', 'elsewhere')).toMatchObject([['PQL303', expect.any(String)]]);
});

test('refuses a file that was changed between looking and taking in', async () => {
  const { ways, asker, artifacts } = await begin();
  const { plan } = await ways.compile('TRIM "clip.mp4" UNTIL 1s', asker);
  await writeFile(join(folder, 'clip.mp4'), 'other');
  await expect(ways.takeIn(plan!, asker)).rejects.toMatchObject({ code: 'PQL421', kind: 'user' });
  expect(await store.query('select from media where workspace = $1', [asker.workspace])).toHaveLength(0);
  await artifacts[Symbol.asyncDispose]();
});

test('refuses to write over a file, and over what TO wrote when other bytes would stand there', async () => {
  const { ways, asker, codes } = await begin();
  await writeFile(join(folder, 'out/a.mp4'), 'film');
  expect(await codes('TRIM "clip.mp4" UNTIL 1s TO out/a.mp4')).toEqual(['PQL434']);
  expect(await codes('TRIM "clip.mp4" UNTIL 1s TO out/a.mp4 OVERWRITE')).toEqual([]);
  const { plan } = await ways.compile('TRIM "clip.mp4" UNTIL 1s', asker);
  await ways.takeIn(plan!, asker);
  await store.query(
    `insert into exports (workspace, path, hash) select workspace, $2, hash from media where workspace = $1`,
    [asker.workspace, join(folder, 'out/a.mp4')],
  );
  expect(await codes('TRIM "clip.mp4" UNTIL 1s TO out/a.mp4')).toEqual(['PQL434']);
});

test('says what else is wrong, not that a file stands there which TO itself wrote', async () => {
  const { ways, asker, codes } = await begin();
  const { plan } = await ways.compile('TRIM "clip.mp4" UNTIL 1s', asker);
  await ways.takeIn(plan!, asker);
  await writeFile(join(folder, 'out/a.mp4'), 'film');
  await store.query(
    `insert into exports (workspace, path, hash) select workspace, $2, hash from media where workspace = $1`,
    [asker.workspace, join(folder, 'out/a.mp4')],
  );
  expect(await codes('TRIM "clip.mp4" UNTIL 1s TO out/a.mp4 ? https://127.0.0.1/x')).toEqual(['PQL503']);
});

test.each([
  ['TRIM "../clip.mp4" UNTIL 1s', 'PQL501'],
  ['TRIM "nowhere.mp4" UNTIL 1s', 'PQL420'],
  ['TRIM v7 UNTIL 1s', 'PQL303'],
  ['TRIM "clip.mp4" UNTIL 1s NOTIFY https://localhost./x', 'PQL503'],
])('answers %s with %s', async (source, code) => {
  expect(await (await begin()).codes(source)).toEqual([code]);
});
