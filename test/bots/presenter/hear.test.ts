import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Attachment } from '../../../bots/presenter/ask.ts';
import type { CardView } from '../../../bots/presenter/card-view.ts';
import { opensForm } from '../../../bots/presenter/form.ts';
import type { Reply } from '../../../bots/presenter/reply.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { helpText } from '../../../dsl/help.ts';
import { leaveCard } from '../../../engine/cards/cards.ts';
import type { Store } from '../../../engine/store/port.ts';
import { type FakeChat, fakeChat, member } from '../../fakes/chat.ts';
import { openMemoryStore } from '../../fakes/database.ts';

let store: Store;
let chat: FakeChat;
beforeAll(async () => {
  store = await openMemoryStore();
  chat = await fakeChat(store);
});
// What an earlier test left waiting would be done first.
beforeEach(() => store.script('truncate workspaces, shares cascade'));
afterAll(() => store[Symbol.asyncDispose]());

let guilds = 0;
/** Somebody in a guild of their own. */
const somebody = () => member(`guild${++guilds}`, 'ada');

function accepted(reply: Reply) {
  if (reply.type !== 'accepted') throw new Error(JSON.stringify(reply));
  return reply;
}

function button(view: CardView, label: string): string {
  const found = view.buttons.flat().find((each) => each.label.startsWith(label));
  if (found === undefined) throw new Error(`no button ${label} in ${JSON.stringify(view.buttons)}`);
  return found.token;
}

const press = (token: string, values?: Record<string, string>) => ({
  type: 'press' as const,
  button: token,
  ...(values ? { values } : {}),
});

test('a statement becomes a run with a card, a film, a larger film, and is deleted', async () => {
  const ada = somebody();
  const { presenter, ask, work } = chat;
  const first = accepted(await presenter.hear(ask(ada, 'generate “a lighthouse” duration 4s as light')));
  expect(first.view.title).toBe('g1 · waiting, next in line');
  expect(first.view.pql).toBe('GENERATE "a lighthouse" DURATION 4s AS light;');
  await presenter.posted(first.card, { channel: 'C1', thread: null, message: 'M1' });
  await work();
  const done = (await presenter.view(first.card))!;
  expect(done.tone).toBe('done');
  expect(done.media).toMatchObject({ id: 'v1', kind: 'video', name: 'v1.mp4' });
  const larger = accepted(await presenter.hear(ask(ada, press(button(done, 'Upscale')))));
  expect(larger.view.pql).toBe('ENHANCE v1 UPSCALE 2x;');
  await work({ width: 2560, height: 1440 });
  const end = (await presenter.view(larger.card))!;
  const question = await presenter.hear(ask(ada, press(button(end, 'Delete'))));
  if (question.type !== 'confirm') throw new Error(JSON.stringify(question));
  const gone = await presenter.hear(ask(ada, press(button(question.view, 'Delete'))));
  expect(gone).toMatchObject({ type: 'answer', private: true });
  expect((await presenter.hear(ask(ada, 'FIND v2'))).type).toBe('refused');
  const again = await presenter.hear(ask(ada, press(button(question.view, 'Delete'))));
  expect(again).toMatchObject({ type: 'refused', view: { title: 'This was answered already' } });
});

test('several films that were asked for are shown in their order, and deleted together', async () => {
  const ada = somebody();
  const { presenter, ask, work } = chat;
  const text = 'GENERATE "one"; GENERATE "two" | ENHANCE UPSCALE 2x';
  const { card } = accepted(await presenter.hear(ask(ada, text)));
  for (let job = 0; job < 3; job += 1) await work();
  const view = (await presenter.view(card))!;
  expect([view.media?.id, view.more?.map(({ id }) => id)]).toEqual(['v1', ['v3']]);
  expect(view.lines.slice(0, 3)).toEqual([
    'v1: 1280x720, 24 fps, 4s, 3.1 MB',
    'v3: 1280x720, 24 fps, 4s, 3.1 MB',
    'on the way: v2',
  ]);
  // Which one would be enlarged nobody could see.
  expect(view.buttons.flat().map(({ label }) => label)).toEqual(['Vary', 'Re-run', 'Show PQL', 'Delete']);
  const question = await presenter.hear(ask(ada, press(button(view, 'Delete'))));
  if (question.type !== 'confirm') throw new Error(JSON.stringify(question));
  expect(question.view.title).toBe('Delete all that g1 made, and this card?');
  await presenter.hear(ask(ada, press(button(question.view, 'Delete'))));
  expect(await presenter.hear(ask(ada, 'SHOW VIDEOS'))).toMatchObject({
    view: { title: 'Videos', block: null },
  });
});

