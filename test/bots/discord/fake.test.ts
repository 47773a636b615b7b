import { Client, DiscordAPIError, FileUploadBuilder, REST, Routes } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openRest } from '../../../bots/discord/open-rest.ts';
import { type FakeDiscord, fakeDiscord } from '../../fakes/discord/discord.ts';
import { checkModal } from '../../fakes/discord/limits/modal.ts';
import { shown } from '../../fakes/discord/shown.ts';
import type { Channel } from '../../fakes/discord/state.ts';

let discord: FakeDiscord;
let rest: REST;
let channel: Channel;

beforeAll(async () => {
  discord = await fakeDiscord();
  // With our way to send: that of discord.js takes no form with files where another copy of undici was loaded first.
  rest = new REST({ ...openRest(discord.api, discord.token).options, retries: 0 }).setToken(discord.token);
  channel = discord.channel(discord.guild('Films'), 'general');
});
afterAll(() => discord[Symbol.asyncDispose]());

const codeOf = async (request: Promise<unknown>) => {
  const error: unknown = await request.then(
    () => null,
    (error) => error,
  );
  return error instanceof DiscordAPIError ? error.code : error;
};

test('discord.js logs in to the fake, registers a command, hears it, answers it and opens a form', async () => {
  const client = new Client({ intents: [], rest: { api: discord.api } });
  try {
    const ready = new Promise((resolve) => client.once('clientReady', resolve));
    await client.login(discord.token);
    await ready;
    const options = [{ type: 3, name: 'query', description: 'what to do', required: true }];
    await client.application!.commands.set([{ name: 'pql', description: 'Ask for a film', options }]);
    client.on('interactionCreate', async (heard) => {
      if (heard.isChatInputCommand()) {
        const row = { type: 1, components: [{ type: 2, style: 1, label: 'More', custom_id: 'more' }] };
        await heard.reply({ content: heard.options.getString('query', true), components: [row] });
      } else if (heard.isButton()) {
        const field = { type: 4, custom_id: 'what', style: 1, required: true } as const;
        const upload = new FileUploadBuilder().setCustomId('clip').setMaxValues(2);
        const components = [
          { type: 18 as const, label: 'What', component: field },
          { type: 18 as const, label: 'A clip', component: upload.toJSON() },
        ];
        await heard.showModal({ custom_id: 'form', title: 'More', components });
      } else if (heard.isModalSubmit()) {
        const clips = [...heard.fields.getUploadedFiles('clip', true).values()];
        const said = [
          heard.fields.getTextInputValue('what'),
          ...clips.map(({ name, size }) => `${name} ${size}`),
        ];
        await heard.reply({ content: said.join(', '), flags: 64 });
      }
    });
    const ann = discord.person('Ann');
    const first = await ann.types(channel, 'pql', { query: 'SHOW GROUPS' });
    if (first.type !== 'message') throw new Error(first.type);
    expect(shown(first.message)).toBe('SHOW GROUPS\n[*More]');
    const second = await ann.presses(first.message, 'More');
    if (second.type !== 'modal') throw new Error(second.type);
    const clip = { name: 'a.mp4', type: 'video/mp4', bytes: Buffer.from('film') };
    const third = await ann.submits(channel, second.modal, { What: 'a fog', 'A clip': clip });
    expect(third.type === 'message' && shown(third.message)).toBe('a fog, a.mp4 4\n(only you can see this)');
    expect(discord.person('Bob').reads(channel)).not.toContain('a fog');

    // What happens while the socket is away is heard when it is back.
    discord.gateway.cut(true);
    const late = ann.types(channel, 'pql', { query: 'SHOW JOBS' });
    expect((await late).type).toBe('message');
    expect(discord.gateway.counts.resumed).toBe(1);
  } finally {
    await client.destroy();
  }
});

const text = (content: string) => ({ type: 10, content });
const button = (id: string, more = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: id, ...more });
const modern = { flags: 1 << 15 };
const many = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));

test.each<[string, object]>([
  ['nothing', {}],
  ['2,001 letters', { content: 'x'.repeat(2001) }],
  ['an embed of 4,097 letters', { embeds: [{ description: 'x'.repeat(4097) }] }],
  ['embeds of more than 6,000 letters', { embeds: many(2, () => ({ description: 'x'.repeat(3001) })) }],
  ['41 components', { ...modern, components: many(41, () => text('x')) }],
  ['4,001 letters in components', { ...modern, components: many(2, () => text('x'.repeat(2001))) }],
  ['content beside Components V2', { ...modern, content: 'x', components: [text('x')] }],
  ['text without the flag', { components: [text('x')] }],
  ['an empty text', { ...modern, components: [text('')] }],
  ['six buttons in a row', { components: [{ type: 1, components: many(6, (at) => button(`b${at}`)) }] }],
  ['a custom id of 101', { components: [{ type: 1, components: [button('x'.repeat(101))] }] }],
  ['the same custom id twice', { components: [{ type: 1, components: [button('a'), button('a')] }] }],
  [
    'a link with a custom id',
    { components: [{ type: 1, components: [button('a', { style: 5, url: 'https://a.b' })] }] },
  ],
  ['a label of 81', { components: [{ type: 1, components: [button('a', { label: 'x'.repeat(81) })] }] }],
  [
    'media that is not attached',
    { ...modern, components: [{ type: 12, items: [{ media: { url: 'attachment://a.mp4' } }] }] },
  ],
  ['a place for files', { components: [{ type: 1, components: [{ type: 19, custom_id: 'a' }] }] }],
  ['a nonce of 26', { content: 'x', nonce: 'x'.repeat(26) }],
  ['an attachment that was not sent', { content: 'x', attachments: [{ id: 0 }] }],
])('refuses a message of %s', async (_, body) => {
  expect(await codeOf(rest.post(Routes.channelMessages(channel.id), { body }))).toBe(50035);
});

