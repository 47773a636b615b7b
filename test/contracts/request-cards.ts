import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buttonsOf, findButton } from '../../engine/cards/buttons.ts';
import { cardGone, cardsOfAsker, notePosted, readCard } from '../../engine/cards/cards.ts';
import { claimCards, letGo } from '../../engine/cards/keep.ts';
import { lockHead } from '../../engine/consent/audit/append.ts';
import {
  channelOf,
  channelProblem,
  channelsIn,
  type ModeratorsChannel,
} from '../../engine/consent/channel/moderators-channel.ts';
import {
  changesOf,
  leaveOldChannels,
  makeRequestCards,
  restCard,
  wakeRequestCards,
} from '../../engine/consent/channel/request-cards.ts';
import { seeRequest } from '../../engine/consent/channel/request-seen.ts';
import { askPublicly } from '../../engine/consent/public/ask.ts';
import { clearSent } from '../../engine/consent/public/clear.ts';
import { newSecret } from '../../engine/consent/public/secret.ts';
import { decide } from '../../engine/consent/requests/decide.ts';
import { fileRequest } from '../../engine/consent/requests/file.ts';
import { noSigner } from '../../engine/consent/signing/signer.ts';
import type { Store } from '../../engine/store/port.ts';
import { moderatorIn, publicFigure } from '../fakes/consent.ts';
import { askerIn } from '../fakes/plan.ts';

