import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buttonsOf, findButton, insertButtons, useButton } from '../../engine/cards/buttons.ts';
import { cardGone, endCard, insertCard, leaveCard, notePosted, readCard } from '../../engine/cards/cards.ts';
import { costOf } from '../../engine/cards/cost.ts';
import { forgetHeard, hearOnce, noteAnswered, unhear } from '../../engine/cards/heard.ts';
import { claimCards, glanceAt, holdCards, letGo } from '../../engine/cards/keep.ts';
import { claimParcel } from '../../engine/delivery/outbox.ts';
import { cancel } from '../../engine/jobs/cancel.ts';
import { claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { type Along, submit } from '../../engine/jobs/submit.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { type Store, sqlState } from '../../engine/store/port.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

/** Cards, buttons and what was heard, on every store. */
export function describeCards(adapter: string, open: () => Promise<Store>): void {
  describe(`cards (${adapter})`, () => {
    let store: Store;
    let parts: Parts & { artifacts: MemoryArtifacts };
    beforeAll(async () => {
      store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    afterAll(() => store?.[Symbol.asyncDispose]());

    /** A run of a workspace of its own with a card that `keeper` is about to post. */
    const begin = async (keeper = 'one', interaction: string = crypto.randomUUID(), operation = 'probe') => {
      const workspace = `discord:${crypto.randomUUID()}`;
      let card = 0;
      const along: Along = async (queries, run, group) => {
        card = await insertCard(queries, {
          ...{
            surface: 'discord',
            workspace,
            run,
            group,
            pql: 'PROBE v1;',
            asker: 'discord:ada',
            interaction,
          },
          ...{ channel: 'C1', thread: null, fileLimit: 10_485_760, keeper, keptFor: 30 },
        });
      };
      const { run } = await submit(parts, planOf({ s1: { operation } }), askerIn(workspace), along);
      return { run, card, workspace };
    };
    const stateOf = async (card: number) => (await readCard(store, card))?.state;
    const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
    /** Takes what earlier tests left out of the way. */
    const clear = () =>
      store.script(`delete from outbox; update cards set state = 'gone', keeper = null, kept_until = null`);

    test('a card comes with its run and stops living with it, in the same transactions', async () => {
      const { run, card } = await begin();
      expect(await stateOf(card)).toBe('living');
      await cancel(parts, run);
      expect(await stateOf(card)).toBe('finishing');
      await endCard(store, card, null);
      expect(await stateOf(card)).toBe('finished');
    });

    test('an interaction that has a card makes no second run', async () => {
      const interaction = crypto.randomUUID();
      await begin('one', interaction);
      const runs = () => store.query('select id from runs');
      const before = await runs();
      const error = await begin('two', interaction).catch((thrown: unknown) => thrown);
      expect(sqlState(error)).toBe('23505');
      expect(await runs()).toHaveLength(before.length);
    });

    test('of many who hear the same at once one answers, and another only when that one was lost', async () => {
      const id = crypto.randomUUID();
      const heard = await Promise.all(Array.from({ length: 8 }, () => hearOnce(store, 'slack', id)));
      expect(heard.filter(Boolean)).toHaveLength(1);
      expect(await hearOnce(store, 'discord', id)).toBe(true);
      await unhear(store, 'slack', id);
      expect(await hearOnce(store, 'slack', id)).toBe(true);
      await store.query(`update heard set heard_at = now() - interval '3 minutes' where id = $1`, [id]);
      expect(await hearOnce(store, 'slack', id)).toBe(true);
      await noteAnswered(store, 'slack', id);
      await store.query(`update heard set heard_at = now() - interval '3 minutes' where id = $1`, [id]);
      expect(await hearOnce(store, 'slack', id)).toBe(false);
      await unhear(store, 'slack', id);
      expect(await hearOnce(store, 'slack', id)).toBe(false);
      await store.query(`update heard set heard_at = now() - interval '8 days' where id = $1`, [id]);
      await forgetHeard(store);
      expect(await store.query('select 1 from heard where id = $1', [id])).toEqual([]);
    });

    test('a card is in one hand at a time, and in another when that one was lost', async () => {
      await clear();
      const { card } = await begin('one');
      expect(await claimCards(store, 'discord', 'two', 30, 10)).toEqual([]);
      expect(ids(await holdCards(store, 'one', [card], 30))).toEqual([card]);
      await letGo(store, 'one', [card]);
      const taken = await Promise.all(
        ['two', 'three'].map((keeper) => claimCards(store, 'discord', keeper, 30, 10)),
      );
      expect(taken.flat()).toHaveLength(1);
      expect(await claimCards(store, 'slack', 'four', 30, 10)).toEqual([]);
      await store.query(`update cards set kept_until = now() - interval '1 second' where id = $1`, [card]);
      expect(ids(await claimCards(store, 'discord', 'five', 30, 10))).toEqual([card]);
      expect(await holdCards(store, 'two', [card], 30)).toEqual([]);
      await letGo(store, 'two', [card]);
      expect(await claimCards(store, 'discord', 'six', 30, 10)).toEqual([]);
    });

    test('one glance says of which cards something changed', async () => {
      const one = await begin();
      const two = await begin();
      const before = await glanceAt(store, [one.card, two.card]);
      await cancel(parts, one.run);
      const after = await glanceAt(store, [one.card, two.card]);
      const changed = after.filter(
        ({ id, changed }) => before.find((each) => each.id === id)!.changed !== changed,
      );
      expect(changed).toMatchObject([{ id: one.card, state: 'finishing' }]);
    });

    test('where a card stands is noted once, and what is deleted is left to be taken away', async () => {
      await clear();
      const { card, run } = await begin();
      const message = { channel: 'C1', thread: null, message: 'M1' };
      await notePosted(store, card, message);
      await notePosted(store, card, message);
      await notePosted(store, card, { ...message, message: 'M2' });
      expect((await readCard(store, card))?.posted).toEqual([message, { ...message, message: 'M2' }]);
      await cancel(parts, run);
      await letGo(store, 'one', [card]);
      expect(await claimCards(store, 'discord', 'two', 30, 10)).toEqual([]);
      await leaveCard(store, card);
      expect(ids(await claimCards(store, 'discord', 'two', 30, 10))).toEqual([card]);
      await cardGone(store, card);
      expect(await stateOf(card)).toBe('gone');
      await leaveCard(store, card);
      expect(await stateOf(card)).toBe('gone');
    });

    test('a card outlives its run, and its buttons mean what they meant', async () => {
      const { card, run, workspace } = await begin();
      const button = {
        surface: 'discord',
        workspace,
        card,
        arguments: { of: 'v1' },
        owner: 'discord:ada',
      } as const;
      const token = (letter: string) => letter.repeat(8) + crypto.randomUUID().slice(0, 20);
      const first = token('a');
      await insertButtons(store, [{ ...button, token: first, action: 'rerun' }]);
      await insertButtons(store, [{ ...button, token: token('b'), action: 'rerun' }]);
      expect([...(await buttonsOf(store, card))]).toEqual([['rerun', first]]);
      expect(await findButton(store, 'discord', workspace, first)).toMatchObject({
        card,
        action: 'rerun',
        arguments: { of: 'v1' },
      });
      expect(await findButton(store, 'discord', 'discord:other', first)).toBeNull();
      expect(await findButton(store, 'slack', workspace, first)).toBeNull();
      await store.query('delete from runs where id = $1', [run]);
      expect(await readCard(store, card)).toMatchObject({ run: null, pql: 'PROBE v1;' });
      const used = await Promise.all([useButton(store, first), useButton(store, first)]);
      expect(used.filter(Boolean)).toHaveLength(1);
    });

    test('a card that is to go waits for delivery to be done with it', async () => {
      await clear();
      const { run, card } = await begin();
      await cancel(parts, run);
      await letGo(store, 'one', [card]);
      expect((await claimParcel(store, 'discord', 60_000))?.card).toBe(card);
      await leaveCard(store, card);
      expect(await claimCards(store, 'discord', 'two', 30, 10)).toEqual([]);
      await store.query(
        `update outbox set state = 'sent', lease_until = null, ended_at = now() where card_id = $1`,
        [card],
      );
      expect(ids(await claimCards(store, 'discord', 'two', 30, 10))).toEqual([card]);
    });

    test('what a run cost is what its jobs worked, and nothing of what was recalled', async () => {
      const word = `op-${crypto.randomUUID()}`;
      const { run } = await begin('one', crypto.randomUUID(), word);
      expect(await costOf(store, run)).toEqual({});
      const job = (await claim(store, { lane: 'cpu', operations: [word], worker: 'test', lease: 60_000 }))!;
      await store.query(`update jobs set claimed_at = now() - interval '5 seconds' where id = $1`, [job.id]);
      const hash = parts.artifacts.keep(word);
      await complete(parts, job, {
        type: 'made',
        hash,
        bytes: 1,
        kind: 'text',
        facts: textFacts,
        notes: [],
        details: {},
      });
      const cost = await costOf(store, run);
      expect(cost.cpu).toBeGreaterThanOrEqual(5);
      await store.query('update jobs set recalled = true where id = $1', [job.id]);
      expect(await costOf(store, run)).toEqual({});
    });
  });
}
