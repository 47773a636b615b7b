import { afterEach, beforeEach, expect, test } from 'vitest';

import { lookAtSlack } from '../../../bots/repl/doctor/slack.ts';
import { botScopes } from '../../../bots/slack/scopes.ts';
import { readConfig } from '../../../engine/config.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await fakeSlack({ scopes: Object.keys(botScopes) });
});
afterEach(() => slack[Symbol.asyncDispose]());

async function look(env: Readonly<Record<string, string>>) {
  const { config } = readConfig({ SLACK_API_URL: slack.apiUrl, ...env }, '/');
  const found = await lookAtSlack(config);
  for (const { bot, app, secret } of [slack.team.tokens])
    for (const token of [bot, app, secret]) expect(JSON.stringify(found)).not.toContain(token);
  return found;
}

test('says nothing of Slack where nothing is set', async () => {
  expect(await look({})).toEqual([]);
});

test('names the workspace, and how Slack reaches us', async () => {
  const { bot, app, secret } = slack.team.tokens;
  expect(await look({ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app })).toMatchObject([
    { state: 'ok', found: `harbour (${slack.team.id})` },
    { state: 'ok', found: 'Socket Mode' },
  ]);
  expect(await look({ SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret })).toMatchObject([
    { state: 'ok' },
    { state: 'ok', found: 'HTTP at 127.0.0.1:3000' },
  ]);
  expect(
    await look({ SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret, SLACK_LISTEN: '0.0.0.0:80' }),
  ).toMatchObject([{ state: 'ok' }, { state: 'warn', found: 'HTTP at 0.0.0.0:80' }]);
});

test('names scopes that are missing', async () => {
  slack.team.scopes.delete('files:write');
  expect(await look({ SLACK_BOT_TOKEN: slack.team.tokens.bot, SLACK_SIGNING_SECRET: 'x' })).toMatchObject([
    {
      state: 'problem',
      why: 'the token lacks files:write',
      todo: expect.stringContaining('install the app anew'),
    },
    { state: 'ok' },
  ]);
});

test('says what Slack has against a token', async () => {
  const { bot, app } = slack.team.tokens;
  expect(await look({ SLACK_BOT_TOKEN: 'xoxb-other-one' })).toMatchObject([
    { state: 'problem', why: 'Slack says of SLACK_BOT_TOKEN: invalid_auth' },
  ]);
  expect(await look({ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: bot })).toMatchObject([
    { state: 'ok' },
    { state: 'problem', why: expect.stringContaining('SLACK_APP_TOKEN: not_allowed_token_type') },
  ]);
  expect(await look({ SLACK_APP_TOKEN: app })).toMatchObject([{ state: 'problem', found: 'no token' }]);
  expect(await look({ SLACK_BOT_TOKEN: bot })).toMatchObject([
    { state: 'ok' },
    { state: 'problem', found: 'no way in' },
  ]);
});