test('the same interaction heard twice makes one run', async () => {
  const ada = somebody();
  const once = chat.ask(ada, 'GENERATE "fog"');
  const replies = await Promise.all([chat.presenter.hear(once), chat.presenter.hear(once)]);
  expect(replies.map(({ type }) => type).sort()).toEqual(['accepted', 'again']);
  expect(await chat.presenter.hear(once)).toEqual({ type: 'again' });
  const runs = await store.query('select 1 from runs where workspace = $1', [ada.workspace]);
  expect(runs).toHaveLength(1);
});

test('what was heard by a process that died is answered when it is said again, and never twice', async () => {
  const ada = somebody();
  const asked = chat.ask(ada, 'GENERATE "snow"');
  await store.query(
    `insert into heard (surface, id, heard_at) values ('discord', $1, now() - interval '3 minutes')`,
    [asked.id],
  );
  expect((await chat.presenter.hear(asked)).type).toBe('accepted');
  await store.query(
    `update heard set heard_at = now() - interval '3 minutes', answered_at = null where id = $1`,
    [asked.id],
  );
  expect(await chat.presenter.hear(asked)).toEqual({ type: 'again' });
});

test('a mistake is shown with its caret, and the fix is one press away', async () => {
  const ada = somebody();
  const reply = await chat.presenter.hear(chat.ask(ada, 'GENERATE "fog" DURATION 4'));
  if (reply.type !== 'refused') throw new Error(JSON.stringify(reply));
  expect(reply.view.block).toContain('^');
  const fixed = accepted(await chat.presenter.hear(chat.ask(ada, press(button(reply.view, 'Apply')))));
  expect(fixed.view.pql).toBe('GENERATE "fog" DURATION 4s;');
});

test('a slip of the keyboard is mended by a press, also where more is wrong because of it', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  accepted(await presenter.hear(ask(ada, 'GENERATE "fog"')));
  await chat.work();
  const slip = await presenter.hear(ask(ada, 'ENHANCE v1 UPSCAL 2x'));
  if (slip.type !== 'refused') throw new Error(JSON.stringify(slip));
  expect(slip.view.title).toBe('Not understood: 2 problems');
  const mended = accepted(await presenter.hear(ask(ada, press(button(slip.view, 'Apply')))));
  expect(mended.view.pql).toBe('ENHANCE v1 UPSCALE 2x;');
  const more = await presenter.hear(ask(ada, 'ENHANCE v1 UPSCAL 9x'));
  if (more.type !== 'refused') throw new Error(JSON.stringify(more));
  expect(more.view.buttons.flat().map(({ label }) => label)).toEqual(['Change it']);
});

test('who knows no verbs yet gets a film of their words by a press; who means a verb does not', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  for (const text of ['a lighthouse at dusk', '“a lighthouse at dusk”', 'eine Möwe, Österreich']) {
    const refused = await presenter.hear(ask(ada, text));
    if (refused.type !== 'refused') throw new Error(JSON.stringify(refused));
    expect(refused.view.lines).toEqual([expect.stringContaining('to make a film of these words, press')]);
    const made = accepted(await presenter.hear(ask(ada, press(button(refused.view, 'Make a film of it')))));
    expect(made.view.pql).toBe(`GENERATE "${text.replace(/[“”]/g, '')}";`);
  }
  const attachments = [{ url: 'https://cdn.example/a.mp4', name: 'a.mp4', bytes: 1, contentType: null }];
  const about = await presenter.hear(ask(ada, 'make this nicer', { attachments }));
  expect(JSON.stringify(about)).not.toContain('Make a film of it');
  const long = `x${' y'.repeat(1500)}`;
  for (const text of ['undo', 'GENERAT "fog"', 'make "fog" | ENHANCE UPSCALE 2x', 'GENERATE fog', long]) {
    const refused = await presenter.hear(ask(ada, text));
    const labels = 'view' in refused ? refused.view.buttons.flat().map(({ label }) => label) : [];
    expect([text, labels.includes('Make a film of it')]).toEqual([text, false]);
  }
});

test('a button that is pressed twice begins its work once; what is typed twice is two wishes', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const { card } = accepted(await presenter.hear(ask(ada, 'GENERATE "fog"')));
  await chat.work();
  const view = (await presenter.view(card))!;
  const upscale = press(button(view, 'Upscale'));
  const first = accepted(await presenter.hear(ask(ada, upscale)));
  expect(first.view.title).toContain('g2');
  expect(await presenter.hear(ask(ada, upscale))).toMatchObject({
    type: 'answer',
    private: true,
    view: { title: 'g2 is at work on that already' },
  });
  // Elsewhere it is another card, and somebody else's is theirs.
  const place = { channel: 'C2', thread: null, message: null };
  accepted(await presenter.hear(ask(ada, upscale, { place })));
  const mia = { ...ada, user: 'discord:mia', roles: ['asker', 'moderator'] as const };
  accepted(await presenter.hear(ask(mia, upscale)));
  accepted(await presenter.hear(ask(ada, 'ENHANCE v1 UPSCALE 2x')));
});