const upload = (more: object = {}) => ({ type: 19, custom_id: 'a', ...more });
const labelled = (component: object) => ({ type: 18, label: 'A file', component });

test.each<[string, object]>([
  ['without a label', upload()],
  ['in a row', { type: 1, components: [upload()] }],
  ['without a custom id', labelled({ type: 19 })],
  ['for at least eleven', labelled(upload({ min_values: 11, max_values: 11 }))],
  ['for eleven', labelled(upload({ max_values: 11 }))],
  ['for none', labelled(upload({ min_values: 0, max_values: 0, required: false }))],
  ['for two of one', labelled(upload({ min_values: 2 }))],
  ['that may be left empty and is required', labelled(upload({ min_values: 0 }))],
  ['with a label of its own', labelled(upload({ label: 'x' }))],
])('refuses a place for files %s in a form', (_, component) => {
  const modal = { custom_id: 'f', title: 'A form', components: [component] };
  expect(() => checkModal(modal)).toThrow(expect.objectContaining({ status: 400, code: 50035 }));
  const fine = labelled(upload({ min_values: 0, max_values: 10, required: false }));
  checkModal({ ...modal, components: [fine, labelled(upload({ custom_id: 'b' }))] });
});

const command = (more: object) => ({ name: 'pql', description: 'x', ...more });
const option = (more: object) => ({ type: 3, name: 'a', description: 'x', ...more });

test.each<[string, object[]]>([
  ['a name with a capital', [command({ name: 'Pql' })]],
  ['a name with a blank', [command({ name: 'p q' })]],
  ['no description', [command({ description: '' })]],
  ['a description of 101', [command({ description: 'x'.repeat(101) })]],
  ['26 options', [command({ options: many(26, (at) => option({ name: `o${at}` })) })]],
  [
    '26 choices',
    [command({ options: [option({ choices: many(26, (at) => ({ name: `c${at}`, value: `${at}` })) })] })],
  ],
  [
    'choices beside completion',
    [command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
  ],
  [
    'a required option behind another',
    [command({ options: [option({}), option({ name: 'b', required: true })] })],
  ],
  ['two of a name', [command({}), command({})]],
  ['101 commands', many(101, (at) => command({ name: `c${at}` }))],
  [
    'more than 8,000 letters',
    [
      command({
        options: many(25, (at) =>
          option({
            name: `o${at}`,
            choices: many(3, (c) => ({ name: `${c}`.padEnd(60, 'x'), value: 'x'.repeat(60) })),
          }),
        ),
      }),
    ],
  ],
  ['a message command with a description', [{ type: 3, name: 'Enhance this', description: 'x' }]],
])('refuses commands with %s', async (_, body) => {
  expect(await codeOf(rest.put(Routes.applicationCommands(discord.application), { body }))).toBe(50035);
});

test('posts once what is sent twice with an enforced nonce, and twice what is not', async () => {
  const quiet = discord.channel([...discord.state.guilds.values()][0]!, 'quiet');
  const post = (body: object) =>
    rest.post(Routes.channelMessages(quiet.id), { body }) as Promise<{ id: string }>;
  const one = await post({ content: 'x', nonce: 'n1', enforce_nonce: true });
  expect((await post({ content: 'x', nonce: 'n1', enforce_nonce: true })).id).toBe(one.id);
  expect((await post({ content: 'x', nonce: 'n1' })).id).not.toBe(one.id);
});

test('says what is missing where the bot may not, cannot or finds nothing', async () => {
  const [guild] = discord.state.guilds.values();
  const blind = discord.channel(guild!, 'blind', { permissions: 0n });
  const mute = discord.channel(guild!, 'mute', { permissions: 1n << 10n });
  const body = { content: 'x' };
  expect(await codeOf(rest.post(Routes.channelMessages(blind.id), { body }))).toBe(50001);
  expect(await codeOf(rest.post(Routes.channelMessages(mute.id), { body }))).toBe(50013);
  expect(await codeOf(rest.post(Routes.channelMessages('100000000000000000'), { body }))).toBe(10003);
  const file = { name: 'a.bin', data: Buffer.alloc(11 * 2 ** 20), contentType: 'application/octet-stream' };
  expect(await codeOf(rest.post(Routes.channelMessages(channel.id), { body, files: [file] }))).toBe(40005);
  expect(await codeOf(rest.patch(Routes.channelMessage(channel.id, '100000000000000000'), { body }))).toBe(
    10008,
  );
});
