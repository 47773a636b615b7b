import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { botScopes } from '../../../bots/slack/scopes.ts';
import { putNetwork } from '../../fakes/network-in-home.ts';
import type { Human, SeenMessage } from '../../fakes/slack/person.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';
import type { Channel } from '../../fakes/slack/team.ts';
import { emptyFolder, type Running, runPql, startPql } from '../repl/spawn-pql.ts';

/** Starts the bot as whoever runs it would, and waits until Slack can reach it. */
async function startBot(slack: FakeSlack, folder: string): Promise<Running> {
  const running = startPql(['bot', 'slack', '--json'], folder, {
    env: {
      SLACK_BOT_TOKEN: slack.team.tokens.bot,
      SLACK_SIGNING_SECRET: slack.team.tokens.secret,
      SLACK_API_URL: slack.apiUrl,
      SLACK_LISTEN: '127.0.0.1:0',
    },
  });
  const ready = () => /"type":"in".*"address":"([^"]+)"/.exec(running.said().out)?.[1];
  await expect.poll(ready, { timeout: 60_000, interval: 50, message: running.said().err }).toBeDefined();
  slack.sender.address = ready()!;
  return running;
}

/** The newest message with a film, once there are so many. */
async function film(ada: Human, channel: Channel, count: number): Promise<SeenMessage> {
  const films = () => ada.sees(channel).filter(({ files }) => files.length > 0);
  await expect.poll(() => films().length, { timeout: 90_000, interval: 100 }).toBe(count);
  return films().at(-1)!;
}

/** The artifact with exactly these bytes. */
async function kept(folder: string, bytes: Uint8Array): Promise<Uint8Array | null> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const all = await readdir(join(folder, 'home/artifacts'), { recursive: true });
  const path = all.find((name) => name.includes(hash));
  return path === undefined ? null : readFile(join(folder, 'home/artifacts', path));
}