test('whoever deletes a film learns where else it stands', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const { card } = accepted(await presenter.hear(ask(ada, 'GENERATE "fog" SEED 7')));
  await chat.work();
  const view = (await presenter.view(card))!;
  const again = accepted(await presenter.hear(ask(ada, press(button(view, 'Re-run')))));
  const asked = await presenter.hear(ask(ada, press(button(view, 'Delete'))));
  if (asked.type !== 'confirm') throw new Error(JSON.stringify(asked));
  expect(asked.view.lines.at(-1)).toBe('what it shows also stands on the card of g2, which stays');
  await leaveCard(store, again.card);
  const alone = await presenter.hear(ask(ada, press(button(view, 'Delete'))));
  expect(JSON.stringify(alone)).not.toContain('also stands');
});

test('what is missing is asked for in a form, with what was said already', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const reply = await presenter.hear(ask(ada, 'STITCH AS film'));
  if (reply.type !== 'form') throw new Error(JSON.stringify(reply));
  expect(reply.form.text).toBe('STITCH needs two or more clips');
  expect(reply.form.fields[0]).toMatchObject({ id: 'clips', value: null });
  expect(reply.form.fields[1]).toMatchObject({ id: 'file', type: 'file', files: 10 });
  expect(reply.form.fields.find(({ id }) => id === 'as')?.value).toBe('film');
  expect(opensForm(reply.form.token)).toBe(true);
  accepted(await presenter.hear(ask(ada, 'GENERATE "fog" AS fog')));
  await chat.work();
  accepted(await presenter.hear(ask(ada, press(reply.form.token, { clips: 'fog + fog', as: 'film' }))));
  const empty = await presenter.hear(ask(ada, '   '));
  expect(empty).toMatchObject({ type: 'form', form: { fields: [{ id: 'query' }, { id: 'file' }] } });
});

test('only who asked, and moderators, may press; and nobody of another workspace', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const { view } = accepted(await presenter.hear(ask(ada, 'GENERATE "fog"')));
  const cancel = press(button(view, 'Cancel'));
  const eve = { ...ada, user: 'discord:eve' };
  expect(await presenter.hear(ask(eve, cancel))).toMatchObject({
    type: 'refused',
    view: { title: 'Only who asked, and moderators, may press this' },
  });
  const stranger = member('elsewhere', 'ada', ['asker', 'moderator', 'admin']);
  expect(await presenter.hear(ask(stranger, cancel))).toMatchObject({
    type: 'refused',
    view: { title: 'This button means nothing any more' },
  });
  const moderator = { ...eve, roles: ['asker', 'moderator'] as const };
  expect(await presenter.hear(ask(moderator, cancel))).toMatchObject({
    type: 'answer',
    view: { title: 'g1 is cancelled' },
  });
  expect(await presenter.hear(ask(ada, cancel))).toMatchObject({
    type: 'refused',
    view: { title: 'g1 has ended already' },
  });
});

test('names, groups and clips never cross a workspace', async () => {
  const [ada, bob] = [somebody(), somebody()];
  const { presenter, ask } = chat;
  accepted(await presenter.hear(ask(ada, 'GENERATE "a secret" AS secret')));
  await chat.work();
  for (const text of [
    'ENHANCE secret UPSCALE 2x',
    'ENHANCE v1 UPSCALE 2x',
    'FIND g1',
    'FIND secret',
    'REMOVE v1',
    'CANCEL g1',
  ]) {
    const reply = await presenter.hear(ask(bob, text));
    expect([text, reply.type]).toEqual([text, 'refused']);
    expect(JSON.stringify(reply)).not.toContain('a secret');
  }
  const shown = await presenter.hear(ask(bob, 'SHOW GROUPS; SHOW VIDEOS; SEARCH "secret"'));
  expect(JSON.stringify(shown)).not.toContain('a secret');
  expect(await presenter.complete('enhance', 'clip', 'sec', bob)).toEqual([]);
  expect((await presenter.complete('enhance', 'clip', 'sec', ada)).map(({ value }) => value)).toEqual([
    'secret',
  ]);
});

