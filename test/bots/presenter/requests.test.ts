import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import type { CardView } from '../../../bots/presenter/card-view.ts';
import type { Reply } from '../../../bots/presenter/reply.ts';
import {
  type ChannelSeen,
  everywhere,
  type Surface,
  SurfaceError,
  type Trouble,
} from '../../../bots/presenter/surface.ts';
import { lookAtModerators } from '../../../bots/repl/doctor/moderators.ts';
import type { Asker } from '../../../engine/asker.ts';
import { lockHead } from '../../../engine/consent/audit/append.ts';
import { keepEvidence } from '../../../engine/consent/grants/evidence.ts';
import { readEvidence } from '../../../engine/consent/public/evidence-link.ts';
import { decide } from '../../../engine/consent/requests/decide.ts';
import { fileRequest } from '../../../engine/consent/requests/file.ts';
import type { RequestKind } from '../../../engine/consent/requests/states.ts';
import { noSigner } from '../../../engine/consent/signing/signer.ts';
import type { Store } from '../../../engine/store/port.ts';
import { type FakeChat, fakeChat, member } from '../../fakes/chat.ts';
import { askForGrant, publicFigure } from '../../fakes/consent.ts';
import { openMemoryStore } from '../../fakes/database.ts';

let store: Store;
let chat: FakeChat;
let stop: AbortController;
let keeping: Promise<void>[];
let person: number;
beforeAll(async () => {
  store = await openMemoryStore();
});
beforeEach(async () => {
  await store.script('truncate workspaces, people cascade');
  chat = await fakeChat(store, 'one', { now: () => new Date(), publicUrl: 'https://films.example' });
  person = await publicFigure(store, 'Jane Roe');
  stop = new AbortController();
  keeping = [];
});
afterEach(async () => {
  stop.abort();
  await Promise.all(keeping);
});
afterAll(() => store[Symbol.asyncDispose]());

const guild = '123456789012345678';
const channel = '234567890123456789';
const ada = member(guild, 'ada');
const mia = member(guild, 'mia', ['asker', 'moderator']);
const noor = member(guild, 'noor', ['asker', 'moderator']);
const root = member(guild, 'root', ['asker', 'moderator', 'admin']);
const soon = { timeout: 20_000, interval: 20 };

/** A chat with channels, in which messages stand. */
function surface({
  look = () => ({ open: false, may: null }),
  fails = () => null,
}: {
  look?: () => ChannelSeen;
  fails?: (call: string) => Trouble | null;
} = {}) {
  const shown = new Map<string, { channel: string; view: CardView }>();
  const calls: string[] = [];
  const call = (name: string) => {
    calls.push(name);
    const trouble = fails(name);
    if (trouble !== null) throw new SurfaceError(trouble);
  };
  const here: Surface = {
    chat: 'discord',
    async post(place, view, key) {
      const message = `${key} in ${place.channel}`;
      if (!shown.has(message)) {
        shown.set(message, { channel: place.channel, view });
        call('post');
      }
      return { channel: place.channel, thread: null, message };
    },
    async edit({ message, channel: where }, view) {
      call('edit');
      if (!shown.has(message)) throw new SurfaceError({ kind: 'gone' });
      shown.set(message, { channel: where, view });
    },
    finish: () => Promise.reject(new Error('no run')),
    find: async () => null,
    look: async () => look(),
    async remove({ message }) {
      shown.delete(message);
    },
    tell: () => Promise.reject(new Error('nobody is told alone')),
  };
  const cards = () => [...shown.values()];
  const card = () => {
    expect(cards()).toHaveLength(1);
    return cards()[0]!.view;
  };
  return { here, shown, cards, card, calls };
}

const keep = (by: FakeChat, on: Surface) =>
  keeping.push(by.presenter.keep(everywhere(on), { every: () => 20, queueEvery: 30 }, stop.signal));

const choose = (value: string, workspace = `discord:${guild}`) =>
  store.script(
    `insert into workspaces (name) values ('${workspace}') on conflict do nothing;
     delete from settings where workspace = '${workspace}';
     insert into settings (workspace, name, value) values ('${workspace}', 'consent.channel', '${value}')`,
  );

const file = (kind: RequestKind = 'review', by: Asker = ada) =>
  store.transaction(async (queries) => {
    await lockHead(queries);
    const details = { text: 'GENERATE "jane r. at the sea"', why: 'a first name with an initial' };
    return fileRequest(queries, { kind, person, by, said: 'jane r.', details });
  });

