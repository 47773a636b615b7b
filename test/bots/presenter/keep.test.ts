import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import type { CardView } from '../../../bots/presenter/card-view.ts';
import {
  cardKey,
  everywhere,
  type Posted,
  type Surface,
  SurfaceError,
  type Trouble,
} from '../../../bots/presenter/surface.ts';
import { readCard } from '../../../engine/cards/cards.ts';
import { finishCard } from '../../../engine/delivery/outbox.ts';
import type { Store } from '../../../engine/store/port.ts';
import { type FakeChat, fakeChat, member } from '../../fakes/chat.ts';
import { openMemoryStore } from '../../fakes/database.ts';

let store: Store;
let chat: FakeChat;
let stop: AbortController;
let keeping: Promise<void>[];
beforeAll(async () => {
  store = await openMemoryStore();
});
beforeEach(async () => {
  await store.script('truncate workspaces, shares cascade');
  chat = await fakeChat(store, 'one', { now: () => new Date() });
  stop = new AbortController();
  keeping = [];
});
afterEach(async () => {
  stop.abort();
  await Promise.all(keeping);
});
afterAll(() => store[Symbol.asyncDispose]());

const ada = member('g1', 'ada');
const soon = { timeout: 20_000, interval: 20 };

/** A chat that remembers what stands in it. `fails` is asked before each call. */
function surface(fails: (call: string) => Trouble | null = () => null) {
  const shown = new Map<string, CardView>();
  const told: string[] = [];
  let [edits, posts, together, most] = [0, 0, 0, 0];
  const call = (name: string) => {
    const trouble = fails(name);
    if (trouble !== null) throw new SurfaceError(trouble);
  };
  const here: Surface = {
    chat: 'discord',
    async post(place, view, key) {
      call('post');
      if (!shown.has(key)) posts += 1;
      shown.set(key, view);
      return { channel: place.channel, thread: null, message: key };
    },
    async edit(posted: Posted, view) {
      together += 1;
      most = Math.max(most, together);
      await new Promise((resolve) => setTimeout(resolve, 5));
      together -= 1;
      call('edit');
      edits += 1;
      shown.set(posted.message, view);
    },
    finish: () => Promise.reject(new Error('the last view is delivery’s')),
    find: async () => null,
    look: async () => ({ open: false, may: null }),
    async remove(posted) {
      call('remove');
      shown.delete(posted.message);
    },
    async tell(user, _place, view) {
      told.push(`${user}: ${view.title}`);
    },
  };
  return { here, shown, told, counts: () => ({ edits, posts, most }) };
}

const keep = (by: FakeChat, on: Surface, every = 20, inLine?: number) =>
  keeping.push(
    by.presenter.keep(everywhere(on), { every: () => every, ...(inLine && { inLine }) }, stop.signal),
  );

async function accept(text: string): Promise<number> {
  const reply = await chat.presenter.hear(chat.ask(ada, text));
  if (reply.type !== 'accepted') throw new Error(JSON.stringify(reply));
  return reply.card;
}

const posted = (card: number) =>
  chat.presenter.posted(card, { channel: 'C1', thread: null, message: cardKey(card) });

const stateOf = async (card: number) => {
  const [row] = await store.query<{ state: string; keeper: string | null }>(
    'select state, keeper from cards where id = $1',
    [card],
  );
  return row;
};