test('vary makes another film of the same scene, and leaves the file of the first alone', async () => {
  const ada = somebody();
  const { presenter, ask, work } = chat;
  const first = accepted(await presenter.hear(ask(ada, 'GENERATE "a boat" SEED 7')));
  await work();
  const view = (await presenter.view(first.card))!;
  const other = accepted(await presenter.hear(ask(ada, press(button(view, 'Vary')))));
  expect(other.view.pql).toMatch(/^GENERATE "a boat" SEED \d+;$/);
  expect(other.view.pql).not.toContain('SEED 7;');
  await work();
  const same = accepted(await presenter.hear(ask(ada, press(button(view, 'Re-run')))));
  expect(same.view.lines).toContain('Everything was made before and recalled: it cost nothing.');
});

test('stitch with… asks for the other clip and puts it on the side that was chosen', async () => {
  const ada = somebody();
  const { presenter, ask, work } = chat;
  accepted(await presenter.hear(ask(ada, 'GENERATE "one" AS one')));
  await work();
  const second = accepted(await presenter.hear(ask(ada, 'GENERATE "two"')));
  await work();
  const token = button((await presenter.view(second.card))!, 'Stitch');
  expect(opensForm(token)).toBe(true);
  const form = await presenter.hear(ask(ada, press(token)));
  expect(form).toMatchObject({
    type: 'form',
    form: { text: 'Which clips belong to v2? Lately made here: one.' },
  });
  const film = accepted(await presenter.hear(ask(ada, press(token, { clips: 'one', side: 'before' }))));
  expect(film.view.pql).toBe('STITCH one + v2;');
  const hostile = await presenter.hear(ask(ada, press(token, { clips: 'one | REMOVE v1', side: 'after' })));
  expect(hostile.type).toBe('refused');
});

test('a file that came with the message is called this, and canonical PQL says which clip it was', async () => {
  const ada = somebody();
  const taking = await fakeChat(store, 'taking', {
    take: async ({ url }) =>
      url.includes('bad') ? { code: 'PQL420', message: 'this is no clip', hint: null } : { id: 'v1' },
  });
  const { presenter, ask } = taking;
  accepted(await presenter.hear(ask(ada, 'GENERATE "a clip"')));
  await taking.work();
  const fixOf = async (text: string, attachments: Attachment[]) =>
    button(((await presenter.hear(ask(ada, text, { attachments }))) as { view: CardView }).view, 'Apply');
  const attachments = [
    { url: 'https://cdn.example/clip.mp4', name: 'clip.mp4', bytes: 1, contentType: 'video/mp4' },
  ];
  const reply = accepted(await presenter.hear(ask(ada, 'ENHANCE this[1s..2s] UPSCALE 2x', { attachments })));
  expect(reply.view.pql).toBe('ENHANCE v1[1s..2s] UPSCALE 2x;');
  const form = { type: 'form', verb: 'enhance', values: { upscale: '2x' } } as const;
  expect(accepted(await presenter.hear(ask(ada, form, { attachments }))).view.pql).toBe(
    'ENHANCE v1 UPSCALE 2x;',
  );
  const left = accepted(await presenter.hear(ask(ada, 'ENHANCE UPSCALE 2x', { attachments })));
  expect(left.view.pql).toBe('ENHANCE v1 UPSCALE 2x;');
  const wrong = await presenter.hear(
    ask(ada, 'ENHANCE this[9s..12s] UPSCALE 4 -- this one', { attachments }),
  );
  expect((wrong as { view: CardView }).view.block).toMatch(
    /ENHANCE this\[9s\.\.12s\] UPSCALE 4 -- this one\n +\| +\^/,
  );
  expect((wrong as { view: CardView }).view.block).not.toContain('v1[');
  const mended = accepted(
    await presenter.hear(ask(ada, press(await fixOf('ENHANCE this UPSCALE 4', attachments)))),
  );
  expect(mended.view.pql).toBe('ENHANCE v1 UPSCALE 4x;');
  const nothing = await presenter.hear(ask(ada, 'ENHANCE this UPSCALE 2x'));
  expect(nothing).toMatchObject({ type: 'refused' });
  expect((nothing as { view: CardView }).view.block).toContain('nothing came with this message');
  const bad = [{ ...attachments[0]!, url: 'https://cdn.example/bad.mp4' }];
  expect(await presenter.hear(ask(ada, 'ENHANCE this UPSCALE 2x', { attachments: bad }))).toMatchObject({
    type: 'refused',
    view: { title: 'PQL420 this is no clip', buttons: [[{ label: 'Change it' }]] },
  });
});