const press = (view: CardView, label: string, by: Asker, values?: Record<string, string>): Promise<Reply> => {
  const button = view.buttons.flat().find((each) => each.label === label);
  return chat.presenter.hear(
    chat.ask(by, { type: 'press', button: String(button?.token), ...(values && { values }) }),
  );
};

const said = (reply: Reply) => ('view' in reply ? `${reply.type}: ${reply.view.title}` : reply.type);

test('a request that was asked anywhere comes into the moderators’ channel, once, however many bots there are', async () => {
  await choose(channel);
  const [discord, other] = [surface(), await fakeChat(store, 'two', { now: () => new Date() })];
  await file();
  keep(chat, discord.here);
  keep(other, discord.here);
  await vi.waitFor(() => expect(discord.card().title).toBe('r1 · Does this mean Jane Roe?'), soon);
  await file('namesake');
  await vi.waitFor(() => expect(discord.cards()).toHaveLength(2), soon);
  expect(discord.calls.filter((each) => each === 'post')).toHaveLength(2);
  expect(discord.cards().map((each) => each.channel)).toEqual([channel, channel]);
  // They stand there, and nobody holds them.
  await vi.waitFor(
    async () =>
      expect(await store.query('select state, keeper from cards')).toEqual([
        { state: 'finished', keeper: null },
        { state: 'finished', keeper: null },
      ]),
    soon,
  );
});

test('a post whose answer was lost stands there once', async () => {
  await choose(channel);
  let lost = 2;
  const discord = surface({ fails: () => (lost-- > 0 ? { kind: 'later', after: 0 } : null) });
  await file();
  keep(chat, discord.here);
  const at = { channel, thread: null, message: expect.any(String) };
  await vi.waitFor(
    async () =>
      expect(await store.query('select state, posted from cards')).toEqual([
        { state: 'finished', posted: [at] },
      ]),
    soon,
  );
  expect(discord.card().title).toBe('r1 · Does this mean Jane Roe?');
});

test('only moderators decide, nobody on what they asked for, and a denial says why', async () => {
  await choose(channel);
  const discord = surface();
  await file('review', mia);
  keep(chat, discord.here);
  await vi.waitFor(() => discord.card(), soon);
  expect(said(await press(discord.card(), 'Approve', ada))).toBe('refused: Moderators decide on r1');
  expect(said(await press(discord.card(), 'Deny…', ada))).toBe('refused: Moderators decide on r1');
  expect(said(await press(discord.card(), 'Deny…', mia))).toBe(
    'refused: r1 is your own request: nobody decides on their own',
  );
  const stranger = { ...noor, workspace: 'discord:345678901234567890' };
  expect(said(await press(discord.card(), 'Approve', stranger))).toBe(
    'refused: This button means nothing any more',
  );
  const form = await press(discord.card(), 'Deny…', noor);
  expect(form).toMatchObject({ type: 'form', form: { title: 'Deny r1', fields: [{ id: 'because' }] } });
  expect(said(await press(discord.card(), 'Deny…', noor, { because: '  ' }))).toBe(
    'refused: DENY needs a reason',
  );
  expect(said(await press(discord.card(), 'Deny…', noor, { because: 'it is her' }))).toBe(
    'answer: r1 is denied; whoever asked reads why.',
  );
  await vi.waitFor(
    () => expect(discord.card().title).toBe('r1 · denied · words that may mean Jane Roe'),
    soon,
  );
  expect(discord.card().buttons).toEqual([]);
  expect(discord.card().record.at(-1)).toEqual([
    'Denied by ',
    { user: noor.user },
    ', ',
    { at: expect.any(Date) },
    ': “it is her”',
  ]);
});

test('a grant shows who approved it and that one more has to; who comes too late sees who was first', async () => {
  await choose(channel);
  const discord = surface();
  const number = await askForGrant(store, ada, person);
  keep(chat, discord.here);
  await vi.waitFor(() => discord.card(), soon);
  const before = discord.card();
  expect(said(await press(before, 'Approve', mia))).toBe(
    'answer: r1 has your approval; another moderator has to approve too.',
  );
  await vi.waitFor(
    () =>
      expect(discord.card().record).toContainEqual([
        '1 of 2 approvals, by ',
        { user: mia.user },
        '; one more moderator',
      ]),
    soon,
  );
  expect(said(await press(discord.card(), 'Approve', mia))).toBe('refused: you approved r1 already');
  // At the terminal, or in another process.
  const denied = { verdict: 'deny', reason: 'the paper is not signed' } as const;
  await decide({ store, signer: noSigner }, noor, number, denied);
  await vi.waitFor(() => expect(discord.card().title).toBe('r1 · denied · grant of Jane Roe'), soon);
  expect(discord.card().buttons).toEqual([]);
  const late = await press(before, 'Approve', root);
  expect(said(late)).toBe('refused: r1 is denied already');
  expect('view' in late && late.view.record.at(-1)).toEqual(discord.card().record.at(-1));
});

