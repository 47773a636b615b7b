import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Attachment } from '../../../bots/presenter/ask.ts';
import type { CardView } from '../../../bots/presenter/card-view.ts';
import type { Form } from '../../../bots/presenter/form.ts';
import type { Reply } from '../../../bots/presenter/reply.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import type { Read } from '../../../engine/attachments/read.ts';
import { forgetHeard } from '../../../engine/cards/heard.ts';
import { openConsent } from '../../../engine/consent/open.ts';
import type { Failure } from '../../../engine/failure.ts';
import { fail } from '../../../engine/jobs/fail.ts';
import type { Store } from '../../../engine/store/port.ts';
import { type FakeChat, fakeChat, member } from '../../fakes/chat.ts';
import { publicFigure } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { exactNames } from '../../fakes/exact-names.ts';

const paper = { name: 'consent.pdf', bytes: Buffer.from('I agree. Jane Roe') };

let store: Store;
let chat: FakeChat;
beforeAll(async () => {
  store = await openMemoryStore();
  chat = await fakeChat(store, 'one', {
    consent: openConsent(store, { catalogue, createFinder: exactNames }),
    read: async ({ url }) =>
      url.includes('large')
        ? { code: 'PQL442', message: 'the file is larger than 20 MB', hint: null }
        : paper,
  });
});
beforeEach(() => store.script('truncate workspaces, shares cascade'));
afterAll(() => store[Symbol.asyncDispose]());

let guilds = 0;
/** Somebody in a guild of their own, who moderates nothing. */
const somebody = () => member(`consent${++guilds}`, 'ada');
const moderator = (of: ReturnType<typeof somebody>, user: string) =>
  ({ ...of, user: `discord:${user}`, roles: ['asker', 'moderator'] }) as const;

function viewOf(reply: Reply): CardView {
  if (!('view' in reply)) throw new Error(JSON.stringify(reply));
  return reply.view;
}

function formOf(reply: Reply): Form {
  if (reply.type !== 'form') throw new Error(JSON.stringify(reply));
  return reply.form;
}

const form = (verb: string, values: Record<string, string>) => ({ type: 'form', verb, values }) as const;
const press = (button: string, values?: Record<string, string>) =>
  ({ type: 'press', button, ...(values && { values }) }) as const;
const report = { type: 'message', command: 'report' } as const;

/** A film of ours in a message. */
async function film(of: ReturnType<typeof somebody>, text: string, message: string): Promise<void> {
  const reply = await chat.presenter.hear(chat.ask(of, text));
  if (reply.type !== 'accepted') throw new Error(JSON.stringify(reply));
  await chat.presenter.posted(reply.card, { channel: 'C1', thread: null, message });
  await chat.work();
}

test('/consent asks which of its verbs is meant, then for what that needs, and says it', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const which = formOf(await presenter.hear(ask(ada, form('consent', {}))));
  expect(which.fields[0]?.choices.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['opt-out', 'opt-in', 'grant', 'approve', 'deny', 'escalate', 'uses', 'requests']),
  );
  expect(which.fields[0]?.choices.map(({ value }) => value)).not.toContain('import-people-from');
  const out = formOf(await presenter.hear(ask(ada, press(which.token, { what: 'opt-out' }))));
  expect(out).toMatchObject({ title: 'Opt out', fields: [{ id: 'name', required: true }, {}, {}] });
  expect(formOf(await presenter.hear(ask(ada, press(out.token)))).fields).toEqual(out.fields);
  const said = await presenter.hear(ask(ada, press(out.token, { name: 'Ann “Bo” Lee' })));
  expect(said).toMatchObject({ type: 'answer', private: true });
  expect(viewOf(said).title).toContain('is shown nowhere any more');
  expect(await presenter.hear(ask(ada, form('consent', { what: 'requests' })))).toMatchObject({
    type: 'answer',
    private: true,
    view: { title: 'Requests', lines: ['nothing waits for a decision'] },
  });
});

