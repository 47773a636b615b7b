import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Reply } from '../../../bots/presenter/reply.ts';
import { type FakeDiscord, fakeDiscord } from '../../fakes/discord/discord.ts';
import type { Answered, Person } from '../../fakes/discord/person.ts';
import { shown } from '../../fakes/discord/shown.ts';
import {
  type Channel,
  everything,
  type Guild,
  permission,
  type StoredMessage,
} from '../../fakes/discord/state.ts';
import { cardView, type ScriptedPresenter, scriptedPresenter } from '../../fakes/presenter.ts';
import { openBot, type RunningBot } from './open-bot.ts';

let discord: FakeDiscord;
let presenter: ScriptedPresenter;
let guild: Guild;
let channel: Channel;
let ann: Person;
let bob: Person;
const bots: RunningBot[] = [];

async function start(options: Parameters<typeof openBot>[2] = {}): Promise<RunningBot> {
  const bot = await openBot(discord, presenter, options);
  bots.push(bot);
  return bot;
}

beforeEach(async () => {
  discord = await fakeDiscord();
  presenter = scriptedPresenter();
  guild = discord.guild('Films');
  channel = discord.channel(guild, 'general');
  ann = discord.person('Ann');
  bob = discord.person('Bob');
});
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot[Symbol.asyncDispose]();
  await discord[Symbol.asyncDispose]();
});

const cancel = { token: 'p1', label: 'Cancel', style: 'danger', url: null } as const;
const accepted: Reply = {
  type: 'accepted',
  card: 7,
  view: cardView({ title: 'g7 · waiting', buttons: [[cancel]] }),
};
const refused: Reply = {
  type: 'refused',
  view: cardView({ tone: 'refused', title: 'No', block: '  ^ here' }),
};
const form: Reply = {
  type: 'form',
  form: {
    token: 'f1',
    title: 'Stitch',
    text: null,
    submit: 'Stitch',
    fields: [
      {
        id: 'clips',
        label: 'With',
        help: 'another clip',
        type: 'line',
        required: true,
        choices: [],
        value: null,
        maxLength: 50,
      },
    ],
  },
};

const slowly = (reply: Reply, milliseconds = 60) =>
  new Promise<Reply>((resolve) => setTimeout(resolve, milliseconds, reply));

function messageOf(answered: Answered): StoredMessage {
  if (answered.type !== 'message' && answered.type !== 'update')
    throw new Error(`there came ${answered.type}`);
  return answered.message;
}