test('what is escalated is drawn anew, and waits for an admin', async () => {
  await choose(channel);
  const discord = surface();
  await file();
  keep(chat, discord.here);
  await vi.waitFor(() => discord.card(), soon);
  const before = discord.card();
  expect(said(await press(before, 'Escalate', mia))).toBe('answer: r1 waits for an admin now.');
  await vi.waitFor(() => expect(discord.card().tone).toBe('failed'), soon);
  expect(
    discord
      .card()
      .buttons.flat()
      .map(({ label }) => label),
  ).toEqual(['Approve', 'Deny…']);
  expect(said(await press(before, 'Approve', noor))).toBe('refused: r1 was escalated: an admin decides');
  expect(said(await press(before, 'Approve', root))).toBe(
    'answer: r1 is approved: this text may stand in this workspace.',
  );
  await vi.waitFor(() => expect(discord.card().tone).toBe('done'), soon);
});

test('evidence is read by a link of each moderator’s own', async () => {
  await choose(channel);
  const discord = surface();
  await askForGrant(store, ada, person);
  keep(chat, discord.here);
  await vi.waitFor(() => discord.card(), soon);
  expect(discord.card().lines).toContainEqual(expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/));
  expect(said(await press(discord.card(), 'Read the evidence', ada))).toBe(
    'refused: Moderators decide on r1',
  );
  const reply = await press(discord.card(), 'Read the evidence', mia);
  expect(reply).toMatchObject({ type: 'answer', private: true });
  expect('view' in reply && reply.view.buttons[0]?.[0]?.url).toMatch(
    /^https:\/\/films\.example\/evidence\/[\w-]{20,}$/,
  );
  expect(await store.query('select moderator from evidence_links')).toEqual([{ moderator: mia.user }]);
});

test('the picture of a face is shown to each moderator alone, to nobody else, and to nobody once it is decided', async () => {
  await choose(channel);
  const discord = surface();
  const bytes = Buffer.from('a face');
  const picture = { sha256: createHash('sha256').update(bytes).digest('hex'), name: 'jane.jpg' };
  await store.transaction(async (queries) => {
    await lockHead(queries);
    await keepEvidence(queries, { ...picture, bytes });
    await fileRequest(queries, { kind: 'face', person, by: ada, said: 'Jane Roe', details: { picture } });
  });
  keep(chat, discord.here);
  await vi.waitFor(() => discord.card(), soon);
  const asked = discord.card();
  expect(said(await press(asked, 'Show the picture', ada))).toBe('refused: Moderators decide on r1');
  const elsewhere = { ...mia, workspace: 'discord:999999999999999999' };
  expect(said(await press(asked, 'Show the picture', elsewhere))).toMatch(/^refused/);
  expect(await store.query('select from evidence_links')).toEqual([]);
  const reply = await press(asked, 'Show the picture', mia);
  expect(reply).toMatchObject({ type: 'answer', private: true, view: { title: 'The picture of r1' } });
  const url = 'view' in reply ? String(reply.view.buttons[0]?.[0]?.url) : '';
  const secret = url.slice('https://films.example/evidence/'.length);
  expect(Buffer.from((await readEvidence(store, secret))!)).toEqual(bytes);
  const [read] = await store.query<{ body: string }>(
    `select body from consent_audit where action = 'evidence read' order by seq desc limit 1`,
  );
  expect(read?.body).toContain(picture.sha256);
  expect(read?.body).toContain(mia.user);
  expect(said(await press(asked, 'Deny…', mia, { because: 'not her' }))).toMatch(/^answer/);
  await vi.waitFor(() => expect(discord.card().buttons).toEqual([]), soon);
  expect(said(await press(asked, 'Show the picture', mia))).toMatch(
    /^refused: (?:There is no|The) picture of r1/,
  );
});