test('a living card is drawn anew as its run goes on, and let go when it has ended', async () => {
  const discord = surface();
  const card = await accept('GENERATE "fog"');
  await posted(card);
  keep(chat, discord.here);
  await vi.waitFor(() => expect(discord.shown.get(cardKey(card))?.tone).toBe('waiting'), soon);
  const job = await chat.take();
  chat.parts.news.progress(job.run, {
    type: 'progress',
    group: 'g1',
    job: 'j1',
    fraction: 0.42,
    fps: 31,
    secondsLeft: 8,
    note: null,
  });
  await vi.waitFor(
    () =>
      expect(discord.shown.get(cardKey(card))).toMatchObject({
        tone: 'running',
        title: 'g1 · working',
        progress: { fraction: 0.42, text: '42%, 31 fps, 8s left' },
      }),
    soon,
  );
  await chat.engine.cancel('g1', ada);
  await vi.waitFor(
    async () => expect(await stateOf(card)).toEqual({ state: 'finishing', keeper: null }),
    soon,
  );
  const { edits } = discord.counts();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(discord.counts().edits).toBe(edits);
  expect(discord.counts().posts).toBe(0);
});

test('a card whose poster died is posted by whoever keeps cards, once', async () => {
  const card = await accept('GENERATE "fog"');
  const discord = surface();
  keep(chat, discord.here);
  await new Promise((resolve) => setTimeout(resolve, 150));
  // Whoever heard it is about to post it.
  expect(discord.counts().posts).toBe(0);
  await store.query(`update cards set kept_until = now() - interval '1 second' where id = $1`, [card]);
  await vi.waitFor(() => expect(discord.shown.get(cardKey(card))?.title).toContain('g1'), soon);
  expect(discord.counts().posts).toBe(1);
  await vi.waitFor(
    async () =>
      expect(
        (await store.query<{ posted: unknown[] }>('select posted from cards where id = $1', [card]))[0]
          ?.posted,
      ).toHaveLength(1),
    soon,
  );
});

test('of two processes one keeps a card, and the other takes over when it is gone', async () => {
  const card = await accept('GENERATE "fog"');
  await posted(card);
  const [first, second] = [surface(), surface()];
  const other = await fakeChat(store, 'two', { now: () => new Date() });
  const gone = new AbortController();
  const dying = chat.presenter.keep(everywhere(first.here), { every: () => 20 }, gone.signal);
  await vi.waitFor(() => expect(first.shown.size).toBe(1), soon);
  keep(other, second.here);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(second.shown.size).toBe(0);
  gone.abort();
  await dying;
  await vi.waitFor(() => expect(second.shown.size).toBe(1), soon);
});