describe('what comes back', () => {
  test('is a card that everybody sees where the statement is taken', async () => {
    await start();
    presenter.answers = () => accepted;
    const card = messageOf(await ann.types(channel, 'pql', { query: 'GENERATE "fog"' }));
    expect(bob.sees(channel)).toEqual([card]);
    expect(shown(card)).toContain('g7 · waiting');
    await discord.until(() => presenter.cards.has(7));
    expect(presenter.cards.get(7)).toEqual({ channel: channel.id, thread: null, message: card.id });
    expect(presenter.heard[0]).toMatchObject({
      surface: 'discord',
      said: { type: 'text', text: 'GENERATE "fog"' },
      asker: { workspace: `discord:${guild.id}`, user: `discord:${ann.id}` },
      place: { channel: channel.id, thread: null, message: null },
      fileLimit: 10 * 2 ** 20,
    });
  });

  test('is seen by the asker alone where it is refused', async () => {
    await start();
    presenter.answers = () => refused;
    await ann.types(channel, 'pql', { query: 'NONSENSE' });
    expect(ann.reads(channel)).toContain('^ here');
    expect(bob.sees(channel)).toEqual([]);
  });

  test('is a form where something is missing, and what is filled in comes back', async () => {
    await start();
    presenter.answers = ({ said }) => (said.type === 'press' ? accepted : form);
    const first = await ann.types(channel, 'stitch', { clips: 'v1' });
    if (first.type !== 'modal') throw new Error(first.type);
    await ann.submits(channel, first.modal, { With: 'v2' });
    expect(presenter.heard[1]?.said).toEqual({ type: 'press', button: 'f1', values: { clips: 'v2' } });
    expect(bob.reads(channel)).toContain('g7');
  });

  test('is a form with a place for files, which come beside what was filled in', async () => {
    await start();
    const { fields } = form.form;
    const file = {
      ...fields[0]!,
      id: 'file',
      label: 'Or your own',
      type: 'file',
      files: 2,
      required: false,
    } as const;
    const asked: Reply = { type: 'form', form: { ...form.form, fields: [...fields, file] } };
    presenter.answers = ({ said }) => (said.type === 'press' ? accepted : asked);
    const first = await ann.types(channel, 'stitch', { clips: 'v1' });
    if (first.type !== 'modal') throw new Error(first.type);
    const clip = (name: string) => ({ name, type: 'video/mp4', bytes: Buffer.from(name) });
    await ann.submits(channel, first.modal, { With: 'v2', 'Or your own': [clip('a.mp4'), clip('b.mp4')] });
    expect(presenter.heard[1]).toMatchObject({
      said: { type: 'press', button: 'f1', values: { clips: 'v2' } },
      attachments: [
        { name: 'a.mp4', bytes: 5, contentType: 'video/mp4', url: expect.stringMatching(/^http.*a\.mp4$/) },
        { name: 'b.mp4' },
      ],
    });
  });

  test('is a button where a form leads to another form, since none opens from one, and works after a restart', async () => {
    const bot = await start();
    presenter.answers = () => form;
    const first = await ann.types(channel, 'stitch', { clips: 'v1' });
    if (first.type !== 'modal') throw new Error(first.type);
    const second = messageOf(await ann.submits(channel, first.modal, { With: 'v2' }));
    expect(second.onlyFor).toBe(ann.id);
    expect(await ann.presses(second, 'Fill it in')).toMatchObject({ type: 'modal' });
    expect(presenter.heard).toHaveLength(2);
    await bot[Symbol.asyncDispose]();
    await start();
    expect(await ann.presses(second, 'Fill it in')).toMatchObject({
      type: 'modal',
      modal: { title: 'Stitch' },
    });
    expect(presenter.heard[2]?.said).toEqual({ type: 'press', button: 'f1' });
    expect(bot.broke).toEqual([]);
  });

  test('is a card posted by the bot where the statement took long to read', async () => {
    await start({ answerWithin: 20 });
    presenter.answers = () => slowly(accepted);
    const first = await ann.types(channel, 'pql', { query: 'GENERATE "fog"' });
    expect(first.type === 'message' && first.message.onlyFor).toBe(ann.id);
    await discord.until(() => presenter.cards.has(7));
    await discord.until(() => ann.sees(channel).length === 1);
    expect(bob.reads(channel)).toBe(ann.reads(channel));
    expect(bob.reads(channel)).toContain('g7 · waiting');
  });

  test('stays with the asker where a refusal took long', async () => {
    await start({ answerWithin: 20 });
    presenter.answers = () => slowly(refused);
    await ann.types(channel, 'pql', { query: 'NONSENSE' });
    await discord.until(() => ann.reads(channel).includes('^ here'));
    expect(bob.sees(channel)).toEqual([]);
  });

  test('is a button for a form that came too late to open by itself', async () => {
    await start({ answerWithin: 20 });
    presenter.answers = () => slowly(form);
    await ann.types(channel, 'stitch', { clips: 'v1' });
    await discord.until(() => ann.reads(channel).includes('Fill it in'));
    const opened = await ann.presses(ann.sees(channel)[0]!, 'Fill it in');
    expect(opened).toMatchObject({ type: 'modal', modal: { title: 'Stitch' } });
  });

  test('is said by the interaction where the bot may not post, and the asker learns what is missing', async () => {
    await start({ answerWithin: 20 });
    channel.permissions = permission.view;
    presenter.answers = () => slowly(accepted);
    await ann.types(channel, 'pql', { query: 'GENERATE "fog"' });
    await discord.until(() => bob.reads(channel).includes('g7 · waiting'));
    await discord.until(() => ann.reads(channel).includes('attach files'));
    expect(bob.reads(channel)).not.toContain('attach files');
  });

  test('takes the place of what only the asker saw, dead buttons and all', async () => {
    await start();
    const yes = { token: 'p2', label: 'Yes', style: 'danger', url: null } as const;
    presenter.answers = ({ said }) =>
      said.type === 'press'
        ? { type: 'answer', private: true, view: cardView({ title: 'Removed' }) }
        : { type: 'confirm', view: cardView({ title: 'Sure?', buttons: [[yes]] }) };
    const asked = messageOf(await ann.types(channel, 'pql', { query: 'REMOVE v1' }));
    expect(shown(asked)).toContain('[!Yes]');
    await ann.presses(asked, 'Yes');
    expect(ann.sees(channel)).toHaveLength(1);
    expect(ann.reads(channel)).toContain('Removed');
    expect(ann.reads(channel)).not.toContain('Yes');
  });

  test('goes to everybody when what only the asker saw leads to a run', async () => {
    await start();
    const yes = { token: 'p2', label: 'Yes', style: 'danger', url: null } as const;
    presenter.answers = ({ said }) =>
      said.type === 'press'
        ? accepted
        : { type: 'confirm', view: cardView({ title: 'Sure?', buttons: [[yes]] }) };
    const asked = messageOf(await ann.types(channel, 'pql', { query: 'PURGE CACHE' }));
    await ann.presses(asked, 'Yes');
    await discord.until(() => presenter.cards.has(7) && ann.sees(channel).length === 1);
    expect(bob.reads(channel)).toContain('g7 · waiting');
  });

  test('says that something broke, without what', async () => {
    const bot = await start();
    presenter.answers = () => Promise.reject(new Error('the password is 1234'));
    await ann.types(channel, 'pql', { query: 'GENERATE "fog"' });
    expect(ann.reads(channel)).toContain('Something went wrong on our side');
    expect(ann.reads(channel)).not.toContain('1234');
    expect(bot.broke).toHaveLength(1);
  });
});

