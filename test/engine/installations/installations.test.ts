import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';

import { type Installation, openInstallations } from '../../../engine/installations/installations.ts';
import { keyFor, seal, unseal } from '../../../engine/installations/sealed.ts';
import { slackSecret, slackSecretFile } from '../../../engine/installations/secret.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
beforeEach(() => store.script('truncate slack_installations'));
afterAll(() => store[Symbol.asyncDispose]());

const harbour: Installation = {
  ...{ team: 'T0HARBOUR', name: 'Harbour', app: 'A1', bot: 'B1', botUser: 'U1', by: 'U2' },
  ...{ scopes: ['commands', 'chat:write'], token: 'xoxb-harbour' },
};

test('keeps a token for whoever has the key, and for nobody who has the database alone', async () => {
  const ours = openInstallations(store, 'a secret');
  await ours.put(harbour);
  expect(await ours.of('T0HARBOUR')).toMatchObject(harbour);
  expect(await ours.of('T0OTHER')).toBeNull();
  const rows = await store.query('select * from slack_installations');
  expect(JSON.stringify(rows)).not.toContain('xoxb');
  expect(await openInstallations(store, 'another secret').of('T0HARBOUR')).toMatchObject({
    name: 'Harbour',
    token: null,
  });
});

test('reads no token that was moved to the row of another workspace', async () => {
  const ours = openInstallations(store, 'a secret');
  await ours.put(harbour);
  await ours.put({ ...harbour, team: 'T0OTHER', token: 'xoxb-other' });
  await store.query(
    `update slack_installations set sealed = (select sealed from slack_installations where team = 'T0HARBOUR')
     where team = 'T0OTHER'`,
  );
  expect((await ours.all()).map(({ team, token }) => [team, token])).toEqual([
    ['T0HARBOUR', 'xoxb-harbour'],
    ['T0OTHER', null],
  ]);
});

test('forgets an installation, but not one that was made anew since it was read', async () => {
  const ours = openInstallations(store, 'a secret');
  await ours.put(harbour);
  const before = (await ours.of('T0HARBOUR'))!;
  await ours.put({ ...harbour, token: 'xoxb-anew' });
  await ours.remove(before);
  expect((await ours.of('T0HARBOUR'))?.token).toBe('xoxb-anew');
  await ours.remove((await ours.of('T0HARBOUR'))!);
  expect(await ours.all()).toEqual([]);
});

test('unseals nothing that was altered by a single bit', () => {
  const key = keyFor('a secret', 'slack tokens');
  const sealed = Buffer.from(seal(key, 'xoxb-harbour', 'T1'), 'base64');
  expect(unseal(key, sealed.toString('base64'), 'T1')).toBe('xoxb-harbour');
  for (let at = 0; at < sealed.length; at++) {
    const other = Buffer.from(sealed);
    other[at]! ^= 1;
    expect(unseal(key, other.toString('base64'), 'T1')).toBeNull();
  }
  expect(unseal(key, 'short', 'T1')).toBeNull();
  expect(unseal(keyFor('a secret', 'slack state'), sealed.toString('base64'), 'T1')).toBeNull();
});

test('a home makes its secret once, for its owner alone, unless one is set', async () => {
  const home = await mkdtemp(join(tmpdir(), 'watchai-slack-key-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const first = await slackSecret(home, null);
  expect(first).toMatch(/^[\w+/]{43}=$/);
  expect(await slackSecret(home, null)).toBe(first);
  expect((await stat(slackSecretFile(home))).mode & 0o777).toBe(0o600);
  expect(await slackSecret(home, 'of the environment')).toBe('of the environment');
});
