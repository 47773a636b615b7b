import { expect, onTestFinished, test } from 'vitest';

import { botScopes } from '../../bots/slack/scopes.ts';
import { emptyFolder, type Running, startPql } from '../bots/repl/spawn-pql.ts';
import type { Human } from '../fakes/slack/person.ts';
import { type FakeSlack, fakeSlack } from '../fakes/slack/slack.ts';
import type { Channel } from '../fakes/slack/team.ts';

async function place(): Promise<{ slack: FakeSlack; ada: Human; channel: Channel; folder: string }> {
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  onTestFinished(() => slack[Symbol.asyncDispose]());
  return { slack, ada: slack.person('Ada'), channel: slack.channel('films'), folder: await emptyFolder() };
}

async function startBot(slack: FakeSlack, folder: string): Promise<Running> {
  const { bot, app } = slack.team.tokens;
  const env = { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: slack.apiUrl };
  const running = startPql(['bot', 'slack'], folder, { env });
  await expect.poll(() => running.said().out, { timeout: 60_000, interval: 50 }).toContain('in Slack');
  return running;
}

const films = (ada: Human, channel: Channel) => ada.sees(channel).filter(({ files }) => files.length > 0);
const clip = 'GENERATE "fog" DURATION 250ms SIZE 64x64 FPS 12fps SEED 5';

test('a bot that is killed between upload and share delivers its film once, after it is started again', async () => {
  const { slack, ada, channel, folder } = await place();
  const first = await startBot(slack, folder);
  // Slack shares the file, and the answer never comes.
  slack.faults.add('files.completeUploadExternal', { type: 'held' });
  await ada.types(channel, clip);
  await expect.poll(() => films(ada, channel).length, { timeout: 60_000, interval: 20 }).toBe(1);
  first.process.kill('SIGKILL');
  await first.ended;
  const second = await startBot(slack, folder);
  // Once the card that ran is gone, all is said.
  await expect.poll(() => ada.sees(channel).length, { timeout: 90_000, interval: 100 }).toBe(1);
  expect(films(ada, channel)).toHaveLength(1);
  expect(slack.uploads).toHaveLength(1);
  second.process.kill('SIGTERM');
  expect((await second.ended).status).toBe(0);
});

test('many runs that end at once are delivered once each and in order, through lost answers and limits', async () => {
  const { slack, ada, channel, folder } = await place();
  const running = await startBot(slack, folder);
  // What follows is recalled, so that runs end in the order in which they were asked for.
  await ada.types(channel, clip);
  await expect.poll(() => films(ada, channel).length, { timeout: 60_000, interval: 20 }).toBe(1);
  for (const [method, faults] of Object.entries({
    'chat.postMessage': ['lost', 'limited'],
    'files.completeUploadExternal': ['lost', 'limited'],
    upload: ['down'],
    'chat.delete': ['lost'],
  }))
    for (const fault of faults) slack.faults.add(method, faultOf(fault));
  const many = 8;
  for (let run = 1; run < many; run++) await ada.types(channel, clip);
  await expect.poll(() => films(ada, channel).length, { timeout: 110_000, interval: 100 }).toBe(many);
  await expect.poll(() => ada.sees(channel).length, { timeout: 60_000, interval: 100 }).toBe(many);
  const groups = films(ada, channel).map(({ text }) => Number(/\bg(\d+)\b/.exec(text)?.[1]));
  expect(groups).toEqual(Array.from({ length: many }, (_, index) => index + 1));
  running.process.kill('SIGTERM');
  expect((await running.ended).status).toBe(0);
});

function faultOf(type: string) {
  if (type === 'limited') return { type, seconds: 1 } as const;
  return type === 'lost' ? ({ type } as const) : ({ type: 'down', status: 503 } as const);
}