describe('what is heard', () => {
  test('are the options of a command by their names, with its file', async () => {
    await start();
    presenter.answers = () => accepted;
    const file = { name: 'a.mp4', type: 'video/mp4', bytes: Buffer.from('film') };
    await ann.types(channel, 'enhance', { file, upscale: '2x' });
    const [ask] = presenter.heard;
    expect(ask?.said).toEqual({ type: 'form', verb: 'enhance', values: { upscale: '2x' } });
    expect(ask?.attachments).toEqual([
      { name: 'a.mp4', bytes: 4, contentType: 'video/mp4', url: expect.stringMatching(/a\.mp4$/) },
    ]);
    expect(await (await fetch(ask!.attachments[0]!.url)).text()).toBe('film');
  });

  test('is what stands under a command, by both names', async () => {
    await start();
    presenter.answers = () => accepted;
    await ann.types(channel, 'consent opt-out', { name: 'Jane Roe', erase: true });
    const paper = { name: 'consent.pdf', type: 'application/pdf', bytes: Buffer.from('I agree') };
    const terms = { until: '2027-01-31', identity: 'passport' };
    await ann.types(channel, 'consent grant', { name: 'Ann Lee', ...terms, evidence: paper });
    await ann.types(channel, 'consent requests');
    expect(presenter.heard.map(({ said }) => said)).toEqual([
      { type: 'form', verb: 'consent opt-out', values: { name: 'Jane Roe', erase: 'true' } },
      { type: 'form', verb: 'consent grant', values: { name: 'Ann Lee', ...terms } },
      { type: 'form', verb: 'consent requests', values: {} },
    ]);
    expect(presenter.heard[1]?.attachments).toMatchObject([{ name: 'consent.pdf', bytes: 7 }]);
    presenter.completes = (verb, field, typed) => [{ name: `${verb} ${field} ${typed}`, value: 'r9' }];
    expect(await ann.completes(channel, 'consent approve', 'request', 'r')).toEqual([
      { name: 'consent approve request r', value: 'r9' },
    ]);
  });

  test('is a message that is reported, and the form comes even where it is looked for long', async () => {
    await start({ answerWithin: 50 });
    presenter.answers = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return form;
    };
    const message = ann.says(channel, 'look');
    expect(await bob.uses('Report or opt out', message)).toMatchObject({ type: 'modal' });
    expect(presenter.heard[0]).toMatchObject({
      said: { type: 'message', command: 'report' },
      place: { channel: channel.id, message: message.id },
    });
  });

  test('are the files of a message that is enhanced from its menu, or the links in it', async () => {
    await start();
    presenter.answers = () => accepted;
    const files = [{ name: 'a.mp4', type: 'video/mp4', bytes: Buffer.from('film') }];
    await bob.uses('Enhance this video', ann.says(channel, 'look', files));
    await bob.uses('Enhance this video', ann.says(channel, 'see <https://a.example/b/c.mp4>, or not'));
    expect(presenter.heard.map(({ attachments }) => attachments.map(({ name }) => name))).toEqual([
      ['a.mp4'],
      ['c.mp4'],
    ]);
    expect(presenter.heard[1]?.attachments[0]?.url).toBe('https://a.example/b/c.mp4');
    expect(presenter.heard[0]?.said).toEqual({ type: 'message', command: 'enhance' });
  });

  test('is offered while it is typed, and nothing where that takes too long', async () => {
    await start({ answerWithin: 200 });
    presenter.completes = (verb, field, typed) => [{ name: `${verb} ${field} ${typed}`, value: 'v1' }];
    expect(await ann.completes(channel, 'enhance', 'clip', 'v')).toEqual([
      { name: 'enhance clip v', value: 'v1' },
    ]);
    presenter.completes = () => new Promise(() => {});
    expect(await ann.completes(channel, 'enhance', 'clip', 'v')).toEqual([]);
  });

  test('is one run, however many processes hear it', async () => {
    const two = [await start(), await start()];
    presenter.answers = () => accepted;
    await ann.types(channel, 'pql', { query: 'GENERATE "fog"' });
    await discord.until(() => presenter.heard.length === 2);
    expect(bob.sees(channel)).toHaveLength(1);
    expect(two.flatMap((bot) => bot.broke)).toEqual([]);
  });

  test('is one run, however slowly two processes answer', async () => {
    const two = [await start({ answerWithin: 20 }), await start({ answerWithin: 20 })];
    presenter.answers = () => slowly(accepted);
    await ann.types(channel, 'pql', { query: 'GENERATE "fog"' });
    await discord.until(() => presenter.cards.has(7) && ann.sees(channel).length === 1);
    expect(bob.reads(channel)).toContain('g7 · waiting');
    expect(two.flatMap((bot) => bot.broke)).toEqual([]);
  });

  test('comes late to nobody’s harm: no answer, no fault, and the run goes on', async () => {
    const bot = await start();
    presenter.answers = () => {
      discord.later(4000);
      return accepted;
    };
    void ann.types(channel, 'pql', { query: 'GENERATE "fog"' });
    await discord.until(() =>
      discord.requests.some(({ path, status }) => /callback$/.test(path) && status === 404),
    );
    await bot[Symbol.asyncDispose]();
    expect(ann.sees(channel)).toEqual([]);
    expect(bot.broke).toEqual([]);
  });

  test('tells what the server made of somebody, by what Discord counts', async () => {
    await start();
    presenter.answers = () => refused;
    const people = [
      { permissions: 0n, roles: ['777'] },
      { permissions: 1n << 13n },
      { permissions: 1n << 5n },
      { permissions: 1n << 3n },
    ];
    for (const each of people)
      await discord.person('Someone', each).types(channel, 'pql', { query: 'SHOW GROUPS' });
    expect(presenter.heard.map(({ asker }) => asker.roles.at(-1))).toEqual([
      'asker',
      'moderator',
      'moderator',
      'admin',
    ]);
  });

  test('is nothing in a server that it is not open to but who can add it', async () => {
    const other = discord.channel(discord.guild('Elsewhere'), 'general');
    await start({ openTo: [guild.id] });
    presenter.answers = () => refused;
    await ann.types(other, 'pql', { query: 'SHOW GROUPS' });
    expect(ann.reads(other)).toContain('Whoever runs WatchAI has named the servers that it is for');
    expect(bob.sees(other)).toEqual([]);
    expect(presenter.heard).toEqual([]);
    await ann.types(channel, 'pql', { query: 'SHOW GROUPS' });
    expect(presenter.heard).toHaveLength(1);
  });

  test('is nothing in direct messages but where to say it', async () => {
    await start();
    const own = { ...discord.channel(guild, 'direct'), guild: null, type: 1 as const, with: ann.id };
    discord.state.channels.set(own.id, own);
    await ann.types(own, 'pql', { query: 'SHOW GROUPS' });
    expect(ann.reads(own)).toContain('WatchAI works in servers');
    expect(presenter.heard).toEqual([]);
  });
});