test('evidence that comes along is kept beside the request, and is no media of the workspace', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const terms = { name: 'Jane Roe', until: '2027-01-31', identity: 'passport' };
  const attachments = [
    { url: 'https://cdn.example/consent.pdf', name: 'consent.pdf', bytes: 17, contentType: null },
  ];
  const asked = await presenter.hear(ask(ada, form('consent grant', terms), { attachments }));
  expect(viewOf(asked).title).toContain('r1 asks for it');
  const [kept] = await store.query<{ evidence: object }>(
    `select details -> 'evidence' as evidence from consent_requests where workspace = $1`,
    [ada.workspace],
  );
  const sha256 = createHash('sha256').update(paper.bytes).digest('hex');
  expect(kept).toEqual({ evidence: { name: 'consent.pdf', sha256 } });
  expect(await store.query('select from consent_evidence where hash = $1', [sha256])).toHaveLength(1);
  expect(await store.query('select from media where workspace = $1', [ada.workspace])).toEqual([]);
  const typed = 'GRANT "Jane Roe" UNTIL 2027-01-31 EVIDENCE this IDENTITY "passport"';
  expect(viewOf(await presenter.hear(ask(ada, typed, { attachments }))).title).toContain('r2 asks for it');
  expect(viewOf(await presenter.hear(ask(ada, typed))).title).toContain(
    'nothing came along that could be this',
  );
  const large = [{ ...attachments[0]!, url: 'https://cdn.example/large.mov' }];
  expect(viewOf(await presenter.hear(ask(ada, typed, { attachments: large }))).title).toContain('PQL442');
});

test('evidence that was sent once need not be sent again with the fix, nor when what was said is changed', async () => {
  const ada = somebody();
  const read: Parameters<Read>[0][] = [];
  const consent = chat.parts.consent!;
  const reading: Read = async (file) => {
    read.push(file);
    return paper;
  };
  const first = await fakeChat(store, 'first', { consent, read: reading });
  const sent = {
    url: 'https://files.example/consent.pdf',
    name: 'consent.pdf',
    bytes: 17,
    contentType: null,
  };
  const attachments = [{ ...sent, authorization: 'Bearer of today' }];
  const kept = async () => JSON.stringify(await store.query('select arguments from buttons'));
  const typed = 'GRANT "Jane Roe" UNTIL 2027-01-31 EVIDENCE this IDENTITY passport';
  const refused = viewOf(await first.presenter.hear(first.ask(ada, typed, { attachments })));
  expect(labels(refused)).toEqual(['Apply the fix and run', 'Change it']);
  expect(await kept()).toContain('consent.pdf');
  expect(await kept()).not.toContain('Bearer');

  const { presenter, ask } = await fakeChat(store, 'restarted', { consent, read: reading });
  const reach = (file: Attachment) => ({ ...file, authorization: 'Bearer of tomorrow' });
  const [fix, change] = refused.buttons.flat().map(({ token }) => token);
  const window = formOf(await presenter.hear(ask(ada, press(change!))));
  expect(window.fields.map(({ id, value, help }) => [id, value, help])).toEqual([
    ['query', typed, expect.any(String)],
    ['file', null, 'consent.pdf is kept; another file takes its place'],
  ]);
  const fixed = await presenter.hear(ask(ada, press(fix!), { reach }));
  expect(viewOf(fixed).title).toContain('r1 asks for it');
  expect(read).toEqual([{ ...sent, authorization: 'Bearer of tomorrow' }]);
  const changed = typed.replace('passport', '"passport"').replace('Jane', 'Jo');
  expect(viewOf(await presenter.hear(ask(ada, press(change!, { query: changed })))).title).toContain(
    'r2 asks',
  );
  const other = [{ ...sent, url: 'https://files.example/other.pdf' }];
  const again = press(change!, { query: changed.replace('Jo', 'Jim') });
  expect(viewOf(await presenter.hear(ask(ada, again, { attachments: other }))).title).toContain('r3 asks');
  expect(read.map(({ url }) => url)).toEqual([sent.url, sent.url, other[0]!.url]);

  await store.query(`update buttons set made_at = now() - interval '25 hours'`);
  await forgetHeard(store);
  expect(await kept()).not.toContain('consent.pdf');
  expect(await kept()).not.toContain('said');
  expect(viewOf(await presenter.hear(ask(ada, press(change!, { query: changed })))).title).toContain(
    'nothing came along that could be this',
  );
});

