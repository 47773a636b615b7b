import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { lookAtSlack } from '../../../bots/repl/doctor/slack.ts';
import { lookAtWorkspaces } from '../../../bots/repl/doctor/slack-installing.ts';
import { botScopes } from '../../../bots/slack/scopes.ts';
import { readConfig } from '../../../engine/config.ts';
import { openHome } from '../../../engine/home.ts';
import { type Installation, openInstallations } from '../../../engine/installations/installations.ts';
import { slackSecret } from '../../../engine/installations/secret.ts';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import { freshDatabase } from '../../fakes/database.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';
import { emptyFolder } from './spawn-pql.ts';

let slack: FakeSlack;
let home: string;
beforeEach(async () => {
  home = join(await emptyFolder(), 'home');
  slack = await fakeSlack({ scopes: Object.keys(botScopes) });
});
afterEach(() => slack[Symbol.asyncDispose]());

async function look(env: Readonly<Record<string, string>>) {
  const { config } = readConfig({ SLACK_API_URL: slack.apiUrl, PQL_HOME: home, ...env }, '/');
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

const app = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'of the client', SLACK_SIGNING_SECRET: 'x' };

test('says where an app is installed by whoever wants it, and makes no home for that', async () => {
  expect(await look(app)).toMatchObject([
    { state: 'problem', why: expect.stringContaining('PQL_PUBLIC_URL is no https:// address') },
    { state: 'ok' },
  ]);
  const env = { ...app, PQL_PUBLIC_URL: 'https://films.example.org' };
  expect(await look(env)).toMatchObject([
    {
      state: 'ok',
      found: 'in 0 workspaces; others install it at https://films.example.org/slack/install',
      why: 'none has installed it yet',
    },
    { state: 'ok', found: 'HTTP at 127.0.0.1:3000' },
  ]);
  expect(await stat(home).catch(() => null)).toBeNull();
  expect(await look({ ...env, SLACK_APP_TOKEN: slack.team.tokens.app })).toMatchObject([
    { state: 'problem', why: expect.stringContaining('over HTTP') },
    { state: 'ok' },
  ]);
});

test('finds the workspaces in the home, and does not disturb who holds it', async () => {
  const held = await openHome(home, { template: () => freshDatabase() });
  const store = await held.openStore();
  await migrate(store, await readMigrations());
  await openInstallations(store, await slackSecret(home, null)).put({
    ...kept(),
    token: slack.team.tokens.bot,
  });
  await store[Symbol.asyncDispose]();
  const env = { ...app, PQL_PUBLIC_URL: 'https://films.example.org' };
  expect((await look(env))[0]).toMatchObject({
    state: 'warn',
    todo: expect.stringContaining('to try the tokens'),
  });
  await held[Symbol.asyncDispose]();
  expect((await look(env))[0]).toMatchObject({
    state: 'ok',
    found: expect.stringContaining('in 1 workspace;'),
    why: 'their tokens may do all that is needed',
  });
});

test('says whom it is open to, and who installed it and is not among them', async () => {
  const token = slack.team.tokens.bot;
  const only = { SLACK_WORKSPACES: 'T0OTHERS' };
  expect(await look({ SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: 'x', ...only })).toMatchObject([
    { state: 'problem', why: 'SLACK_WORKSPACES does not name the workspace of SLACK_BOT_TOKEN' },
  ]);
  const env = { ...app, PQL_PUBLIC_URL: 'https://films.example.org', ...only };
  expect((await look(env))[0]).toMatchObject({
    state: 'ok',
    found:
      'in 0 workspaces; 1 that SLACK_WORKSPACES names may install it at https://films.example.org/slack/install',
  });
  const workspaces = ['T0OTHERS'];
  expect(
    await lookAtWorkspaces([{ ...kept(), token, sealed: '' }], { apiUrl: slack.apiUrl, workspaces }, ''),
  ).toMatchObject({
    state: 'warn',
    why: `harbour (${slack.team.id}) installed it, but SLACK_WORKSPACES does not name it: nobody is answered there`,
  });
});

test('tries the tokens of the workspaces that installed an app', async () => {
  const tried = (token: string | null) =>
    lookAtWorkspaces([{ ...kept(), token, sealed: '' }], { apiUrl: slack.apiUrl, workspaces: null }, '');
  slack.team.scopes.delete('files:write');
  expect(await tried(slack.team.tokens.bot)).toMatchObject({
    state: 'warn',
    why: `harbour (${slack.team.id}): the token lacks files:write`,
  });
  expect(await tried('xoxb-gone')).toMatchObject({
    state: 'warn',
    why: expect.stringContaining('invalid_auth'),
  });
  expect(await tried(null)).toMatchObject({
    state: 'problem',
    why: `the tokens of harbour (${slack.team.id}) were sealed with another PQL_SLACK_SECRET`,
  });
});

function kept(): Omit<Installation, 'token'> {
  const about = { app: 'A1', bot: 'B1', botUser: 'U1', by: 'U2', scopes: [] };
  return { ...about, team: slack.team.id, name: 'harbour' };
}