test('what destroys asks first, and does what stands behind it after the yes', async () => {
  const ada = somebody();
  const { presenter, ask, work } = chat;
  accepted(await presenter.hear(ask(ada, 'GENERATE "old"')));
  await work();
  const question = await presenter.hear(ask(ada, 'REMOVE v1; SHOW VIDEOS'));
  if (question.type !== 'confirm') throw new Error(JSON.stringify(question));
  expect(question.view.title).toBe('Remove v1?');
  const left = await presenter.hear(ask(ada, press(button(question.view, 'Leave'))));
  expect(left).toMatchObject({ view: { title: 'Left as it is' } });
  const yes = await presenter.hear(ask(ada, press(button(question.view, 'Remove'))));
  expect(yes).toMatchObject({ type: 'answer', private: true });
  expect((await presenter.hear(ask(ada, 'FIND v1'))).type).toBe('refused');
});

test('a result is reported once, and a moderator says that it was seen to', async () => {
  const ada = somebody();
  const { presenter, ask, work } = chat;
  accepted(await presenter.hear(ask(ada, 'GENERATE "a crowd" AS crowd')));
  await work();
  const report = 'REPORT crowd SHOWS "Jane Roe" BECAUSE "she never agreed"';
  for (let times = 0; times < 2; times++)
    expect(await presenter.hear(ask({ ...ada, user: 'discord:bob' }, report))).toMatchObject({
      type: 'answer',
      private: true,
      view: { title: 'r1 asks a moderator to look at v1. FIND REQUEST r1 shows how far it is.' },
    });
  const mia = { ...ada, roles: ['asker', 'moderator'] as const };
  const found = await presenter.hear(ask(mia, 'FIND REQUEST r1'));
  expect((found as { view: CardView }).view.block).toMatch(/shown in +v1\n[\s\S]*reason +she never agreed/);
  expect((found as { view: CardView }).view.footnote).toContain('REMOVE v1 takes it away; then APPROVE r1');
  expect(await presenter.hear(ask(mia, 'APPROVE r1'))).toMatchObject({ view: { title: 'r1 is closed.' } });
  expect(await presenter.hear(ask(ada, 'REPORT v2 SHOWS "Jane Roe"'))).toMatchObject({
    view: { title: 'PQL303 there is no v2 in this workspace' },
  });
  expect((await presenter.hear(ask(ada, 'REPORT v1'))).type).toBe('refused');
});

test('a message makes something or asks something', async () => {
  const ada = somebody();
  const reply = await chat.presenter.hear(chat.ask(ada, 'GENERATE "fog"; SHOW GROUPS'));
  expect(reply).toMatchObject({ type: 'refused' });
  expect((reply as { view: CardView }).view.block).toContain('PQL237');
  const explained = await chat.presenter.hear(chat.ask(ada, 'EXPLAIN GENERATE "fog"'));
  expect(explained).toMatchObject({ type: 'answer', private: false });
});

test('what does not fit into one answer is asked for by a button, to the end', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const lines: string[] = [];
  let reply = await presenter.hear(ask(ada, 'HELP'));
  for (;;) {
    if (reply.type !== 'answer') throw new Error(JSON.stringify(reply));
    lines.push(...reply.view.block!.split('\n'));
    if (reply.view.buttons.length === 0) break;
    reply = await presenter.hear(ask(ada, press(button(reply.view, 'More'))));
  }
  expect(lines.join('\n')).toBe(helpText(catalogue));
});

test('a run that goes on has a card of its own', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const first = accepted(await presenter.hear(ask(ada, 'GENERATE "fog"')));
  await presenter.hear(ask(ada, press(button(first.view, 'Cancel'))));
  const again = accepted(await presenter.hear(ask(ada, 'RETRY g1')));
  expect(again.card).not.toBe(first.card);
  expect(again.view).toMatchObject({ tone: 'waiting', pql: 'GENERATE "fog";' });
  await chat.work();
  expect(button((await presenter.view(again.card))!, 'Vary')).toMatch(/^b/);
});

test('a fault of ours is said without its cause, and may be tried again', async () => {
  const ada = somebody();
  const broken = await fakeChat(store, 'broken', {
    prepare: () => {
      throw new Error('password=hunter2');
    },
  });
  const asked = broken.ask(ada, 'GENERATE "fog"');
  const reply = await broken.presenter.hear(asked);
  expect(reply).toMatchObject({ type: 'refused', view: { title: 'Something went wrong inside WatchAI' } });
  expect(JSON.stringify(reply)).not.toContain('hunter2');
  expect(broken.logged.join()).toContain('hunter2');
  expect((await chat.presenter.hear(asked)).type).toBe('accepted');
});