describe('after a quarter of an hour', () => {
  test('a card is edited and finished by the bot itself', async () => {
    const bot = await start();
    presenter.answers = () => accepted;
    const card = messageOf(await ann.types(channel, 'pql', { query: 'GENERATE "fog"' }));
    const posted = await discord.until(() => presenter.cards.get(7));
    await bot.surface.edit(posted, cardView({ title: 'g7 · running' }));
    const byToken = discord.requests.at(-1)?.path;
    expect(byToken).toMatch(/^\/webhooks\//);
    discord.later(16 * 60_000);
    await bot.surface.edit(posted, cardView({ title: 'g7 · still running' }));
    expect(discord.requests.at(-1)?.path).toBe(`/channels/${channel.id}/messages/${card.id}`);
    expect(shown(card)).toContain('g7 · still running');
    expect(discord.requests.filter(({ status }) => status === 401)).toEqual([]);
  });

  test('a card is edited by the bot where the token died before its time', async () => {
    const bot = await start();
    presenter.answers = () => accepted;
    const card = messageOf(await ann.types(channel, 'pql', { query: 'GENERATE "fog"' }));
    const posted = await discord.until(() => presenter.cards.get(7));
    discord.faults.next('PATCH', /^\/webhooks/, { status: 401, code: 50027 });
    await bot.surface.edit(posted, cardView({ title: 'g7 · running' }));
    expect(shown(card)).toContain('g7 · running');
  });
});

test('asks for no intent, pings nobody, and says at once what it may not do', async () => {
  await start();
  presenter.answers = () =>
    ({ ...accepted, view: cardView({ asked: ann.id, lines: ['@everyone <@1>'] }) }) as Reply;
  channel.permissions = everything & ~permission.attach;
  const card = messageOf(await ann.types(channel, 'pql', { query: 'GENERATE "fog"' }));
  await discord.until(() => ann.sees(channel).length === 2);
  expect(ann.reads(channel)).toContain('I need to attach files in this channel');
  expect(bob.sees(channel)).toEqual([card]);
  expect(card.pinged).toEqual([]);
  expect(discord.gateway.intents).toEqual([0]);
});

test('ends only when what it heard is answered, and hears nothing more', async () => {
  const bot = await start({ answerWithin: 20 });
  presenter.answers = () => slowly(accepted, 100);
  void ann.types(channel, 'pql', { query: 'GENERATE "fog"' });
  await discord.until(() => presenter.heard.length === 1 && ann.sees(channel).length === 1);
  bot.stop();
  await bot.ended;
  expect(presenter.cards.has(7)).toBe(true);
  expect(bob.reads(channel)).toContain('g7 · waiting');
  expect(discord.gateway.listening()).toBe(0);
});
