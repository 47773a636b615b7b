import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReplays, isOfNow } from '../../../bots/slack/request-window.ts';
import { botScopes } from '../../../bots/slack/scopes.ts';
import { view } from '../../contracts/surface.ts';
import type { Human } from '../../fakes/slack/person.ts';
import { type ScriptedBot, scriptedBot } from '../../fakes/slack/scripted-bot.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';
import type { Channel } from '../../fakes/slack/team.ts';

let slack: FakeSlack;
let ada: Human;
let channel: Channel;
let bots: ScriptedBot[] = [];

beforeEach(async () => {
  slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  ada = slack.person('Ada');
  channel = slack.channel('films');
});

afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop(1000)));
  bots = [];
  await slack[Symbol.asyncDispose]();
});

async function open(options: Parameters<typeof scriptedBot>[2] = {}): Promise<ScriptedBot> {
  const bot = await scriptedBot(slack, () => ({ type: 'accepted', card: 1, view: view() }), options);
  bots.push(bot);
  return bot;
}

test.each([
  ['another secret', { secret: 'f'.repeat(32) }],
  ['a time stamp of six minutes ago', { skew: -360 }],
  ['a time stamp in six minutes', { skew: 360 }],
] as const)('refuses a request with %s', async (_, options) => {
  const { asks } = await open();
  expect(await ada.types(channel, 'HELP', options)).toMatchObject({ acknowledged: false, status: 401 });
  expect(asks).toEqual([]);
});

test.each([-240, 240])('takes a request whose clock is %i s off', async (skew) => {
  const { asks } = await open();
  expect(await ada.types(channel, 'HELP', { skew })).toMatchObject({ acknowledged: true });
  await expect.poll(() => asks.length).toBe(1);
});

test('hears a request once that is sent again to the letter', async () => {
  const { asks } = await open();
  await ada.types(channel, 'GENERATE "fog"');
  const [request] = slack.sender.sent;
  for (let times = 0; times < 3; times++)
    expect(await slack.sender.replay(request!)).toMatchObject({ acknowledged: true, body: null });
  await expect.poll(() => ada.sees(channel).length).toBe(1);
  expect(asks).toHaveLength(1);
});

test('hears a request once that two processes are sent', async () => {
  const heard = new Set<string>();
  const first = await open({ heard });
  const second = await open({ heard });
  slack.sender.address = first.address;
  await ada.types(channel, 'GENERATE "fog"');
  slack.sender.address = second.address;
  expect(await slack.sender.replay(slack.sender.sent[0]!)).toMatchObject({ acknowledged: true });
  await expect.poll(() => ada.sees(channel).length).toBe(1);
  expect([first.asks.length, second.asks.length]).toEqual([1, 0]);
});

test('answers nobody of another workspace', async () => {
  const { asks } = await open();
  expect(await ada.types(channel, 'SHOW VIDEOS', { team: 'T0OTHER' })).toMatchObject({ acknowledged: true });
  await expect
    .poll(() => ada.sees(channel).map(({ text, alone }) => [text, alone]))
    .toEqual([['I answer the members of one workspace only, and that is another one.', true]]);
  expect(asks).toEqual([]);
});

test('asks for a time stamp of about now, whichever side it is off to', () => {
  const now = 1_800_000_000_000;
  const at = (seconds: number | string) => ({ 'x-slack-request-timestamp': String(seconds) });
  expect(isOfNow(at(1_800_000_000), now)).toBe(true);
  expect(isOfNow(at(1_800_000_300), now)).toBe(true);
  expect(isOfNow(at(1_800_000_301), now)).toBe(false);
  expect(isOfNow(at(1_799_999_699), now)).toBe(false);
  expect(isOfNow(at('1e9'), now)).toBe(false);
  expect(isOfNow(at(''), now)).toBe(false);
});

test('forgets signatures once they would not be believed again', () => {
  let now = 0;
  const again = createReplays(() => now);
  expect([again('a'), again('b'), again('a')]).toEqual([false, false, true]);
  now = 601_000;
  expect([again('c'), again('a')]).toEqual([false, false]);
});

test('comes back after each connection that is cut, and misses nothing meanwhile', async () => {
  const { asks } = await open({ way: 'socket' });
  expect(slack.sockets.open()).toBe(2);
  slack.sockets.cut();
  await expect.poll(() => slack.sockets.open()).toBe(1);
  expect(await ada.types(channel, 'HELP')).toMatchObject({ acknowledged: true });
  await expect.poll(() => slack.sockets.open(), { timeout: 5000 }).toBe(2);
  slack.sockets.refresh();
  await expect
    .poll(() => slack.calls.filter(({ method }) => method === 'apps.connections.open').length)
    .toBe(4);
  await expect.poll(() => slack.sockets.open(), { timeout: 5000 }).toBe(2);
  expect(await ada.types(channel, 'HELP')).toMatchObject({ acknowledged: true });
  await expect.poll(() => asks.length).toBe(2);
});

test('keeps trying while Slack gives no address for a connection', async () => {
  await open({ way: 'socket' });
  slack.faults.add('apps.connections.open', { type: 'down', status: 503 }, 2);
  slack.sockets.cut();
  await expect.poll(() => slack.sockets.open(), { timeout: 10_000 }).toBe(2);
});

test('does not begin with a token that Slack refuses', async () => {
  slack.faults.add('apps.connections.open', { type: 'refused', error: 'invalid_auth' }, 2);
  await expect(open({ way: 'socket' })).rejects.toThrow('invalid_auth');
});