test('a command or a form that is refused opens filled in as it was, and evidence is kept in it', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const attachments = [{ url: 'https://cdn.example/a.pdf', name: 'a.pdf', bytes: 17, contentType: null }];
  const terms = { name: 'Jane Roe', until: 'next summer', identity: 'passport' };
  const reply = await presenter.hear(ask(ada, form('consent grant', terms), { attachments }));
  expect(reply.type === 'refused' && reply.wrong).toEqual([
    { field: 'until', text: 'UNTIL wants a date, found a quoted text: expected a date such as 2027-01-31' },
  ]);
  const refused = viewOf(reply);
  const change = refused.buttons.flat().find(({ label }) => label === 'Change it')!.token;
  const window = formOf(await presenter.hear(ask(ada, press(change))));
  expect(window.text).toBe('UNTIL wants a date, found a quoted text: expected a date such as 2027-01-31');
  const filled = Object.fromEntries(window.fields.map(({ id, value, required }) => [id, [value, required]]));
  expect(filled).toMatchObject({
    ...{ name: ['Jane Roe', true], until: ['next summer', true], identity: ['passport', true] },
    evidence: [null, false],
  });
  const sent = { ...terms, until: '2027-01-31' };
  expect(viewOf(await presenter.hear(ask(ada, press(window.token, sent)))).title).toContain('r1 asks for it');
  // What is refused for who said it is not mended by other words.
  const denied = viewOf(await presenter.hear(ask(ada, form('consent approve', { request: 'r1' }))));
  expect(labels(denied)).toEqual([]);
  const clip = viewOf(await presenter.hear(ask(ada, form('enhance', { clip: 'v99', upscale: '2x' }))));
  const token = clip.buttons.flat().at(-1)!.token;
  const fields = formOf(await presenter.hear(ask(ada, press(token)))).fields;
  expect(fields.filter(({ value }) => value !== null).map(({ id, value }) => [id, value])).toEqual([
    ['clip', 'v99'],
    ['upscale', '2x'],
  ]);
});

test('what a window has no room for stays as it was said, where a chat gives back all that it showed', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const said = { prompt: 'fog', duration: '5', size: '96x64', fps: '12fps', weather: 'fog', time: 'night' };
  const refused = viewOf(await presenter.hear(ask(ada, form('generate', said))));
  const change = refused.buttons.flat().at(-1)!.token;
  const window = formOf(await presenter.hear(ask(ada, press(change))));
  const filled = window.fields.filter(({ value }) => value !== null);
  expect(filled.slice(0, 3).map(({ id, value }) => [id, value])).toEqual([
    ['duration', '5'],
    ['prompt', 'fog'],
    ['size', '96x64'],
  ]);
  const fixed = press(change, { prompt: 'fog', duration: '5s', size: '', time: 'dawn' });
  expect(await presenter.hear(ask(ada, fixed))).toMatchObject({
    view: { pql: 'GENERATE "fog" DURATION 5s FPS 12fps WEATHER fog TIME dawn;' },
  });
  // Slack shows all of them, and leaves out what is empty.
  const slack = { surface: 'slack' } as const;
  const again = viewOf(await presenter.hear(ask(ada, form('generate', said), slack)));
  const token = again.buttons.flat().at(-1)!.token;
  expect(
    await presenter.hear(ask(ada, press(token, { prompt: 'fog', duration: '5s', time: 'dawn' }), slack)),
  ).toMatchObject({ view: { pql: 'GENERATE "fog" DURATION 5s TIME dawn;' } });
});

test('who may decide is asked of the roles, whatever the command; requests are completed for who may see them', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  const bob = { ...ada, user: 'discord:bob' };
  await film(ada, 'GENERATE "a crowd" AS crowd', 'M1');
  await presenter.hear(ask(ada, form('consent report', { result: 'crowd', shows: 'Jane Roe' })));
  const approve = form('consent approve', { request: 'r1' });
  expect(await presenter.hear(ask(bob, approve))).toMatchObject({ type: 'refused' });
  const request = async (of: Parameters<typeof ask>[0]) =>
    (await presenter.complete('consent approve', 'request', 'r', of)).map(({ value }) => value);
  expect([await request(bob), await request(ada), await request(moderator(ada, 'mia'))]).toEqual([
    [],
    ['r1'],
    ['r1'],
  ]);
  expect(await presenter.complete('consent revoke', 'request', 'r', moderator(ada, 'mia'))).toEqual([]);
  expect(
    (await presenter.complete('consent report', 'result', 'cro', bob)).map(({ value }) => value),
  ).toEqual(['crowd']);
  expect(viewOf(await presenter.hear(ask(moderator(ada, 'mia'), approve))).title).toBe('r1 is closed.');
});

