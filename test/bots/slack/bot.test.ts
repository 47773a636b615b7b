import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Ask } from '../../../bots/presenter/ask.ts';
import type { CardView } from '../../../bots/presenter/card-view.ts';
import { emptyView } from '../../../bots/presenter/card-view.ts';
import type { Reply } from '../../../bots/presenter/reply.ts';
import { botScopes } from '../../../bots/slack/scopes.ts';
import { view } from '../../contracts/surface.ts';
import type { Human } from '../../fakes/slack/person.ts';
import { type ScriptedBot, scriptedBot } from '../../fakes/slack/scripted-bot.ts';
import { type FakeSlack, fakeSlack } from '../../fakes/slack/slack.ts';
import type { Channel } from '../../fakes/slack/team.ts';

let slack: FakeSlack;
let ada: Human;
let channel: Channel;
let bot: ScriptedBot | null = null;

beforeEach(async () => {
  slack = await fakeSlack({ scopes: Object.keys(botScopes) });
  ada = slack.person('Ada');
  channel = slack.channel('films');
});

afterEach(async () => {
  await bot?.stop(2000);
  bot = null;
  await slack[Symbol.asyncDispose]();
});

const accepted: Reply = { type: 'accepted', card: 7, view: view() };
const refused: Reply = {
  type: 'refused',
  view: {
    ...emptyView,
    tone: 'refused',
    title: 'PQL204 a factor needs its unit',
    block: '   1 | ENHANCE a\n     | ^',
  },
};
const answerOf = (view: Partial<CardView>, secret: boolean): Reply => ({
  type: 'answer',
  private: secret,
  view: { ...emptyView, ...view },
});

async function open(
  script: (ask: Ask) => Reply | Promise<Reply>,
  more: Parameters<typeof scriptedBot>[2] = {},
) {
  bot = await scriptedBot(slack, script, more);
  return bot;
}

