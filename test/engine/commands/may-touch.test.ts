import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Store } from '../../../engine/store/port.ts';
import { type FakeChat, fakeChat, member } from '../../fakes/chat.ts';
import { openMemoryStore } from '../../fakes/database.ts';

let store: Store;
let chat: FakeChat;
beforeAll(async () => {
  store = await openMemoryStore();
  chat = await fakeChat(store);
});
beforeEach(() => store.script('truncate workspaces, shares cascade'));
afterAll(() => store[Symbol.asyncDispose]());

const ada = member('g1', 'ada');
const eve = member('g1', 'eve');
const moderator = member('g1', 'mod', ['asker', 'moderator']);
const admin = member('g1', 'adm', ['asker', 'moderator', 'admin']);

/** How something that somebody says ends. */
const said = async (asker: typeof ada, text: string) => {
  const reply = await chat.presenter.hear(chat.ask(asker, text));
  return reply.type === 'refused' ? reply.view.title : reply.type;
};

test('what somebody asked for is theirs and the moderators’ to stop, to try again and to take away', async () => {
  await said(ada, 'GENERATE "fog"');
  expect(await said(eve, 'CANCEL g1')).toBe('PQL505 g1 is not yours');
  expect(await said(eve, 'CANCEL j1')).toBe('PQL505 j1 is not yours');
  expect(await said(moderator, 'CANCEL g1')).toBe('answer');
  expect(await said(eve, 'RETRY g1')).toBe('PQL505 g1 is not yours');
  expect(await said(ada, 'RETRY g1')).toBe('accepted');
  await chat.work();
  expect(await said(eve, 'REMOVE v1')).toBe('PQL505 v1 is not yours');
  expect(await said(eve, 'PURGE GROUP g1')).toBe('PQL505 g1 is not yours');
  expect(await said(ada, 'REMOVE v1')).toBe('confirm');
  expect(await said(moderator, 'REMOVE GROUP g1')).toBe('confirm');
  expect(await said(ada, 'FIND v1')).toBe('answer');
});

test('the cache of all is the moderators’, who is a moderator is the admins’, and the machine is nobody’s', async () => {
  expect(await said(ada, 'PURGE CACHE')).toBe('PQL505 the cache is purged by moderators');
  expect(await said(ada, 'SET running.asker 2')).toBe('PQL504 running.asker may be changed by moderators');
  expect(await said(moderator, 'SET running.asker 2')).toBe('answer');
  expect(await said(moderator, 'SET roles.admin "123456789012345678"')).toBe(
    'PQL504 roles.admin may be changed by admins',
  );
  expect(await said(admin, 'SET roles.moderator "123456789012345678, S0123ABCD"')).toBe('answer');
  expect(await said(admin, 'SET roles.admin everybody')).toMatch(/^PQL450 roles.admin: everybody is no id/);
  expect(await said(admin, 'SET lanes.cpu 9')).toMatch(/^PQL504/);
});

test('roles follow from how the chat ranks somebody and from the groups that the workspace has chosen', async () => {
  const { presenter } = chat;
  await said(admin, 'SET roles.moderator "123456789012345678"');
  const none = { admin: false, moderator: false, groups: [] };
  const roles = async (
    standing: typeof none | { admin: boolean; moderator: boolean; groups: string[] },
    team = 'g1',
  ) => (await presenter.asker('discord', team, 'ada', standing)).roles;
  expect(await roles(none)).toEqual(['asker']);
  expect(await roles({ ...none, groups: ['123456789012345678'] })).toEqual(['asker', 'moderator']);
  expect(await roles({ ...none, groups: ['123456789012345678'] }, 'g2')).toEqual(['asker']);
  expect(await roles({ ...none, moderator: true })).toEqual(['asker', 'moderator']);
  expect(await roles({ ...none, admin: true })).toEqual(['asker', 'moderator', 'admin']);
  expect(await presenter.roleGroups('discord', 'g1')).toEqual(['123456789012345678']);
  await expect(presenter.asker('slack', '../../etc', 'U1', none)).rejects.toThrow('no team');
  expect(await presenter.asker('slack', 'T1', 'U1', none)).toMatchObject({
    workspace: 'slack:T1',
    user: 'slack:U1',
    importRoot: null,
    exportRoot: '/exports/slack-T1',
  });
});
