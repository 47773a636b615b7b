import { afterEach, beforeEach, expect, test } from 'vitest';

import { type FakeDiscord, fakeDiscord } from '../../fakes/discord/discord.ts';
import type { Channel } from '../../fakes/discord/state.ts';
import { cardView, type ScriptedPresenter, scriptedPresenter } from '../../fakes/presenter.ts';
import { openBot, type RunningBot } from './open-bot.ts';

let discord: FakeDiscord;
let presenter: ScriptedPresenter;
let channel: Channel;
let bot: RunningBot | null = null;

beforeEach(async () => {
  discord = await fakeDiscord();
  presenter = scriptedPresenter();
  presenter.answers = () => ({ type: 'answer', private: false, view: cardView({ title: 'heard' }) });
  channel = discord.channel(discord.guild('Films'), 'general');
});
afterEach(async () => {
  await bot?.[Symbol.asyncDispose]();
  bot = null;
  await discord[Symbol.asyncDispose]();
});

const ask = async () => {
  const { type } = await discord.person('Ann').types(channel, 'pql', { query: 'SHOW GROUPS' });
  return type;
};

test('hears what was said while the connection was cut, once', async () => {
  bot = await openBot(discord, presenter);
  discord.gateway.cut(true);
  expect(await ask()).toBe('message');
  expect(presenter.heard).toHaveLength(1);
  expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
});

test('begins anew where Discord has forgotten the session', async () => {
  bot = await openBot(discord, presenter);
  discord.gateway.forget();
  discord.gateway.cut();
  await discord.until(() => discord.gateway.counts.identified === 2);
  expect(await ask()).toBe('message');
});

test.each([
  'refusing',
  'mute',
  'hanging',
] as const)('does not wait for ever for a gateway that is %s, and says so', async (manner) => {
  discord.gateway.manner = manner;
  const opening = openBot(discord, presenter, { patience: 60, ready: false });
  bot = await opening;
  const { news } = bot;
  await discord.until(() =>
    news.some((line) => /^trouble: .*does not answer.*; trying again in \d s/.test(line)),
  );
  discord.gateway.manner = 'open';
  await discord.until(() => news.includes('ready: watchai'));
  expect(await ask()).toBe('message');
});

test('comes back after a gateway that went away and then stayed silent', async () => {
  bot = await openBot(discord, presenter, { patience: 100 });
  const { news } = bot;
  discord.gateway.manner = 'mute';
  discord.gateway.cut();
  await discord.until(() => news.some((line) => line.includes('does not answer')));
  discord.gateway.manner = 'open';
  await discord.until(() => discord.gateway.listening() === 1);
  expect(await ask()).toBe('message');
  expect(discord.gateway.counts.resumed).toBe(1);
});

test.each([
  '503',
  'silence',
  'no starts left',
] as const)('tries again where even the address of the gateway cannot be asked for: %s', async (how) => {
  if (how === 'no starts left') discord.gateway.startsLeft = 0;
  else discord.faults.next('GET', /gateway/, how === '503' ? { status: 503 } : 'silence', 2);
  bot = await openBot(discord, presenter, { patience: 300, ready: false });
  const { news } = bot;
  await discord.until(() => news.some((line) => /trouble: .*could not be asked .*; trying again/.test(line)));
  discord.gateway.startsLeft = 999;
  await discord.until(() => news.includes('ready: watchai'));
});

test('ends with what is to be done where the token is wrong', async () => {
  const wrong = await openBot(discord, presenter, { token: `${discord.token}x`, ready: false });
  await expect(wrong.ended).rejects.toThrow(/set DISCORD_TOKEN/);
});

test('serves only the shards that it is given', async () => {
  const shard = Number((BigInt(channel.guild!) >> 22n) % 2n);
  bot = await openBot(discord, presenter, { shards: { ids: [shard], count: 2 } });
  expect(await ask()).toBe('message');
  await bot[Symbol.asyncDispose]();
  bot = await openBot(discord, presenter, { shards: { ids: [1 - shard], count: 2 } });
  void ask();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(presenter.heard).toHaveLength(1);
});
