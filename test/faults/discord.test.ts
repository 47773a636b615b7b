import { expect, onTestFinished, test } from 'vitest';

import { emptyFolder, type Running, startPql } from '../bots/repl/spawn-pql.ts';
import { type FakeDiscord, fakeDiscord } from '../fakes/discord/discord.ts';
import type { Person } from '../fakes/discord/person.ts';
import { shown } from '../fakes/discord/shown.ts';
import type { Channel } from '../fakes/discord/state.ts';

async function place(): Promise<{ discord: FakeDiscord; ada: Person; channel: Channel; folder: string }> {
  const discord = await fakeDiscord();
  onTestFinished(() => discord[Symbol.asyncDispose]());
  const channel = discord.channel(discord.guild('Films'), 'films');
  return { discord, ada: discord.person('Ada'), channel, folder: await emptyFolder() };
}

async function startBot(discord: FakeDiscord, folder: string): Promise<Running> {
  discord.gateway.forget();
  const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api };
  const running = startPql(['bot', 'discord'], folder, { env });
  await discord.until(() => discord.gateway.listening() === 1, 60_000);
  return running;
}

async function kill(bot: Running): Promise<void> {
  bot.process.kill('SIGKILL');
  await bot.ended;
}

const films = (ada: Person, channel: Channel) => ada.sees(channel).filter(({ files }) => files.length > 0);
const query = 'GENERATE "fog" DURATION 250ms SIZE 64x64 FPS 12fps SEED 5';

test('a bot that is killed after each word that it says says it once, and brings its film once', async () => {
  const { discord, ada, channel, folder } = await place();
  const first = await startBot(discord, folder);
  // The card stands, and the bot never learns where.
  discord.faults.next('POST', /callback$/, 'unanswered');
  const answered = await ada.types(channel, 'pql', { query });
  expect(answered.type).toBe('message');
  await kill(first);

  const second = await startBot(discord, folder);
  // The film is there, and the bot never learns that it is.
  discord.faults.next('PATCH', /messages/, 'unanswered', 100);
  await discord.until(() => films(ada, channel).length === 1, 90_000);
  await kill(second);

  discord.faults.clear();
  const [{ edits } = { edits: 0 }] = films(ada, channel);
  const third = await startBot(discord, folder);
  await discord.until(() => films(ada, channel).some((message) => message.edits > edits), 90_000);
  expect(ada.sees(channel)).toHaveLength(1);
  expect(films(ada, channel)[0]?.files).toHaveLength(1);
  third.process.kill('SIGTERM');
  expect((await third.ended).status).toBe(0);
});

test('many runs that end at once are delivered once each, through lost answers and within the limits of the channel', async () => {
  const { discord, ada, channel, folder } = await place();
  // As Discord counts edits in one channel, in a fifth of the time.
  discord.buckets.push({ method: 'PATCH', path: /^\/channels\/\d+\/messages\/\d+$/, limit: 5, window: 1000 });
  const running = await startBot(discord, folder);
  for (const fault of ['lost', { status: 502 }, { status: 429, retryAfter: 0.5 }] as const) {
    discord.faults.next('PATCH', /messages/, fault);
    discord.faults.next('POST', /callback$/, fault);
  }
  // The same work again and again: all but the first are recalled.
  const many = 10;
  for (let run = 0; run < many; run++) void ada.types(channel, 'pql', { query });
  await discord.until(() => films(ada, channel).length === many, 110_000);
  expect(ada.sees(channel).filter((message) => message.onlyFor === null)).toHaveLength(many);
  const groups = films(ada, channel).map((message) => Number(/\bg(\d+)\b/.exec(shown(message))?.[1]));
  expect(groups.sort((one, other) => one - other)).toEqual(Array.from({ length: many }, (_, at) => at + 1));
  expect(films(ada, channel).every(({ files }) => files.length === 1)).toBe(true);
  // The client knows the limit after the first answer, and keeps to it.
  const limited = discord.requests.filter(({ status }) => status === 429).length;
  expect(limited).toBeLessThanOrEqual(5);
  running.process.kill('SIGTERM');
  expect((await running.ended).status).toBe(0);
});
