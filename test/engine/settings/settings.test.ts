import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asker } from '../../../engine/asker.ts';
import { readAllowList, readLanes, readLeastFree, readSettings } from '../../../engine/settings/read.ts';
import { settingSpecs } from '../../../engine/settings/specs.ts';
import { writeSetting } from '../../../engine/settings/write.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { askerIn } from '../../fakes/plan.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const specs = settingSpecs(4);
const admin: Asker = { ...askerIn('local'), roles: ['asker', 'admin'] };

test('has defaults that its own rules accept', () => {
  for (const cores of [1, 2, 64])
    for (const spec of settingSpecs(cores))
      expect([spec.name, spec.problem(spec.default, 'local')]).toEqual([spec.name, null]);
});

test('changes a setting, and back', async () => {
  expect(await writeSetting(store, admin, specs, 'lanes.cpu', '3')).toBeNull();
  expect(await readLanes(store, specs)).toEqual({ cpu: 3, gpu: 1, net: 4 });
  expect((await readSettings(store, 'elsewhere', specs)).get('lanes.cpu')).toMatchObject({
    value: '3',
    type: 'number',
  });
  await writeSetting(store, admin, specs, 'lanes.cpu', '2');
  expect(await store.query('select from settings')).toHaveLength(0);
});

test('says what must stay free where a worker takes jobs, in bytes', async () => {
  expect(await readLeastFree(store, specs)).toEqual({ disk: 2e9, memory: 256e6 });
  expect(await writeSetting(store, admin, specs, 'workers.disk', '1.5GiB')).toBeNull();
  expect(await writeSetting(store, admin, specs, 'workers.memory', '0B')).toBeNull();
  expect(await readLeastFree(store, specs)).toEqual({ disk: 1.5 * 2 ** 30, memory: 0 });
  await store.query('delete from settings');
});

test('opens the door to named hosts, and closes it again', async () => {
  expect(await readAllowList(store, specs)).toEqual([]);
  await writeSetting(store, admin, specs, 'egress.allow', 'NAS.local:9000, 10.0.0.7');
  expect(await readAllowList(store, specs)).toEqual([
    { host: 'nas.local', port: 9000 },
    { host: '10.0.0.7', port: null },
  ]);
  await writeSetting(store, admin, specs, 'egress.allow', '');
  expect(await readAllowList(store, specs)).toEqual([]);
});

test.each([
  ['lanes.cpu', '0'],
  ['lanes.cpu', '-1'],
  ['lanes.cpu', '1.5'],
  ['lanes.cpu', '65'],
  ['lanes.cpu', '1e3'],
  ['egress.allow', 'https://nas.local/'],
  ['egress.allow', 'me@nas.local'],
  ['workers.disk', '2 parsecs'],
  ['workers.memory', '-1GB'],
  ['nothing', '1'],
])('refuses %s = %s', async (name, value) => {
  expect(await writeSetting(store, admin, specs, name, value)).not.toBeNull();
  expect(await store.query('select from settings')).toHaveLength(0);
});

test('lets nobody in a chat open the network of this machine, whatever they are there', async () => {
  for (const asker of [{ ...askerIn('discord-1'), roles: ['admin'] as const }, askerIn('local')])
    expect(await writeSetting(store, asker, specs, 'egress.allow', '127.0.0.1')).toMatchObject({
      code: 'PQL504',
    });
  expect(await readAllowList(store, specs)).toEqual([]);
});

test('does not read a row that another workspace may have written', async () => {
  await store.query(`insert into workspaces (name) values ('discord-2')`);
  await store.query(
    `insert into settings (workspace, name, value) values ('discord-2', 'egress.allow', '127.0.0.1')`,
  );
  expect(await readAllowList(store, specs)).toEqual([]);
  expect((await readSettings(store, 'discord-2', specs)).get('egress.allow')?.value).toBe('none');
});

test('which hosts and workspaces a setting names is shown at the machine alone', async () => {
  const told = async (workspace: string, name: string) =>
    (await readSettings(store, workspace, specs)).get(name)?.value;
  expect(await told('discord-1', 'turns.weights')).toBe('none');
  await writeSetting(store, admin, specs, 'turns.weights', 'acme 3');
  await writeSetting(store, admin, specs, 'egress.allow', 'nas.local');
  expect([await told('local', 'turns.weights'), await told('discord-1', 'turns.weights')]).toEqual([
    'acme 3',
    'set at the machine',
  ]);
  expect([await told('local', 'egress.allow'), await told('discord-1', 'egress.allow')]).toEqual([
    'nas.local',
    'set at the machine',
  ]);
  for (const name of ['turns.weights', 'egress.allow']) await writeSetting(store, admin, specs, name, 'none');
});
