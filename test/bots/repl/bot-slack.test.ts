import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { botScopes } from '../../../bots/slack/scopes.ts';
import { openBrowser } from '../../fakes/slack/browser.ts';
import { fakeSlack } from '../../fakes/slack/slack.ts';
import { emptyFolder, runPql, startPql } from './spawn-pql.ts';

async function slackHere() {
  const slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  onTestFinished(() => slack[Symbol.asyncDispose]());
  const { bot, app, secret } = slack.team.tokens;
  const env = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: bot };
  return {
    slack,
    env,
    socket: { ...env, SLACK_APP_TOKEN: app },
    http: { ...env, SLACK_SIGNING_SECRET: secret },
  };
}

test('prints the manifest, for Socket Mode and for an address', async () => {
  const folder = await emptyFolder();
  const socket = await runPql(['bot', 'slack', '--manifest'], folder);
  expect(JSON.parse(socket.out)).toMatchObject({ settings: { socket_mode_enabled: true } });
  const http = await runPql(['bot', 'slack', '--manifest', '--url', 'https://films.example.org'], folder);
  expect(JSON.parse(http.out)).toMatchObject({
    settings: { interactivity: { request_url: 'https://films.example.org/slack/events' } },
  });
  const wrong = await runPql(['bot', 'slack', '--manifest', '--url', 'films.example.org'], folder);
  expect(wrong).toMatchObject({ status: 2, out: '' });
  expect(wrong.err).toContain('say --url https://films.example.org');
});

test('says which variable is missing, or refused', async () => {
  const folder = await emptyFolder();
  const { env, socket } = await slackHere();
  const missing = await runPql(['bot', 'slack'], folder);
  expect(missing).toMatchObject({
    status: 2,
    err: expect.stringContaining('neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID'),
  });
  const noWay = await runPql(['bot', 'slack'], folder, { env });
  expect(noWay.err).toContain('neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set');
  const other = await runPql(['bot', 'slack'], folder, {
    env: { ...socket, SLACK_BOT_TOKEN: 'xoxb-not-this-one' },
  });
  expect(other).toMatchObject({
    status: 1,
    err: expect.stringContaining('Slack says of SLACK_BOT_TOKEN: invalid_auth'),
  });
  expect(other.err).not.toContain('xoxb-not-this-one');
});

test('serves whoever installs the app, where it is reached by https', async () => {
  const { slack } = await slackHere();
  const { clientId: id, clientSecret, signingSecret } = slack.app;
  const env = {
    ...{ SLACK_API_URL: slack.apiUrl, SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: clientSecret },
    ...{ SLACK_SIGNING_SECRET: signingSecret, SLACK_LISTEN: '127.0.0.1:0' },
  };
  const folder = await emptyFolder();
  const nowhere = await runPql(['bot', 'slack'], folder, { env });
  expect(nowhere).toMatchObject({ status: 2, err: expect.stringContaining('PQL_PUBLIC_URL is no https://') });
  const publicUrl = 'https://films.example.org';
  slack.app.redirectUrls.push(`${publicUrl}/slack/oauth_redirect`);
  const running = startPql(['bot', 'slack', '--no-work', '--json'], folder, {
    env: { ...env, PQL_PUBLIC_URL: publicUrl },
  });
  await expect.poll(() => running.said().out, { timeout: 60_000 }).toContain('"type":"in"');
  const said = JSON.parse(running.said().out.split('\n')[0]!);
  expect(said).toMatchObject({ type: 'in', workspaces: 0, install: `${publicUrl}/slack/install` });
  const valley = slack.workspace('valley');
  const browser = openBrowser(slack.app, said.address, new URL(slack.apiUrl).origin);
  expect(await browser.installs(valley)).toMatchObject({ status: 200 });
  slack.sender.address = said.address;
  const ada = valley.person('Ada');
  const channel = valley.channel('films');
  expect(await ada.types(channel, 'SHOW GROUPS')).toMatchObject({ acknowledged: true });
  await expect.poll(() => ada.sees(channel).length, { timeout: 30_000 }).toBe(1);
  running.process.kill('SIGTERM');
  const ended = await running.ended;
  expect(ended).toMatchObject({ status: 0, err: '' });
  const log = await readFile(join(folder, 'home/pql.log'), 'utf8').catch(() => '');
  for (const secret of [valley.team.tokens.bot, clientSecret, signingSecret])
    expect(ended.out + log).not.toContain(secret);
});

test('says that its address is taken', async () => {
  const { http } = await slackHere();
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const listen = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const done = await runPql(['bot', 'slack'], await emptyFolder(), {
    env: { ...http, SLACK_LISTEN: listen },
  });
  expect(done).toMatchObject({ status: 1, err: expect.stringContaining(`${listen} is in use`) });
});

test('waits for a Slack that does not answer yet, and can be stopped meanwhile', async () => {
  const { slack, socket } = await slackHere();
  slack.faults.add('auth.test', { type: 'down', status: 503 }, 30);
  const folder = await emptyFolder();
  const early = startPql(['bot', 'slack'], folder, { env: socket });
  await expect
    .poll(() => early.said().out, { timeout: 60_000 })
    .toContain('Slack does not answer; trying again');
  early.process.kill('SIGTERM');
  expect(await early.ended).toMatchObject({ status: 0, err: '' });

  slack.faults.clear();
  slack.faults.add('auth.test', { type: 'down', status: 503 });
  const running = startPql(['bot', 'slack'], folder, { env: socket });
  await expect
    .poll(() => running.said().out, { timeout: 60_000 })
    .toContain('in Slack, in harbour, by Socket Mode');
  expect(slack.sockets.open()).toBe(2);
  running.process.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ status: 0, out: expect.stringMatching(/gone\n$/) });
});