test('a message with a film of ours is reported, or who is in it opted out, with that film named', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  await film(ada, 'GENERATE "a crowd at noon"', 'M1');
  const at = (message: string) => ({ place: { channel: 'C1', thread: null, message } });
  const bob = { ...ada, user: 'discord:bob' };
  const asked = formOf(await presenter.hear(ask(bob, report, at('M1'))));
  expect(asked).toMatchObject({ text: 'About v1: GENERATE "a crowd at noon"; Only you see the answer.' });
  expect(asked.fields.map(({ id }) => id)).toEqual(['name', 'want', 'because']);
  const reported = await presenter.hear(
    ask(bob, press(asked.token, { name: 'Jane Roe', want: 'report', because: 'a secret; REMOVE v1' })),
  );
  expect(reported).toMatchObject({ type: 'answer', private: true });
  expect(viewOf(reported).title).toMatch(/^r1 asks a moderator to look at v1/);
  const out = await presenter.hear(ask(bob, press(asked.token, { name: 'Jane Roe', want: 'opt out' })));
  expect(viewOf(out).block).toMatch(
    /r1 asks a moderator to look at v1[\s\S]*Jane Roe is shown nowhere any more/,
  );
  const rows = await store.query('select name, reason, asked_by from opt_outs where workspace = $1', [
    ada.workspace,
  ]);
  expect(rows).toEqual([{ name: 'Jane Roe', reason: 'shown in v1', asked_by: 'discord:bob' }]);
  const [request] = await store.query(
    'select kind, said, asked_by, details from consent_requests where kind = $1',
    ['report'],
  );
  expect(request).toMatchObject({ said: 'Jane Roe', details: { film: 'v1', reason: 'a secret; REMOVE v1' } });
  // A single word is left to moderators; the film is reported all the same.
  const single = await presenter.hear(ask(bob, press(asked.token, { name: 'Rose', want: 'opt out' })));
  expect(single.type).toBe('refused');
  expect(viewOf(single).block).toMatch(/r2 asks a moderator[\s\S]*PQL548/);
});

test('the film of a message of ours is enhanced without being fetched', async () => {
  const ada = somebody();
  await film(ada, 'GENERATE "a crowd"', 'M1');
  const attachments = [{ url: 'https://cdn.example/v1.mp4', name: 'v1.mp4', bytes: 1, contentType: null }];
  const place = { channel: 'C1', thread: null, message: 'M1' };
  const enhance = { type: 'message', command: 'enhance' } as const;
  expect(await chat.presenter.hear(chat.ask(ada, enhance, { place, attachments }))).toMatchObject({
    type: 'accepted',
    view: { pql: 'ENHANCE v1 UPSCALE 2x;' },
  });
  await chat.work();
  // Of anybody else's message what it carries is fetched, which nothing is here.
  const other = { place: { ...place, message: 'M2' }, attachments };
  expect(viewOf(await chat.presenter.hear(chat.ask(ada, enhance, other))).title).toContain(
    'nothing can be fetched here',
  );
});

test.each([
  ['the name of a file', 'TRIM this UNTIL 1s', { url: 'https://cdn.example/x', name: 'ann WORD.mp4' }],
  ['the folders of a link', 'TRIM https://example.org/ann/WORD/1.mp4 UNTIL 1s', null],
  ['what a link asks for', 'TRIM https://example.org/1.mp4?who=ann%20WORD UNTIL 1s', null],
  [
    'the link of a message',
    'TRIM this UNTIL 1s',
    { url: 'https://example.org/ann/WORD/1.mp4', name: '1.mp4', link: true as const },
  ],
])('a name in %s that comes along is found, whatever the workspace calls the bytes', async (_, text, file) => {
  const word = crypto.randomUUID().replace(/[^a-z]/g, '');
  const called = (each: string) => each.replace('WORD', word);
  const ada = somebody();
  await film(ada, 'GENERATE "a crowd"', 'M1');
  const { consent } = chat.parts;
  const { presenter, ask } = await fakeChat(store, 'three', { consent, take: async () => ({ id: 'v1' }) });
  const about = { bytes: null, contentType: null };
  const attachments =
    file === null ? [] : [{ ...file, ...about, url: called(file.url), name: called(file.name) }];
  const say = () => presenter.hear(ask(ada, called(text), { attachments }));
  expect((await say()).type).toBe('accepted');
  await publicFigure(store, `Ann ${word}`);
  const { block } = viewOf(await say());
  expect(block).toContain(`PQL541  Ann ${word} is a public figure`);
  expect(block).toContain(called(text));
});