test('edits keep their distance, however much is heard, and what is drawn is the latest', async () => {
  const card = await accept('GENERATE "fog"');
  await posted(card);
  const discord = surface();
  const job = await chat.take();
  keep(chat, discord.here, 300);
  const began = performance.now();
  for (let step = 1; step <= 60; step += 1) {
    chat.parts.news.progress(job.run, {
      type: 'progress',
      group: 'g1',
      job: 'j1',
      fraction: step / 100,
      fps: null,
      secondsLeft: null,
      note: null,
    });
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await vi.waitFor(() => expect(discord.shown.get(cardKey(card))?.progress?.fraction).toBe(0.6), soon);
  const { edits, most } = discord.counts();
  expect(edits).toBeLessThanOrEqual(2 + (performance.now() - began) / 300);
  expect(most).toBe(1);
});

test('a card whose film has many before it says so, the last first, and is let go of when its turn is near', async () => {
  const cards: number[] = [];
  for (const word of ['fog', 'rain', 'snow', 'hail']) cards.push(await accept(`GENERATE "${word}"`));
  for (const card of cards) await posted(card);
  let room = Number.POSITIVE_INFINITY;
  const slack = surface((call) =>
    call === 'edit' && room-- <= 0 ? { kind: 'later', after: 1, own: true } : null,
  );
  for (const card of cards) slack.shown.set(cardKey(card), (await chat.presenter.view(card))!);
  keep(chat, slack.here, 20, 2);
  await vi.waitFor(() => expect(slack.counts().edits).toBe(cards.length), soon);
  // One edit more, and then none.
  room = 1;
  await store.transaction(async (queries) => {
    for (const card of cards) await finishCard(queries, (await readCard(queries, card))!);
    await queries.query(`update cards set state = 'finishing'`);
  });
  const linesOf = (at: number) => slack.shown.get(cardKey(cards[at]!))?.lines[0] ?? '';
  await vi.waitFor(() => expect(linesOf(3)).toContain('behind 3 others'), soon);
  const keeperOf = async (at: number) => (await stateOf(cards[at]!))?.keeper;
  // Said, or soon to come: delivery may have them.
  await vi.waitFor(
    async () => expect([await keeperOf(0), await keeperOf(1), await keeperOf(3)]).toEqual([null, null, null]),
    soon,
  );
  expect([linesOf(0), linesOf(1)].join()).not.toContain('behind');
  expect(await keeperOf(2)).toBe('one');
  await store.query(`update outbox set state = 'sent' where card_id = $1`, [cards[0]!]);
  await vi.waitFor(async () => expect(await keeperOf(2)).toBeNull(), soon);
});

test('a chat that asks for time is given it, and where we may not speak who asked is told alone', async () => {
  const card = await accept('GENERATE "fog"');
  let turned = 0;
  const discord = surface((call) =>
    call === 'post' && turned++ === 0
      ? { kind: 'later', after: 0 }
      : call === 'edit'
        ? { kind: 'forbidden', words: 'send messages in this channel' }
        : null,
  );
  await store.query(`update cards set kept_until = now() - interval '1 second' where id = $1`, [card]);
  keep(chat, discord.here);
  await vi.waitFor(() => expect(discord.counts().posts).toBe(1), soon);
  await chat.take();
  await vi.waitFor(
    () => expect(discord.told).toEqual(['ada: g1 runs, but I may not send messages in this channel']),
    soon,
  );
  expect(discord.counts().edits).toBe(0);
  // Nor by another process, nor after a start anew.
  await vi.waitFor(async () => expect(await toldIn(card)).toBe('living'), soon);
  stop.abort();
  await Promise.all(keeping);
  stop = new AbortController();
  keep(await fakeChat(store, 'two', { now: () => new Date() }), discord.here);
  await vi.waitFor(async () => expect((await stateOf(card))?.keeper).toBe('two'), soon);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(discord.told).toHaveLength(1);
});

test('who heard from the chat itself that nothing can be drawn there is not told again', async () => {
  const card = await accept('GENERATE "fog"');
  await chat.presenter.silent(card);
  const closed = surface(() => ({ kind: 'forbidden', words: 'post in this channel' }));
  keep(chat, closed.here);
  await vi.waitFor(async () => expect((await stateOf(card))?.keeper).toBe('one'), soon);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(closed.told).toEqual([]);
  // That it cannot be taken away is news, once.
  await store.query(`update cards set state = 'leaving', posted = '[{"message":"card-1"}]' where id = $1`, [
    card,
  ]);
  await vi.waitFor(() => expect(closed.told).toHaveLength(1), soon);
  expect(closed.told[0]).toContain('what g1 made should go from here, but I may not post in this channel');
  await vi.waitFor(async () => expect(await toldIn(card)).toBe('leaving'), soon);
  await chat.presenter.posted(card, { channel: 'C1', thread: null, message: 'another' });
  await vi.waitFor(async () => expect((await stateOf(card))?.keeper).toBe('one'), soon);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(closed.told).toHaveLength(1);
});

const toldIn = async (card: number) =>
  (await store.query<{ told: string | null }>('select told_in as told from cards where id = $1', [card]))[0]
    ?.told;

test('a deleted card loses its messages, whoever was killed in between', async () => {
  const card = await accept('GENERATE "fog"');
  await posted(card);
  const discord = surface();
  discord.shown.set(cardKey(card), (await chat.presenter.view(card))!);
  await store.query(`update cards set state = 'leaving' where id = $1`, [card]);
  keep(chat, discord.here);
  await vi.waitFor(async () => expect((await stateOf(card))?.state).toBe('gone'), soon);
  expect(discord.shown.size).toBe(0);
});