test('cards of open requests go where the channel goes, and leave with it', async () => {
  await choose(channel);
  const discord = surface();
  await file();
  keep(chat, discord.here);
  await vi.waitFor(() => discord.card(), soon);
  const elsewhere = '456789012345678901';
  await choose(elsewhere);
  await vi.waitFor(() => expect(discord.cards().map((each) => each.channel)).toEqual([elsewhere]), soon);
  expect(said(await press(discord.card(), 'Escalate', mia))).toBe('answer: r1 waits for an admin now.');
  await choose('none');
  await vi.waitFor(() => expect(discord.cards()).toEqual([]), soon);
});

test('the person at the machine may have a chat’s moderators decide, until they say otherwise', async () => {
  const local = { ...ada, workspace: 'local', user: 'ada' };
  await choose(`discord:${guild}/${channel}`, 'local');
  const discord = surface();
  await file('review', local);
  keep(chat, discord.here);
  await vi.waitFor(() => expect(discord.card().record[0]).toContainEqual({ user: 'ada' }), soon);
  expect(discord.card().title).toBe('r1 of local · Does this mean Jane Roe?');
  const { buttons } = discord.card();
  await choose('none', 'local');
  expect(said(await press({ ...discord.card(), buttons }, 'Approve', mia))).toBe(
    'refused: r1 is not decided here any more',
  );
  await choose(`discord:${guild}/${channel}`, 'local');
  expect(said(await press({ ...discord.card(), buttons }, 'Approve', mia))).toBe(
    'answer: r1 is approved: this text may stand in this workspace.',
  );
});

test('a card that somebody took away by hand is posted anew, and one that cannot stand there is tried again later', async () => {
  await choose(channel);
  let closed = false;
  const discord = surface({
    fails: () => (closed ? { kind: 'forbidden', words: 'send messages in this channel' } : null),
  });
  await file();
  keep(chat, discord.here);
  await vi.waitFor(() => discord.card(), soon);
  discord.shown.clear();
  await press((await theCard())!, 'Escalate', mia);
  await vi.waitFor(() => expect(discord.card().tone).toBe('failed'), soon);
  closed = true;
  await press(discord.card(), 'Approve', root);
  await vi.waitFor(
    async () =>
      expect(await store.query('select state, why, draw_at > now() as later from cards')).toEqual([
        { state: 'finished', why: 'forbidden: send messages in this channel', later: true },
      ]),
    soon,
  );
  await file('namesake');
  await vi.waitFor(async () => {
    const findings = await lookAtModerators(store);
    expect(findings.map(({ state, why }) => [state, why])).toEqual([
      ['warn', '1 of 1 open requests do not stand there: forbidden: send messages in this channel'],
    ]);
  }, soon);
  closed = false;
  await store.query('update cards set draw_at = now()');
  await vi.waitFor(
    () => expect(discord.cards().map(({ view }) => view.tone)).toEqual(['done', 'waiting']),
    soon,
  );
  await vi.waitFor(async () => expect(await lookAtModerators(store)).toMatchObject([{ state: 'ok' }]), soon);

  async function theCard(): Promise<CardView | null> {
    const [row] = await store.query<{ id: number }>('select id from cards');
    return chat.presenter.view(row!.id);
  }
});

test('no request is put where everybody can read it, nor a channel chosen that is none', async () => {
  let seen: ChannelSeen = { open: true, may: null };
  const discord = surface({ look: () => seen });
  await file();
  keep(chat, discord.here);
  const set = async (now: ChannelSeen, by: Asker = root) => {
    seen = now;
    return said(await chat.presenter.hear(chat.ask(by, `SET consent.channel "<#${channel}>"`)));
  };
  expect(await set({ open: true, may: null })).toBe(
    'refused: PQL450 everybody can read this channel, and what moderators are asked names people',
  );
  expect(await set({ open: false, may: 'send messages there' })).toBe(
    'refused: PQL450 I may not send messages there',
  );
  expect(await set({ open: false, may: null }, mia)).toBe(
    'refused: PQL504 consent.channel may be changed by admins',
  );
  const shape = async (value: string) =>
    said(await chat.presenter.hear(chat.ask(root, `SET consent.channel "${value}"`)));
  for (const value of ['#mods', 'C0123ABCD', `discord:${guild}/${channel}`])
    expect(await shape(value)).toContain('must be the id of a text channel');
  // Somebody opens it to everybody after it was chosen.
  seen = { open: true, may: null };
  await choose(channel);
  await vi.waitFor(
    () => expect(chat.logged.join()).toContain('moderators are not asked: everybody can read'),
    soon,
  );
  expect(discord.cards()).toEqual([]);
  expect(await set({ open: false, may: null })).toBe(`answer: consent.channel is #${channel} now`);
});