test('a message of others, of another workspace, or of what is gone names no film', async () => {
  const [ada, eve] = [somebody(), somebody()];
  const { presenter, ask } = chat;
  await film(ada, 'GENERATE "a crowd"', 'M1');
  const at = (message: string) => ({ place: { channel: 'C1', thread: null, message } });
  const form = formOf(await presenter.hear(ask(ada, report, at('M1'))));
  for (const [who, message] of [
    [ada, 'M2'],
    [eve, 'M1'],
  ] as const)
    expect(viewOf(await presenter.hear(ask(who, report, at(message)))).title).toBe(
      'This message shows nothing that was made here',
    );
  expect(
    await presenter.hear(ask(eve, press(form.token, { name: 'Jane Roe', want: 'report' }))),
  ).toMatchObject({
    view: { title: 'This button means nothing any more' },
  });
  await presenter.hear(ask(ada, press(await yes(ada, 'REMOVE v1'))));
  expect(
    await presenter.hear(ask(ada, press(form.token, { name: 'Jane Roe', want: 'report' }))),
  ).toMatchObject({
    type: 'refused',
    view: { title: 'What this message showed was removed meanwhile' },
  });
  const out = await presenter.hear(ask(ada, press(form.token, { name: 'Jo Roe', want: 'opt out' })));
  expect(viewOf(out).title).toContain('Jo Roe is shown nowhere any more');
});

/** The button that says yes to a question. */
async function yes(of: ReturnType<typeof somebody>, text: string): Promise<string> {
  return viewOf(await chat.presenter.hear(chat.ask(of, text))).buttons[0]![0]!.token;
}

test('a refused name has its way out on a button, where somebody else may be meant', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  await publicFigure(store, 'Jane Famous');
  const text = 'Jane Famous “the second”; feeds\nthe ducks';
  const statement = `GENERATE ${JSON.stringify(text)}`;
  const reply = await presenter.hear(ask(ada, statement));
  // Nothing in a window mends it: a button leads on.
  expect(reply).toMatchObject({ type: 'refused', wrong: [] });
  const refused = viewOf(reply);
  expect(refused.block).toContain('PQL541');
  expect(labels(refused)).toEqual(['Claim a namesake', 'Change it']);
  const form = formOf(await presenter.hear(ask(ada, press(refused.buttons[0]![0]!.token))));
  expect(form.fields.map(({ id }) => id)).toEqual(['because']);
  expect(form.text).toContain('does not mean Jane Famous? A moderator decides.');
  const claimed = await presenter.hear(ask(ada, press(form.token, { because: 'my aunt' })));
  expect(viewOf(claimed).title).toContain('r1 asks a moderator');
  // They are asked already.
  expect(labels(viewOf(await presenter.hear(ask(ada, statement))))).toEqual(['Change it']);
  await presenter.hear(ask(moderator(ada, 'mia'), 'DENY r1 BECAUSE "which aunt?"'));
  const denied = viewOf(await presenter.hear(ask(ada, statement)));
  expect([denied.block?.slice(0, 6), labels(denied)]).toEqual(['PQL545', ['Claim a namesake', 'Change it']]);
  await presenter.hear(ask(ada, press(denied.buttons[0]![0]!.token, { because: 'Jane Famous of Hull' })));
  await presenter.hear(ask(moderator(ada, 'noor'), 'APPROVE r2'));
  expect((await presenter.hear(ask(ada, statement))).type).toBe('accepted');
});