test('asks in a channel, watches, gets the film, enlarges it after a restart, deletes it, and asks moderators', async () => {
  const folder = await emptyFolder();
  await putNetwork(join(folder, 'home'));
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  onTestFinished(() => slack[Symbol.asyncDispose]());
  const ada = slack.person('Ada');
  const channel = slack.channel('films');
  slack.shareDelay = 300;
  // Slack stands on this very machine, where nothing may be fetched from unless an admin says so.
  const allowed = await runPql(['-c', `SET egress.allow "${new URL(slack.apiUrl).host}"`], folder);
  expect(allowed.status).toBe(0);
  const first = await startBot(slack, folder);

  // As a phone types it: curly quotes, a mention, an ampersand.
  const heard = await ada.types(
    channel,
    'GENERATE “fog &amp; a boat” DURATION 500ms SIZE 96x64 FPS 12fps SEED 5',
  );
  expect(heard).toMatchObject({ acknowledged: true, body: null });
  await expect.poll(() => ada.sees(channel).length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(ada.sees(channel)[0]).toMatchObject({
    alone: false,
    text: expect.stringContaining('Ada asked for'),
  });

  const made = await film(ada, channel, 1);
  // The card that ran is gone.
  await expect.poll(() => ada.sees(channel).length, { timeout: 20_000 }).toBe(1);
  expect(made.text).toContain('GENERATE "fog & a boat"');
  expect(made.pings).toEqual([]);
  expect(await kept(folder, made.files[0]!.bytes!)).toEqual(Buffer.from(made.files[0]!.bytes!));
  const labels = made.buttons.map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(['Upscale 2x', 'Delete']));

  first.process.kill('SIGKILL');
  await first.ended;
  const second = await startBot(slack, folder);
  expect(await ada.presses(channel, 'Upscale 2x', made)).toMatchObject({ acknowledged: true });
  const enlarged = await film(ada, channel, 2);
  expect(enlarged.text).toContain('ENHANCE v1 UPSCALE 2x');
  expect(await kept(folder, enlarged.files[0]!.bytes!)).toEqual(Buffer.from(enlarged.files[0]!.bytes!));
  expect(enlarged.files[0]!.bytes).not.toEqual(made.files[0]!.bytes);

  // The film as it left, signed, comes back in a thread: it is what it was, and its work is recalled there.
  const talk = ada.writes(channel, 'what do you think?');
  const attached = ada.writes(channel, '', [{ name: 'boat.mp4', bytes: made.files[0]!.bytes! }], talk.ts);
  await ada.chooses('message-enhance-this-video', attached);
  await expect
    .poll(
      () =>
        ada
          .sees(channel, talk.ts)
          .filter(({ message, files }) => message.user !== ada.id && files.length > 0),
      {
        timeout: 60_000,
      },
    )
    .toMatchObject([
      {
        thread: talk.ts,
        text: expect.stringMatching(/ENHANCE v1 UPSCALE 2x[\s\S]*Everything was made before and recalled/),
      },
    ]);
  slack.team.messages = slack.team.messages.filter(
    (message) => message.thread === null && message.ts !== talk.ts,
  );

  // Others may look, and no more.
  const bob = slack.person('Bob');
  await bob.presses(channel, 'Delete', enlarged);
  await expect.poll(() => bob.sees(channel).filter(({ alone }) => alone).length).toBe(1);

  await bob.chooses('message-report-or-opt-out', made.message);
  await expect.poll(() => bob.window()?.title, { timeout: 10_000 }).toBe('Report or opt out');
  await bob.sends({ 'Who is shown?': 'Jane Roe' });
  const told = () => bob.sees(channel).find(({ text }) => text.includes('asks a moderator to look at v1'));
  await expect.poll(() => told()?.alone, { timeout: 10_000 }).toBe(true);

  await ada.presses(channel, 'Delete', enlarged);
  const question = () => ada.sees(channel).find(({ alone, buttons }) => alone && buttons.length > 0);
  await expect.poll(question, { timeout: 20_000 }).toBeDefined();
  await ada.presses(channel, question()!.buttons[0]!.label, question());
  await film(ada, channel, 1);
  expect([...slack.team.files.keys()]).not.toContain(enlarged.files[0]!.id);
  await expect.poll(() => kept(folder, enlarged.files[0]!.bytes!), { timeout: 20_000 }).toBeNull();

  // Moderators are asked where only they read.
  const root = slack.person('Root', { admin: true });
  const desk = slack.channel('moderators', { kind: 'private' });
  const alone = (text: string) =>
    expect
      .poll(() => root.sees(desk).findLast((each) => each.alone)?.text, { timeout: 20_000 })
      .toContain(text);
  await root.types(desk, `SET consent.channel <#${channel.id}|films>`);
  await alone('everybody can read this channel');
  await root.types(desk, `SET consent.channel <#${desk.id}|moderators>`);
  await alone('consent.channel is');
  await ada.types(channel, 'CLAIM NAMESAKE “Donald Trump” FOR “Donald Trump the plumber”');
  const request = () => root.sees(desk).find(({ alone, text }) => !alone && text.includes('Donald Trump'));
  await expect.poll(() => request()?.text, { timeout: 20_000 }).toContain('Is this another Donald Trump?');
  await root.presses(desk, 'Deny…', request());
  await expect.poll(() => root.window()?.title, { timeout: 20_000 }).toMatch(/^Deny r\d$/);
  await root.sends({ 'Why?': 'it is no plumber' });
  await expect
    .poll(() => request()?.text, { timeout: 20_000 })
    .toMatch(/denied · namesake[\s\S]*Denied by Root[\s\S]*it is no plumber/);
  expect(request()).toMatchObject({ buttons: [], pings: [] });

  second.process.kill('SIGTERM');
  const ended = await second.ended;
  expect({ status: ended.status, err: ended.err }).toEqual({ status: 0, err: '' });
  expect(ended.out).toContain('"type":"gone"');
  for (const secret of Object.values(slack.team.tokens)) {
    expect(ended.out + ended.err).not.toContain(secret);
    expect(await readFile(join(folder, 'home/pql.log'), 'utf8').catch(() => '')).not.toContain(secret);
  }
});