/** The cards of what moderators decide, on every store. */
export function describeRequestCards(adapter: string, open: () => Promise<Store>): void {
  describe(`cards of requests (${adapter})`, () => {
    let store: Store;
    let person: number;
    beforeAll(async () => {
      store = await open();
      person = await publicFigure(store, `Jane ${crypto.randomUUID().replace(/[^a-z]/g, '')}roe`);
    });
    afterAll(() => store?.[Symbol.asyncDispose]());

    /** A workspace of its own with a channel. */
    const begin = (): ModeratorsChannel => {
      const digits = String(BigInt(`0x${crypto.randomUUID().replaceAll('-', '')}`)).padStart(36, '1');
      const workspace = `discord:${digits.slice(0, 18)}`;
      return { of: workspace, chat: 'discord', workspace, channel: digits.slice(18, 36) };
    };
    let count = 0;
    const buttons = () =>
      ['approve', 'deny'].map((action) => ({ action, token: `${action}-${++count}`.padEnd(24, 'x') }));
    const make = (channel: ModeratorsChannel) => makeRequestCards(store, channel, buttons);
    const file = (workspace: string, many = 1) =>
      store.transaction(async (queries) => {
        await lockHead(queries);
        const by = askerIn(workspace);
        for (let nth = 0; nth < many; nth++)
          await fileRequest(queries, { kind: 'review', person, by, said: 'jane', details: {} });
      });
    const cardsIn = (workspace: string) =>
      store.query<{ id: number; state: string; channel: string; group: string; request: number }>(
        `select id, state, channel, "group", request_id as request from cards where workspace = $1 order by id`,
        [workspace],
      );
    const card = async (workspace: string) => (await cardsIn(workspace))[0]!;
    const approve = (workspace: string, number = 1) =>
      decide({ store, signer: noSigner }, moderatorIn(workspace, 'mia'), number, {
        verdict: 'approve',
        reason: null,
      });
    /** Draws it as a keeper would. */
    const drawn = async (id: number, keeper = 'one', again: number | null = null) => {
      await store.query(
        `update cards set keeper = $2, kept_until = clock_timestamp() + interval '30 seconds' where id = $1`,
        [id, keeper],
      );
      const changes = await changesOf(store, id);
      return restCard(store, { id }, { keeper, changes, again, why: null });
    };

    test('every open request has one card, however many look at the same time', async () => {
      const at = begin();
      await file(at.of, 3);
      await Promise.all([make(at), make(at), make(at)]);
      await make(at);
      const cards = await cardsIn(at.workspace);
      expect(cards.map(({ group, state, channel }) => [group, state, channel])).toEqual(
        ['r1', 'r2', 'r3'].map((group) => [group, 'living', at.channel]),
      );
      for (const { id } of cards) expect((await buttonsOf(store, id)).size).toBe(2);
      expect(await cardsOfAsker(store, 'discord', at.workspace, askerIn(at.of).user, 5)).toEqual([]);
    });

    test('a flood of requests comes twenty at a time, and cards of what is decided are not made', async () => {
      const at = begin();
      await file(at.of, 25);
      await approve(at.of, 1);
      await make(at);
      await make(at);
      const cards = await cardsIn(at.workspace);
      expect(cards.map(({ group }) => group)).toEqual(Array.from({ length: 20 }, (_, nth) => `r${nth + 2}`));
      for (const { id } of cards) await drawn(id);
      await make(at);
      expect(await cardsIn(at.workspace)).toHaveLength(24);
    });

    test('a card that was drawn rests until its request changes, whoever changes it', async () => {
      const at = begin();
      await file(at.of);
      await make(at);
      const { id, request } = await card(at.workspace);
      expect(await drawn(id)).toBe(true);
      expect(await readCard(store, id)).toMatchObject({ state: 'finished', request });
      await approve(at.of);
      expect((await card(at.workspace)).state).toBe('living');
      expect((await seeRequest(store, request))?.decisions).toMatchObject([
        { moderator: 'mia', verdict: 'approve' },
      ]);
      expect(await drawn(id)).toBe(true);
      expect((await card(at.workspace)).state).toBe('finished');
    });

    test('what changed while it was drawn is drawn again', async () => {
      const at = begin();
      await file(at.of);
      await make(at);
      const { id } = await card(at.workspace);
      const ours = async () => (await claimCards(store, 'discord', at.of, 30, 500)).map((row) => row.id);
      expect(await ours()).toContain(id);
      const changes = await changesOf(store, id);
      await approve(at.of);
      const rest = (keeper: string, seen: number) =>
        restCard(store, { id }, { keeper, changes: seen, again: null, why: null });
      expect(await rest(at.of, changes)).toBe(false);
      expect(await rest('somebody else', await changesOf(store, id))).toBe(false);
      await store.query('update cards set keeper = null, kept_until = null where keeper = $1', [at.of]);
      expect(await ours()).toContain(id);
      expect(await rest(at.of, await changesOf(store, id))).toBe(true);
      await letGo(store, at.of, await ours());
    });

    test('a card whose time has come is drawn anew', async () => {
      const at = begin();
      await file(at.of);
      await make(at);
      const { id } = await card(at.workspace);
      await drawn(id, 'one', 100_000_000);
      await wakeRequestCards(store, 'discord');
      expect((await card(at.workspace)).state).toBe('finished');
      await store.query('update cards set draw_at = now() where id = $1', [id]);
      await wakeRequestCards(store, 'slack');
      expect((await card(at.workspace)).state).toBe('finished');
      await wakeRequestCards(store, 'discord');
      expect((await card(at.workspace)).state).toBe('living');
    });

    test('where another channel is chosen, what is open leaves and comes back there, with its buttons', async () => {
      const at = begin();
      const there = { ...begin(), of: at.of };
      await file(at.of, 2);
      await make(at);
      const [one, two] = await cardsIn(at.workspace);
      await notePosted(store, one!.id, { channel: at.channel, thread: null, message: 'M1' });
      for (const { id } of [one!, two!]) await drawn(id);
      await approve(at.of, 2);
      await leaveOldChannels(store, 'discord', [there]);
      expect((await cardsIn(at.workspace)).map(({ state }) => state)).toEqual(['leaving', 'living']);
      await make(there);
      expect(await cardsIn(there.workspace)).toEqual([]);
      await cardGone(store, one!.id);
      await make(there);
      expect(await cardsIn(there.workspace)).toMatchObject([
        { id: one!.id, state: 'living', channel: there.channel },
      ]);
      expect((await readCard(store, one!.id))?.posted).toEqual([]);
      const token = (await buttonsOf(store, one!.id)).get('approve')!;
      expect(await findButton(store, 'discord', there.workspace, token)).toMatchObject({ card: one!.id });
      expect(await findButton(store, 'discord', at.workspace, token)).toBeNull();
    });

    test('what somebody sent on the public page and deleted has its card drawn anew', async () => {
      const at = begin();
      const secret = newSecret();
      const name = `Ann ${crypto.randomUUID().replace(/[^a-z]/g, '')}lee`;
      await askPublicly(store, at.of, secret, { kind: 'objection', name, message: 'please' });
      await make(at);
      const { id, request } = await card(at.workspace);
      await drawn(id);
      expect((await seeRequest(store, request))?.sent?.message).toBe('please');
      await clearSent(store, secret);
      expect((await card(at.workspace)).state).toBe('living');
      expect((await seeRequest(store, request))?.sent?.message).toBeNull();
    });

    test('a workspace of a chat names a channel of its own, the machine one of any chat', async () => {
      const at = begin();
      const set = (workspace: string, value: string) =>
        store.script(
          `insert into workspaces (name) values ('${workspace}') on conflict do nothing;
           delete from settings where workspace = '${workspace}';
           insert into settings (workspace, name, value) values ('${workspace}', 'consent.channel', '${value}')`,
        );
      await set(at.workspace, at.channel);
      expect(await channelOf(store, at.workspace)).toEqual(at);
      await set(at.workspace, `#${at.channel}`);
      expect(await channelsIn(store, 'discord')).toContainEqual(at);
      expect(await channelsIn(store, 'slack')).not.toContainEqual(at);
      await set(at.workspace, 'discord:123456789012345678/234567890123456789');
      expect(await channelOf(store, at.workspace)).toBeNull();
      await store.query('delete from settings where workspace = $1', [at.workspace]);
      expect(channelProblem('slack:T0123ABCD/C0123ABCD', 'local')).toBeNull();
      expect(channelProblem('C0123ABCD', 'slack:T0123ABCD')).toBeNull();
      expect(channelProblem('none', 'local')).toBeNull();
      for (const [value, workspace] of [
        ['C0123ABCD', 'local'],
        ['discord:1/2', 'local'],
        ['C0123ABCD', at.workspace],
        [at.channel, 'slack:T0123ABCD'],
        ['slack:T0123ABCD/C0123ABCD', 'slack:T0123ABCD'],
      ] as const)
        expect(channelProblem(value, workspace)).toMatch(/^it must be/);
    });
  });
}
