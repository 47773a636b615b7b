import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chatCommands, messageCommands } from '../../bots/presenter/commands.ts';
import { type SlackBot, startSlackBot } from '../../bots/slack/bot.ts';
import { openClient } from '../../bots/slack/clients.ts';
import { createMembers } from '../../bots/slack/names.ts';
import { createSurface } from '../../bots/slack/surface.ts';
import { catalogue } from '../../dsl/catalogue.ts';
import { steps, view } from '../contracts/surface.ts';
import { fakeChat } from '../fakes/chat.ts';
import { openMemoryStore } from '../fakes/database.ts';
import type { Human } from '../fakes/slack/person.ts';
import { quietLogger } from '../fakes/slack/quiet-logger.ts';
import { oneTeam } from '../fakes/slack/scripted-bot.ts';
import { type FakeSlack, fakeSlack } from '../fakes/slack/slack.ts';
import type { Channel } from '../fakes/slack/team.ts';
import type { Measured } from './measured.ts';

/** How soon Slack hears of what people say, all at once; and what delivering many films does to memory. */
export async function bench(): Promise<Measured[]> {
  return [...(await acknowledgements()), ...(await deliveries())];
}

const people = 50;
/** Together with the first few, fewer posts than Slack takes of a workspace in a minute: nobody keeps the cards here that would have to wait. */
const rounds = 5;

/** The presenter and the database are the real ones; Slack, the people and both ends of each request share the processor with them. */
async function acknowledgements(): Promise<Measured[]> {
  const store = await openMemoryStore();
  const { presenter } = await fakeChat(store);
  const slack = await fakeSlack();
  const bot = await startBot(slack, presenter);
  slack.sender.address = bot.address;
  const everybody = Array.from({ length: people }, (_, index) => slack.person(`P${index}`));
  const channels = everybody.map((_, index) => slack.channel(`c${index}`));
  const took: number[] = [];
  const seen: number[] = [];
  try {
    await warmUp(everybody[0]!, channels[0]!);
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now();
      const commands = everybody.map(async (person, index) => {
        const { id } = channels[index]!;
        const cards = () => slack.team.messages.reduce((sum, { channel }) => sum + Number(channel === id), 0);
        const before = cards();
        const heard = await person.types(channels[index]!, `GENERATE "fog ${round} ${index}" DURATION 2s`);
        if (!heard.acknowledged) throw new Error(`not acknowledged: ${heard.status}`);
        took.push(heard.took);
        while (cards() === before) await new Promise((resolve) => setTimeout(resolve, 20));
        seen.push(performance.now() - begun);
      });
      await Promise.all(commands);
    }
  } finally {
    await bot.stop(1000);
    await slack[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  }
  const unit = 'ms';
  const against = `${rounds} times ${people} commands at once`;
  return [
    {
      name: 'Slack: command → acknowledged, p99',
      value: quantile(took, 0.99),
      unit,
      goal: '<= 1000',
      against,
    },
    {
      name: 'Slack: command → card in the channel, p50',
      value: quantile(seen, 0.5),
      unit,
      goal: 'as measured',
      against,
    },
    {
      name: 'Slack: command → card in the channel, p99',
      value: quantile(seen, 0.99),
      unit,
      goal: 'as measured',
      against,
    },
  ];
}

/** What is loaded and compiled with the first is not told again. */
async function warmUp(person: Human, channel: Channel): Promise<void> {
  for (let round = 1; round <= 3; round++) {
    await person.types(channel, `GENERATE "first ${round}" DURATION 2s`);
    while (person.sees(channel).length < round) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const films = 100;
const filmBytes = 10_000_000;

/** Films of 10 MB, one after the other, which nobody keeps. */
async function deliveries(): Promise<Measured[]> {
  const slack = await fakeSlack({ uploads: 'counted' });
  const channel = slack.channel('films').id;
  const folder = await mkdtemp(join(tmpdir(), 'watchai-bench-'));
  const path = join(folder, 'film.mp4');
  await writeFile(path, Buffer.alloc(filmBytes, 7));
  const client = openClient(slack.team.tokens.bot, slack.apiUrl, quietLogger);
  const member = createMembers(client, { now: Date.now });
  const surface = createSurface({ client, editing: client, member });
  const file = { path, name: 'film.mp4', bytes: filmBytes, contentType: 'video/mp4', hash: 'a'.repeat(64) };
  let early = 0;
  const begun = performance.now();
  try {
    for (let film = 0; film < films; film++) {
      const posted = await surface.postNew({ channel, thread: null, message: null }, view(), `card-${film}`);
      await surface.finish(posted, view(), file, `end-${film}`, steps());
      if (film === films / 10) early = rss();
    }
    const sent = slack.uploads.reduce((sum, { bytes }) => sum + bytes, 0);
    if (sent !== films * filmBytes) throw new Error(`${sent} bytes came in`);
    const each = (performance.now() - begun) / films;
    return [
      { name: 'Slack: a film of 10 MB delivered', value: each, unit: 'ms', goal: 'as measured' },
      {
        name: `Slack: memory after ${films} films of 10 MB, against ${films / 10}`,
        value: rss() / early,
        unit: '×',
        goal: '<= 1.1',
      },
    ];
  } finally {
    await slack[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startBot(
  slack: FakeSlack,
  presenter: Awaited<ReturnType<typeof fakeChat>>['presenter'],
): Promise<SlackBot> {
  return startSlackBot({
    way: { type: 'http', signingSecret: slack.team.tokens.secret, host: '127.0.0.1', port: 0 },
    where: await oneTeam(slack),
    ...{ apiUrl: slack.apiUrl, presenter, messageCommands, logger: quietLogger },
    commands: chatCommands(catalogue),
    now: Date.now,
    trouble: (message, cause) => process.stderr.write(`${message}: ${cause}\n`),
  });
}

function rss(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

function quantile(values: number[], at: number): number {
  const sorted = values.sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))]!;
}