/** Until it is so: what Slack does not wait for comes behind the acknowledgement. */
async function soon(check: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return check();
    } catch (error) {
      if (tries === 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

describe.each(['http', 'socket'] as const)('over %s', (way) => {
  test('acknowledges a command, and posts its card where it was said', async () => {
    const { asks, posted } = await open(() => accepted, { way });
    const heard = await ada.types(channel, 'GENERATE "fog"');
    expect(heard).toMatchObject({ acknowledged: true, body: null });
    await soon(() => expect(ada.sees(channel)).toHaveLength(1));
    expect(ada.sees(channel)[0]).toMatchObject({
      alone: false,
      text: expect.stringContaining('g7 · waiting'),
    });
    expect(asks).toMatchObject([
      {
        surface: 'slack',
        asker: {
          workspace: `slack:${slack.team.id}`,
          user: `slack:${ada.id}`,
          roles: ['asker'],
          importRoot: null,
        },
        place: { channel: channel.id, thread: null, message: null },
        said: { type: 'text', text: 'GENERATE "fog"' },
      },
    ]);
    await soon(() =>
      expect(posted).toEqual([[7, { channel: channel.id, thread: null, message: ada.sees(channel)[0]!.ts }]]),
    );
  });

  test('refuses so that only the asker sees it, with the caret', async () => {
    await open(() => refused, { way });
    await ada.types(channel, 'ENHANCE a UPSCALE 4');
    await soon(() => expect(ada.sees(channel)).toHaveLength(1));
    expect(ada.sees(channel)[0]).toMatchObject({
      alone: true,
      code: ['   1 | ENHANCE a\n     | ^'],
      text: expect.stringContaining('PQL204 a factor needs its unit'),
    });
    expect(slack.person('Bob').sees(channel)).toEqual([]);
  });

  test('hears a press once, and who pressed where', async () => {
    const { asks } = await open((ask) => (ask.said.type === 'press' ? refused : accepted), { way });
    await ada.types(channel, 'GENERATE "fog"');
    await soon(() => expect(ada.sees(channel)).toHaveLength(1));
    const card = ada.sees(channel)[0]!;
    const bob = slack.person('Bob', { admin: true });
    await bob.presses(channel, 'Cancel');
    await soon(() => expect(bob.sees(channel).filter(({ alone }) => alone)).toHaveLength(1));
    expect(asks.at(-1)).toMatchObject({
      said: { type: 'press', button: 'p0123456789' },
      asker: { user: `slack:${bob.id}`, roles: ['asker', 'moderator', 'admin'] },
      place: { channel: channel.id, thread: null, message: card.ts },
    });
    // The card itself stays.
    expect(ada.sees(channel)).toHaveLength(1);
  });
});

test('answers what only the asker is to see, and what all are', async () => {
  await open(({ said }) =>
    said.type === 'text' && said.text === 'HELP'
      ? answerOf({ title: 'Help', block: 'GENERATE  makes' }, true)
      : answerOf({ title: 'Groups', block: 'g1' }, false),
  );
  await ada.types(channel, 'HELP');
  await ada.types(channel, 'SHOW GROUPS');
  await soon(() => expect(ada.sees(channel)).toHaveLength(2));
  const alone = new Map(ada.sees(channel).map((message) => [message.text.split('\n')[0], message.alone]));
  expect(Object.fromEntries(alone)).toEqual({ Help: true, Groups: false });
});

test('takes a question away once it was answered', async () => {
  const confirm: Reply = {
    type: 'confirm',
    view: {
      ...emptyView,
      title: 'Delete v12?',
      buttons: [[{ token: 'pyes', label: 'Delete', style: 'danger', url: null }]],
    },
  };
  const { asks } = await open(({ said }) =>
    said.type === 'press' ? answerOf({ title: 'Gone' }, true) : confirm,
  );
  await ada.types(channel, 'REMOVE v12');
  await soon(() => expect(ada.sees(channel)).toHaveLength(1));
  expect(ada.sees(channel)[0]).toMatchObject({
    alone: true,
    buttons: [{ label: 'Delete', style: 'danger' }],
  });
  await ada.presses(channel, 'Delete');
  await soon(() => expect(ada.sees(channel).map(({ text }) => text)).toEqual(['Gone']));
  expect(asks.at(-1)?.said).toEqual({ type: 'press', button: 'pyes' });
});

test('opens a window for a command with nothing behind it, made of the catalogue', async () => {
  const { asks } = await open(() => accepted);
  await ada.types(channel, '  ');
  await soon(() => expect(ada.window()).not.toBeNull());
  expect(ada.window()).toMatchObject({ title: 'Say it in PQL', labels: ['Query', 'Or your own file'] });
  await ada.sends({ Query: 'GENERATE “fog”' });
  await soon(() => expect(ada.sees(channel)).toHaveLength(1));
  expect(ada.window()).toBeNull();
  expect(asks).toMatchObject([
    {
      said: { type: 'form', verb: 'pql', values: { query: 'GENERATE “fog”' } },
      place: { channel: channel.id },
    },
  ]);
});

test('asks for every clause of a verb in its window, and says what was chosen', async () => {
  const { asks } = await open(() => accepted);
  await ada.types(channel, 'generate');
  await soon(() => expect(ada.window()).not.toBeNull());
  const labels = ada.window()!.labels;
  expect(labels).toEqual(expect.arrayContaining(['Prompt', 'Duration', 'Weather', 'As', 'To']));
  await ada.sends({ Prompt: 'a "lighthouse"', Duration: '6s', Weather: 'fog' });
  await soon(() => expect(asks).toHaveLength(1));
  expect(asks[0]?.said).toEqual({
    type: 'form',
    verb: 'generate',
    values: { prompt: 'a "lighthouse"', duration: '6s', weather: 'fog' },
  });
});

test('keeps a window open with what is wrong below its field', async () => {
  let right = false;
  const { asks } = await open(() => (right ? accepted : refused));
  await ada.types(channel, '');
  await soon(() => expect(ada.window()).not.toBeNull());
  const heard = await ada.sends({ Query: 'ENHANCE a UPSCALE 4' });
  expect(heard.body).toMatchObject({
    response_action: 'errors',
    errors: { query: expect.stringContaining('PQL204 a factor needs its unit') },
  });
  expect(ada.window()).not.toBeNull();
  right = true;
  await ada.sends({ Query: 'ENHANCE a UPSCALE 4x' });
  await soon(() => expect(ada.sees(channel)).toHaveLength(1));
  expect(asks).toHaveLength(2);
});

test('says what is wrong below the field that it is about, in a sentence, since no caret can be drawn there', async () => {
  const wrong = [
    { field: 'duration', text: 'a duration needs its unit, found the number 5' },
    { field: 'duration', text: 'and more' },
    { field: null, text: 'something else' },
    { field: 'elsewhere', text: 'and that' },
  ];
  await open(() => ({ ...refused, wrong }));
  await ada.types(channel, 'generate');
  await soon(() => expect(ada.window()).not.toBeNull());
  const heard = await ada.sends({ Prompt: 'fog', Duration: '5' });
  expect(heard.body?.errors).toEqual({
    duration: 'a duration needs its unit, found the number 5; and more',
    prompt: 'something else; and that',
  });
});

test('closes a window in which nothing is to be mended, and says what leads on with its buttons', async () => {
  const button = { token: 'f1', label: 'Claim a namesake', style: 'secondary', url: null } as const;
  const view = { ...refused.view, buttons: [[button]] };
  await open(({ said }) => (said.type === 'press' ? form : { type: 'refused', view, wrong: [] }));
  await ada.types(channel, '');
  await soon(() => expect(ada.window()).not.toBeNull());
  await ada.sends({ Query: 'GENERATE "Jane Famous"' });
  expect(ada.window()).toBeNull();
  await soon(() =>
    expect(ada.sees(channel)).toMatchObject([{ alone: true, buttons: [{ label: button.label }] }]),
  );
  // It stands there still when the window that it opens is put away.
  await ada.presses(channel, button.label);
  await soon(() => expect(ada.window()).not.toBeNull());
  expect(ada.sees(channel)).toHaveLength(1);
});

const clips = [
  { name: `v12 · ${'a harbour at dusk, '.repeat(6)}`, value: 'v12' },
  { name: 'harbour · v19', value: 'harbour' },
  { name: 'too long to be sent back', value: 'x'.repeat(76) },
];

describe.each(['http', 'socket'] as const)('lists over %s', (way) => {
  test('offer clips while somebody types, and what was typed as it is', async () => {
    const asked: string[][] = [];
    const { asks } = await open(() => accepted, {
      way,
      completes: (...what) => {
        asked.push(what);
        return what[2] === '' ? clips : clips.filter(({ name }) => name.includes(what[2]));
      },
    });
    await ada.types(channel, 'enhance');
    await soon(() => expect(ada.window()).not.toBeNull());
    const all = await ada.looksFor('Clip', '');
    expect(all).toEqual([expect.stringMatching(/^v12 · a harbour.{50,65}…$/), 'harbour · v19']);
    expect(await ada.looksFor('Clip', 'v19')).toEqual(['harbour · v19', 'v19']);
    expect(await ada.looksFor('Clip', 'v3[2s..6s]')).toEqual(['v3[2s..6s]']);
    expect(asked).toEqual([
      ['enhance', 'clip', ''],
      ['enhance', 'clip', 'v19'],
      ['enhance', 'clip', 'v3[2s..6s]'],
    ]);
    await ada.sends({ Clip: 'v3[2s..6s]', Upscale: '2x', Using: 'esrgan-slim' });
    await soon(() => expect(asks).toHaveLength(1));
    expect(asked.at(-1)).toEqual(['enhance', 'using', 'esrgan-slim']);
    expect(asks[0]?.said).toEqual({
      type: 'form',
      verb: 'enhance',
      values: { clip: 'v3[2s..6s]', upscale: '2x', using: 'esrgan-slim' },
    });
  });
});

test('joins several clips that were chosen, in the order in which they were', async () => {
  const { asks } = await open(() => accepted, { completes: () => clips });
  await ada.types(channel, 'stitch');
  await soon(() => expect(ada.window()).not.toBeNull());
  await ada.sends({ Clips: ['harbour', 'v12', 'v3[2s..6s]'] });
  await soon(() => expect(asks).toHaveLength(1));
  expect(asks[0]?.said).toMatchObject({ values: { clips: 'harbour + v12 + v3[2s..6s]' } });
});

test('keeps what was said already in a list, and lets it be written where no list holds it', async () => {
  const listed = { verb: 'stitch', field: 'clips', most: 500 };
  const field = (id: string, value: string) => ({
    ...{ id, label: id, help: '', type: 'line' as const, required: true, choices: [], maxLength: 1000 },
    ...{ value, listed },
  });
  const said = [
    field('three', 'v1 + v2+v3'),
    field('within', 'v1 + (v2 | TRIM 1s)'),
    field('long', 'x'.repeat(80)),
  ];
  const { asks } = await open(({ said: { type } }) =>
    type === 'text' ? { type: 'form', form: { ...form.form, fields: said } } : accepted,
  );
  await ada.types(channel, 'STITCH v1 + v2+v3');
  await soon(() => expect(ada.window()).not.toBeNull());
  await ada.sends({});
  await soon(() => expect(asks).toHaveLength(2));
  expect(asks[1]?.said).toMatchObject({
    values: { three: 'v1 + v2 + v3', within: 'v1 + (v2 | TRIM 1s)', long: 'x'.repeat(80) },
  });
});

test('offers what was typed alone when the rest takes too long or fails', async () => {
  await open(() => accepted, {
    completes: (_verb, field) =>
      field === 'clip' ? new Promise(() => {}) : Promise.reject(new Error('the database is away')),
  });
  await ada.types(channel, 'enhance');
  await soon(() => expect(ada.window()).not.toBeNull());
  const [late, failed] = await Promise.all([ada.looksFor('Clip', 'v1'), ada.looksFor('Using', 'rife')]);
  expect([late, failed]).toEqual([['v1'], ['rife']]);
});

const form: Extract<Reply, { type: 'form' }> = {
  type: 'form',
  form: {
    token: 'f42',
    title: 'Stitch v12 with another clip, please',
    text: 'Which one comes behind it?',
    fields: [
      {
        ...{ id: 'clip', label: 'Clip', help: 'v19 or a name', type: 'choice', required: true, value: 'v19' },
        ...{
          choices: [
            { name: 'v19 harbour', value: 'v19' },
            { name: 'v20', value: 'v20' },
          ],
          maxLength: 100,
        },
      },
      {
        ...{ id: 'loop', label: 'Loop', help: '', type: 'switch', required: false, value: null },
        ...{ choices: [], maxLength: 10 },
      },
    ],
    submit: 'Stitch',
  },
};

test('opens the form that a button asks for, and presses its token with what was filled in', async () => {
  const { asks } = await open(({ said }) =>
    said.type === 'press' && said.values === undefined ? form : accepted,
  );
  await ada.types(channel, 'GENERATE "fog"');
  await soon(() => expect(ada.sees(channel)).toHaveLength(1));
  await ada.presses(channel, 'Cancel');
  await soon(() => expect(ada.window()).not.toBeNull());
  expect(ada.window()).toMatchObject({ title: 'Stitch v12 with another…', labels: ['Clip', 'Loop'] });
  await ada.sends({ Loop: 'Loop' });
  await soon(() => expect(asks).toHaveLength(3));
  expect(asks.at(-1)).toMatchObject({
    said: { type: 'press', button: 'f42', values: { clip: 'v19', loop: 'yes' } },
    place: { channel: channel.id },
  });
});

test('gives a button for a form that came when no window opens any more', async () => {
  const { asks } = await open(async ({ said }) => {
    if (said.type === 'press') return form;
    slack.later(3500);
    return form;
  });
  await ada.types(channel, 'STITCH v12');
  await soon(() => expect(ada.sees(channel)).toHaveLength(1));
  expect(ada.sees(channel)[0]).toMatchObject({ alone: true, buttons: [{ label: 'Fill in', value: 'f42' }] });
  await ada.presses(channel, 'Fill in');
  await soon(() => expect(ada.window()?.title).toBe('Stitch v12 with another…'));
  expect(asks.at(-1)?.said).toEqual({ type: 'press', button: 'f42' });
});

test('says how to ask when the window of a bare command comes too late', async () => {
  await open(() => accepted);
  slack.faults.add('views.open', { type: 'refused', error: 'expired_trigger_id' });
  await ada.types(channel, '');
  await soon(() => expect(ada.sees(channel)[0]?.text).toContain('The window came too late'));
});

test('enhances the video of a message, in the thread where it stands', async () => {
  const { asks } = await open(() => accepted);
  const first = ada.writes(channel, 'look');
  const reply = ada.writes(channel, 'at this', [{ name: 'clip.mp4', bytes: new Uint8Array(10) }], first.ts);
  await ada.chooses('message-enhance-this-video', reply);
  await soon(() =>
    expect(ada.sees(channel, first.ts).filter(({ thread }) => thread === first.ts)).toHaveLength(2),
  );
  expect(asks[0]).toMatchObject({
    said: { type: 'message', command: 'enhance' },
    place: { channel: channel.id, thread: first.ts, message: reply.ts },
    attachments: [
      {
        name: 'clip.mp4',
        bytes: 10,
        contentType: 'video/mp4',
        authorization: `Bearer ${slack.team.tokens.bot}`,
      },
    ],
  });
});

test('opens the window that a message is reported in, and tells the answer to who filled it in alone', async () => {
  const { asks } = await open(({ said }) =>
    said.type === 'message' ? form : answerOf({ title: 'r1 asks a moderator' }, true),
  );
  const message = ada.writes(channel, 'look');
  await ada.chooses('message-report-or-opt-out', message);
  await soon(() => expect(ada.window()).not.toBeNull());
  await ada.sends({ Loop: 'Loop' });
  await soon(() =>
    expect(ada.sees(channel).at(-1)).toMatchObject({ alone: true, text: 'r1 asks a moderator' }),
  );
  expect(asks).toMatchObject([
    { said: { type: 'message', command: 'report' }, place: { channel: channel.id, message: message.ts } },
    { said: { type: 'press', button: 'f42' }, place: { channel: channel.id, message: message.ts } },
  ]);
  expect(slack.person('Bob').sees(channel)).toHaveLength(1);
});

test('asks behind /consent which of its verbs is meant, and then for what that needs, with its file', async () => {
  const { asks } = await open(({ said }) =>
    said.type === 'form' && said.verb === 'consent' ? form : answerOf({ title: 'r1' }, true),
  );
  await ada.types(channel, '', { command: '/consent' });
  await soon(() => expect(ada.window()?.title).toBe('Consent'));
  expect(await ada.sends({ 'What do you want to do?': 'opt-out' })).toMatchObject({
    body: { response_action: 'update' },
  });
  expect(ada.window()?.title).toBe('Stitch v12 with another…');
  await ada.types(channel, 'Grant', { command: '/consent' });
  await soon(() => expect(ada.window()?.title).toBe('Grant'));
  const paper = { name: 'consent.pdf', bytes: new Uint8Array(7) };
  const [until, identity] = ['2027-01-31', 'passport'];
  await ada.sends({ Name: 'Ann Lee', Until: until, Identity: identity, Evidence: paper });
  await ada.types(channel, 'requests', { command: '/consent' });
  await ada.types(channel, 'opt out “Jane Roe”', { command: '/consent' });
  await soon(() => expect(asks).toHaveLength(4));
  expect(asks.map(({ said }) => said)).toEqual([
    { type: 'form', verb: 'consent', values: { what: 'opt-out' } },
    { type: 'form', verb: 'consent grant', values: { name: 'Ann Lee', until, identity } },
    { type: 'form', verb: 'consent requests', values: {} },
    { type: 'text', text: 'opt out “Jane Roe”' },
  ]);
  expect(asks[1]?.attachments).toMatchObject([
    { name: 'consent.pdf', bytes: 7, authorization: `Bearer ${slack.team.tokens.bot}` },
  ]);
});

test('never shows the token to an address that is linked in a message', async () => {
  const { asks } = await open(() => accepted);
  const message = ada.writes(channel, 'see <https://films.example/a.mp4?x=1&amp;y=2|this>');
  await ada.chooses('message-enhance-this-video', message);
  await soon(() => expect(asks).toHaveLength(1));
  expect(asks[0]?.attachments).toEqual([
    { url: 'https://films.example/a.mp4?x=1&y=2', name: 'a.mp4', bytes: null, contentType: null, link: true },
  ]);
});

test('shows at home what somebody has at work, and hears a press there', async () => {
  const { asks } = await open(() => accepted, { cards: [view(), view({ title: 'g6 · done' })] });
  const home = await ada.opensHome();
  expect(home.text).toContain('g7 · waiting');
  expect(home.text).toContain('g6 · done');
  expect(home.buttons.map(({ label }) => label)).toEqual(['Cancel', 'Cancel']);
  expect(asks).toEqual([]);
});

test('maps members of a user group to moderators', async () => {
  const group = slack.group('editors', [ada]);
  const { asks } = await open(() => accepted, { roles: { moderator: group, admin: 'none' } });
  await ada.types(channel, 'HELP');
  await slack.person('Bob').types(channel, 'HELP');
  await soon(() => expect(asks).toHaveLength(2));
  expect(asks.map(({ asker }) => asker.roles)).toEqual([['asker', 'moderator'], ['asker']]);
});

test('tells the asker in private where it may not post', async () => {
  const closed = slack.channel('inner', { kind: 'private', withoutApp: true });
  const { silent } = await open(() => accepted);
  await ada.types(closed, 'GENERATE "fog"');
  await soon(() => expect(ada.sees(closed)).toHaveLength(1));
  // So that nobody else does.
  await soon(() => expect(silent).toEqual([7]));
  expect(ada.sees(closed)[0]).toMatchObject({ alone: true, text: expect.stringContaining('type /invite') });
});

test('answers by itself when Slack takes no more answers at its address', async () => {
  await open(async () => {
    slack.later(31 * 60_000);
    return refused;
  });
  await ada.types(channel, 'x');
  await soon(() => expect(ada.sees(channel)).toHaveLength(1));
  expect(ada.sees(channel)[0]?.alone).toBe(true);
});

test('says so when it fails, and keeps why in its log', async () => {
  const { troubles } = await open(() => {
    throw new Error('the database is away');
  });
  const heard = await ada.types(channel, 'HELP');
  expect(heard.acknowledged).toBe(true);
  await soon(() => expect(ada.sees(channel)[0]?.text).toContain('This went wrong on our side'));
  expect(troubles).toEqual([expect.stringContaining('the database is away')]);
});

test('lets what was taken in be answered before it stops', async () => {
  const hold = Promise.withResolvers<void>();
  const started = await open(async () => {
    await hold.promise;
    return accepted;
  });
  await ada.types(channel, 'GENERATE "fog"');
  await soon(() => expect(started.asks).toHaveLength(1));
  const stopped = started.stop(5000);
  bot = null;
  hold.resolve();
  await stopped;
  expect(ada.sees(channel)).toHaveLength(1);
  expect(await ada.types(channel, 'HELP')).toMatchObject({ acknowledged: false });
});