test('what may mean somebody asks a moderator by itself, or by a button where something else is wrong too', async () => {
  const ada = somebody();
  const { presenter, ask } = chat;
  await publicFigure(store, 'Ann Wellknown');
  const both = viewOf(
    await presenter.hear(ask(ada, 'GENERATE "Ms Wellknown at sea"; ENHANCE v9 UPSCALE 2x')),
  );
  expect([both.block?.includes('PQL544'), labels(both)]).toEqual([true, ['Ask a moderator', 'Change it']]);
  const alone = viewOf(await presenter.hear(ask(ada, 'GENERATE "Ms Wellknown at sea"')));
  expect(alone.block).toContain('r1 asks the moderators');
  expect(labels(alone)).toEqual(['Change it']);
  const out = viewOf(await presenter.hear(ask(ada, 'GENERATE "a pier" CAST "Nobody Known"')));
  expect([out.block?.includes('PQL542'), labels(out)]).toEqual([true, ['Change it']]);
  const two = viewOf(
    await presenter.hear(ask(ada, 'GENERATE "Ann Wellknown"; GENERATE "Ann Wellknown and Jane Famous"')),
  );
  expect(labels(two)).toEqual(['Not Ann Wellknown', 'Not Ann Wellknown', 'Not Jane Famous', 'Change it']);
});

test('a run that is refused when a worker comes to it has the same way out on its card, for its asker and moderators, after a restart', async () => {
  const ada = somebody();
  const consent = chat.parts.consent!;
  const begin = async (text: string) => {
    const reply = await chat.presenter.hear(chat.ask(ada, text));
    if (reply.type !== 'accepted') throw new Error(JSON.stringify(reply));
    await chat.presenter.posted(reply.card, { channel: 'C1', thread: null, message: `M${reply.card}` });
    return { card: reply.card, job: await chat.take() };
  };
  const late = await begin('GENERATE "Kim Newly at sea"');
  const running = await begin('GENERATE "Kim Newly on a hill"');
  await publicFigure(store, 'Kim Newly');
  const refused = await consent.admit(late.job).catch((error: unknown) => error);
  await fail(chat.parts, late.job, refused as Failure);
  await chat.presenter.hear(chat.ask(ada, 'OPT OUT "Kim Newly"'));
  await consent.revoke(chat.parts);

  const restarted = await fakeChat(store, 'two', { consent });
  const { presenter, ask } = restarted;
  const cards = [await presenter.view(late.card), await presenter.view(running.card)].map((view) => view!);
  expect(cards.map((view) => [view.title.replace(/after .*?s:/, 'after 1s:'), labels(view)])).toEqual([
    [
      'g1 · failed after 1s: Kim Newly is a public figure who gave no leave here',
      ['Claim a namesake', 'Try again', 'Show PQL'],
    ],
    [
      'g2 · failed after 1s: somebody in it asked not to be shown',
      ['Claim a namesake', 'Try again', 'Show PQL'],
    ],
  ]);
  const tokens = cards.map(({ buttons }) => buttons[0]![0]!.token);
  const eve = { ...ada, user: 'discord:eve' };
  expect(viewOf(await presenter.hear(ask(eve, press(tokens[0]!)))).title).toBe(
    'Only who asked, and moderators, may press this',
  );
  for (const [nth, who] of [ada, moderator(ada, 'mia')].entries()) {
    const form = formOf(await presenter.hear(ask(who, press(tokens[nth]!))));
    expect([form.title, form.fields.map(({ id }) => id)]).toEqual(['Claim namesake', ['because']]);
    const claimed = await presenter.hear(ask(who, press(form.token, { because: 'my aunt' })));
    expect(viewOf(claimed).title).toContain(`r${nth + 2} asks a moderator`);
  }
  expect(viewOf(await presenter.hear(ask(ada, press(tokens[0]!)))).block).toContain('r2 asks the moderators');
  await presenter.hear(ask(moderator(ada, 'noor'), 'APPROVE r2'));
  await presenter.hear(ask(moderator(ada, 'olga'), 'APPROVE r2'));
  expect(viewOf(await presenter.hear(ask(ada, press(tokens[0]!)))).title).toBe(
    'Nothing stands in the way of g1 any more',
  );
  expect((await presenter.hear(ask(ada, press(cards[0]!.buttons[0]![1]!.token)))).type).toBe('accepted');
});

const labels = ({ buttons }: CardView) => buttons.flat().map(({ label }) => label);
