import { expect, test } from 'vitest';

import { lookAtPublicPage } from '../../../bots/repl/doctor/public-page.ts';
import { readConfig } from '../../../engine/config.ts';

const looked = async (env: Record<string, string>) =>
  (await lookAtPublicPage(readConfig(env, '/srv').config)).map(({ state, found, why }) => [
    state,
    found,
    why,
  ]);

test('says nothing of a page that is not served', async () => {
  expect(await looked({ DISCORD_TOKEN: 't' })).toEqual([]);
});

test('says whose moderators answer', async () => {
  const PQL_WEB_WORKSPACE = 'discord:123456789012345678';
  expect(await looked({ PQL_WEB: '8080' })).toEqual([
    ['ok', 'the moderators of local answer', 'they are at the terminal of this machine'],
  ]);
  expect(await looked({ PQL_WEB: '8080', DISCORD_TOKEN: 't', PQL_WEB_WORKSPACE })).toEqual([
    ['ok', `the moderators of ${PQL_WEB_WORKSPACE} answer`, 'PQL_WEB_WORKSPACE says so'],
  ]);
});

test('warns where the moderators are in a chat and would see nothing', async () => {
  expect(await looked({ PQL_WEB: '8080', DISCORD_TOKEN: 't', SLACK_BOT_TOKEN: 'x' })).toEqual([
    [
      'warn',
      'the moderators of local answer',
      'they are at the terminal of this machine; moderators in Discord and Slack see it only where consent.channel was set there',
    ],
  ]);
});
