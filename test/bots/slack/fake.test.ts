import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openClient, type SlackClient } from '../../../bots/slack/clients.ts';
import { refusalOf } from '../../../bots/slack/trouble.ts';
import { checkBlocks } from '../../fakes/slack/check-blocks.ts';
import { checkView } from '../../fakes/slack/check-view.ts';
import { quietLogger } from '../../fakes/slack/quiet-logger.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';

const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) });
const button = (more: object) => ({ type: 'button', text: text(3), action_id: 'a', ...more });
const actions = (...elements: object[]) => [{ type: 'actions', elements }];
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ text: text(3), value: String(index) }));

test.each<[string, unknown]>([
  ['fifty-one blocks', Array(51).fill({ type: 'divider' })],
  ['a kind that is none', [{ type: 'film' }]],
  ['a field that is none', [{ type: 'divider', colour: 'red' }]],
  ['a section with nothing', [{ type: 'section' }]],
  ['a section of 3,001', [{ type: 'section', text: text(3001) }]],
  ['an empty text', [{ type: 'section', text: text(0) }]],
  ['a header of 151', [{ type: 'header', text: text(151) }]],
  ['a header in mrkdwn', [{ type: 'header', text: text(10, 'mrkdwn') }]],
  ['eleven fields', [{ type: 'section', fields: Array(11).fill(text(1)) }]],
  [
    'twenty-six buttons',
    actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` }))),
  ],
  ['no buttons', actions()],
  ['a button text of 76', actions(button({ text: text(76) }))],
  ['a value of 2,001', actions(button({ value: 'x'.repeat(2001) }))],
  ['an action_id of 256', actions(button({ action_id: 'x'.repeat(256) }))],
  ['an action_id twice', actions(button({}), button({}))],
  ['a style that is none', actions(button({ style: 'secondary' }))],
  ['an address that is none', actions(button({ url: 'films' }))],
  [
    'a block_id twice',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
  ],
  ['an input', [{ type: 'input', label: text(3), element: { type: 'plain_text_input' } }]],
  ['eleven in a context', [{ type: 'context', elements: Array(11).fill(text(1)) }]],
  [
    'rich text with an empty text',
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
      },
    ],
  ],
  [
    'a mention in code',
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }],
      },
    ],
  ],
])('refuses a message with %s', (_, blocks) => {
  expect(checkBlocks(blocks, 'message')).not.toEqual([]);
});

const modal = (more: object) => ({ type: 'modal', title: text(3), blocks: [], ...more });
const asks = (element: object) => [
  { type: 'input', label: text(3), element: { action_id: 'a', ...element } },
];

test.each<[string, unknown]>([
  ['a title of 25', modal({ title: text(25) })],
  ['inputs and no submit', modal({ blocks: asks({ type: 'plain_text_input' }) })],
  ['private_metadata of 3,001', modal({ private_metadata: 'x'.repeat(3001) })],
  ['101 blocks', modal({ blocks: Array(101).fill({ type: 'divider' }) })],
  ['101 options', modal({ submit: text(2), blocks: asks({ type: 'static_select', options: choices(101) }) })],
  ['no options', modal({ submit: text(2), blocks: asks({ type: 'static_select', options: [] }) })],
  [
    'a choice that is none',
    modal({
      submit: text(2),
      blocks: asks({
        type: 'static_select',
        options: choices(2),
        initial_option: { text: text(3), value: '9' },
      }),
    }),
  ],
  [
    'a list from elsewhere without a name',
    modal({ submit: text(2), blocks: asks({ type: 'external_select', action_id: undefined }) }),
  ],
  [
    'a text of 76 chosen beforehand',
    modal({
      submit: text(2),
      blocks: asks({ type: 'external_select', initial_option: { text: text(76), value: 'a' } }),
    }),
  ],
  [
    'a list that begins before nothing is typed',
    modal({ submit: text(2), blocks: asks({ type: 'external_select', min_query_length: -1 }) }),
  ],
  [
    'a list of which nothing may be chosen',
    modal({ submit: text(2), blocks: asks({ type: 'multi_external_select', max_selected_items: 0 }) }),
  ],
  [
    'max_length 3,001',
    modal({ submit: text(2), blocks: asks({ type: 'plain_text_input', max_length: 3001 }) }),
  ],
])('refuses a window with %s', (_, view) => {
  expect(checkView(view, 'modal')).not.toEqual([]);
});

let slack: FakeSlack;
let client: SlackClient;

beforeEach(async () => {
  slack = await fakeSlack();
  client = openClient(slack.team.tokens.bot, slack.apiUrl, quietLogger);
});
afterEach(() => slack[Symbol.asyncDispose]());

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => refusalOf(error),
  );

test('refuses other tokens, and methods for which the scope is missing', async () => {
  expect(await codeOf(openClient('xoxb-other', slack.apiUrl, quietLogger).auth.test())).toBe('invalid_auth');
  const channel = slack.channel('films').id;
  slack.team.scopes.delete('chat:write');
  expect(await codeOf(client.chat.postMessage({ channel, text: 'x' }))).toBe('missing_scope');
});

test('opens one window a trigger, for three seconds', async () => {
  const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'x' }, blocks: [] };
  expect(await codeOf(client.views.open({ trigger_id: '1.2.3', view }))).toBe('invalid_trigger_id');
});

test('says after how many seconds there may be another call', async () => {
  slack.faults.add('chat.postMessage', { type: 'limited', seconds: 9 });
  const channel = slack.channel('films').id;
  await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toBeInstanceOf(
    webApi.WebAPIRateLimitedError,
  );
});

test('limits posts to about one a second and channel, and edits for all', async () => {
  const limited = await fakeSlack({ limits: true });
  const fast = openClient(limited.team.tokens.bot, limited.apiUrl, quietLogger);
  const channel = limited.channel('films').id;
  const { ts } = await fast.chat.postMessage({ channel, text: 'x' });
  for (let posts = 1; posts < 5; posts++) await fast.chat.postMessage({ channel, text: 'x' });
  await expect(fast.chat.postMessage({ channel, text: 'x' })).rejects.toThrow();
  await fast.chat.postMessage({ channel: limited.channel('others').id, text: 'x' });
  for (let edits = 0; edits < 50; edits++) await fast.chat.update({ channel, ts: ts!, text: `${edits}` });
  await expect(fast.chat.update({ channel, ts: ts!, text: 'more' })).rejects.toThrow();
  limited.later(61_000);
  await fast.chat.update({ channel, ts: ts!, text: 'again' });
  await limited[Symbol.asyncDispose]();
});

test('drops blocks beside a comment, and shares a file once', async () => {
  const ada = slack.person('Ada');
  const channel = slack.channel('films');
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: 'a.mp4',
    length: 3,
  });
  expect((await fetch(url!, { method: 'POST', body: 'abcd' })).status).toBe(400);
  expect((await fetch(url!, { method: 'POST', body: 'abc' })).status).toBe(200);
  const blocks = [{ type: 'divider' as const }];
  const share = { files: [{ id: id! }] as [{ id: string }], channel_id: channel.id, blocks };
  await client.files.completeUploadExternal({ ...share, initial_comment: 'look' });
  expect(ada.sees(channel)[0]?.message.blocks).toEqual([]);
  expect(await codeOf(client.files.completeUploadExternal(share))).toBe('file_already_completed');
});
