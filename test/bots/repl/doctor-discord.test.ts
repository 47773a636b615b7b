import { afterAll, beforeAll, expect, test } from 'vitest';

import { lookAtDiscord } from '../../../bots/repl/doctor/discord.ts';
import type { DiscordConfig } from '../../../engine/config/chats.ts';
import { type FakeDiscord, fakeDiscord } from '../../fakes/discord/discord.ts';

let discord: FakeDiscord;
beforeAll(async () => {
  discord = await fakeDiscord();
});
afterAll(() => discord[Symbol.asyncDispose]());

const look = (more: Partial<DiscordConfig>) =>
  lookAtDiscord({
    discord: { token: discord.token, application: null, servers: null, apiUrl: discord.api, ...more },
  });

test('says nothing of Discord where nothing is set of it', async () => {
  expect(await look({ token: null })).toEqual([]);
});

test('says whose the token is', async () => {
  const [finding] = await look({});
  expect(finding).toMatchObject({ state: 'ok', found: `WatchAI (${discord.application})` });
  expect(finding?.why).toBe('the token is good; 1 shard, no intents needed');
});

test('says to how many servers it is open, where it is not to all', async () => {
  const [finding] = await look({ servers: ['812345678901234567', '812345678901234568'] });
  expect(finding).toMatchObject({ state: 'ok', why: expect.stringContaining('open to 2 servers only') });
});

test.each([
  [
    'no token',
    { token: null, application: '812345678901234567' },
    'set it to the one on the Bot page of the application',
  ],
  [
    'a token of nobody',
    { token: 'MTIz.abc.def' },
    'make a new one: discord.com/developers, your application, Bot, Reset Token',
  ],
  [
    'another application',
    { application: '812345678901234567' },
    'unset DISCORD_APPLICATION_ID: Discord is asked for it',
  ],
])('says what to do about %s, and never shows a token', async (_, more, todo) => {
  const findings = await look(more);
  expect(findings).toMatchObject([{ state: 'problem', todo }]);
  expect(JSON.stringify(findings)).not.toContain(discord.token);
});

test('says that Discord does not answer', async () => {
  discord.faults.next('GET', /applications/, { status: 503 }, 2);
  expect(await look({})).toMatchObject([
    { state: 'problem', why: expect.stringContaining('Service Unavailable') },
  ]);
});

test('warns where Discord lets the bot start no more today', async () => {
  discord.gateway.startsLeft = 0;
  expect(await look({})).toMatchObject([{ state: 'warn', why: '0 starts are left today' }]);
  discord.gateway.startsLeft = 999;
});
