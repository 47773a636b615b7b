import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertCard } from '../../engine/cards/cards.ts';
import { letGo } from '../../engine/cards/keep.ts';
import { type Carried, type Carry, startDelivery } from '../../engine/delivery/deliver.ts';
import {
  claimBehind,
  claimParcel,
  endParcel,
  finishCard,
  holdParcels,
  isNext,
  markSaid,
  nextParcelDue,
  noteStep,
  openBefore,
  putOffParcel,
} from '../../engine/delivery/outbox.ts';
import { Failure } from '../../engine/failure.ts';
import { settle } from '../../engine/jobs/run-row.ts';
import { openLog } from '../../engine/log.ts';
import { lockWorkspace } from '../../engine/media.ts';
import type { Store } from '../../engine/store/port.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };

/** The outbox and its loop, on every store. Each test empties it first. */
export function describeDelivery(adapter: string, open: () => Promise<Store>): void {
  describe(`the outbox (${adapter})`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store?.[Symbol.asyncDispose]());

    let runs = 0;
    const newCard = async (channel: string, thread: string | null) => {
      await lockWorkspace(store, 'w');
      const number = ++runs;
      const [row] = await store.query<{ id: number }>(
        `insert into runs (workspace, number, source, asker) values ('w', $1, 'x', '{}') returning id`,
        [number],
      );
      const card = await insertCard(store, {
        ...{
          surface: 'slack',
          workspace: 'w',
          run: row!.id,
          group: `g${number}`,
          pql: 'x',
          asker: 'slack:u',
        },
        ...{ interaction: `i${number}`, channel, thread, fileLimit: 10e6, keeper: 'test', keptFor: 60 },
      });
      await letGo(store, 'test', [card]);
      return card;
    };
    const finished = (card: number, channel = '#a', thread: string | null = null) =>
      finishCard(store, { id: card, surface: 'slack', channel, thread });
    /** Promises a card in a channel; answers its number. */
    const promise = async (channel: string, thread: string | null = null) => {
      const card = await newCard(channel, thread);
      await finished(card, channel, thread);
      return card;
    };
    const empty = () => store.query('delete from outbox');
    const claim = (lease = 60_000) => claimParcel(store, 'slack', lease);
    const states = async () =>
      (await store.query<{ state: string }>('select state from outbox order by turn')).map(
        ({ state }) => state,
      );
    const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
    const deliver = (carry: Carry, more: Partial<Parameters<typeof startDelivery>[1]> = {}) =>
      startDelivery(store, { surface: 'slack', carry, log, look: 20, grace: 0, random: () => 0, ...more });

    test('gives what ended first in a place first, one at a time, and places side by side', async () => {
      await empty();
      const [a, b, c, d] = [
        await promise('#a'),
        await promise('#a'),
        await promise('#b'),
        await promise('#a', '17.1'),
      ];
      const first = (await claim())!;
      expect(first).toMatchObject({ card: a, attempts: 1, round: 1, steps: {} });
      expect((await claim())?.card).toBe(c);
      expect((await claim())?.card).toBe(d);
      expect(await claim()).toBeNull();
      await endParcel(store, first, 'sent', null);
      expect((await claim())?.card).toBe(b);
      expect(await claim()).toBeNull();
    });

    test('is promised once, however often, and anew when its run ends again', async () => {
      await empty();
      const card = await promise('#a');
      await finished(card);
      const parcel = (await claim())!;
      await noteStep(store, parcel, 'uploaded', 'F1');
      await finished(card);
      expect(await states()).toEqual(['sending']);
      await endParcel(store, parcel, 'sent', null);
      expect(await claim()).toBeNull();
      await finished(card);
      expect(await claim()).toMatchObject({ card, round: 2, attempts: 1, steps: {} });
      expect(await states()).toEqual(['sending']);
    });

    test('keeps the steps for whoever goes on after a loss, and lets the loser write nothing', async () => {
      await empty();
      await promise('#a');
      const lost = (await claim(0))!;
      expect(await noteStep(store, lost, 'uploaded', 'F1')).toBe(true);
      const next = (await claim())!;
      expect(next).toMatchObject({ id: lost.id, attempts: 2, steps: { uploaded: 'F1' } });
      expect(await noteStep(store, lost, 'posted', '1')).toBe(false);
      expect(await endParcel(store, lost, 'sent', null)).toBe(false);
      expect(await holdParcels(store, [lost, next], 60_000)).toEqual(new Set([next.id]));
      expect(await holdParcels(store, [lost], 60_000)).toEqual(new Set());
    });

    test('waits its time, and what stands behind it waits too', async () => {
      await empty();
      const card = await promise('#a');
      await promise('#a');
      const parcel = (await claim())!;
      await putOffParcel(store, parcel, { seconds: 3600, why: 'slower' });
      expect(await claim()).toBeNull();
      expect(await nextParcelDue(store, 'slack')).toBeGreaterThan(3_000_000);
      await store.query('update outbox set not_before = now() where card_id = $1', [card]);
      expect(await claim()).toMatchObject({ card, attempts: 2 });
    });

    test('waits for whoever draws an earlier view of the card, as long as they hold it', async () => {
      await empty();
      const card = await promise('#a');
      await store.query(
        `update cards set keeper = 'other', kept_until = clock_timestamp() + interval '1 minute' where id = $1`,
        [card],
      );
      expect(await claim()).toBeNull();
      await letGo(store, 'other', [card]);
      expect(await claim()).toMatchObject({ card });
    });

    test('is promised in the transaction that ends a run, for each card that lives', async () => {
      await empty();
      const card = await newCard('#a', '17.1');
      const [row] = await store.query<{ run: number }>('select run_id as run from cards where id = $1', [
        card,
      ]);
      await settle(store, row!.run);
      expect(await claim()).toMatchObject({ card, round: 1 });
      await settle(store, row!.run);
      expect(await states()).toEqual(['sending']);
    });

    test('does not count an attempt that it gives back, and says what waits elsewhere nothing', async () => {
      await empty();
      await promise('#a');
      expect(await claimParcel(store, 'discord', 1000)).toBeNull();
      expect(await nextParcelDue(store, 'discord')).toBeNull();
      await putOffParcel(store, (await claim())!, { seconds: 0, why: null, uncounted: true });
      expect(await claim()).toMatchObject({ attempts: 1 });
    });

    test('delivers 200 that end at once each once, in order, by three processes', async () => {
      await empty();
      const places = ['#a', '#b', '#c', '#d'];
      const wanted = new Map<string, number[]>(places.map((place) => [place, []]));
      for (let n = 0; n < 200; n++) {
        const place = places[n % 4]!;
        wanted.get(place)!.push(await promise(place));
      }
      const placeOf = new Map(
        [...wanted].flatMap(([place, cards]) => cards.map((card) => [card, place] as const)),
      );
      const said = new Map<string, number[]>(places.map((place) => [place, []]));
      const flaky = new Set<number>();
      const carry: Carry = async ({ card }) => {
        // Each seventh is turned away once.
        if (card % 7 === 0 && !flaky.has(card)) {
          flaky.add(card);
          return { how: 'later', after: 0, why: 'slower' };
        }
        said.get(placeOf.get(card)!)!.push(card);
        return { how: 'sent' };
      };
      const loops = [1, 2, 3].map(() => deliver(carry, { abreast: 2 }));
      await store.query('update outbox set not_before = now()');
      await expect
        .poll(
          async () => {
            // The clock of the tests is not waited for.
            await store.query(`update outbox set not_before = now() where state = 'waiting'`);
            return (await states()).filter((state) => state === 'sent').length;
          },
          { ...soon, interval: 200 },
        )
        .toBe(200);
      for (const loop of loops) await loop[Symbol.asyncDispose]();
      expect(said).toEqual(wanted);
      expect(flaky.size).toBeGreaterThan(20);
    });

    test('gives what comes behind a row in hand to whoever asks for it, and says when its turn has come', async () => {
      await empty();
      const [a, b, c] = [await promise('#a'), await promise('#a'), await promise('#a')];
      await promise('#b');
      const behind = (parcel: { place: string; turn: number }) => claimBehind(store, 'slack', parcel, 60_000);
      const next = (parcel: NonNullable<Awaited<ReturnType<typeof claim>>>) => isNext(store, 'slack', parcel);
      const first = (await claim())!;
      const second = (await behind(first))!;
      expect([first.card, second.card]).toEqual([a, b]);
      // It is in somebody's hands.
      expect(await behind(first)).toBeNull();
      const third = (await behind(second))!;
      expect([third.card, await behind(third)]).toEqual([c, null]);
      expect([await next(first), await next(second), await next(third)]).toEqual([true, false, false]);
      await markSaid(store, first);
      expect([await next(second), await next(third)]).toEqual([true, false]);
      await putOffParcel(store, second, { seconds: 3600, why: 'slower' });
      expect([await next(second), await next(third)]).toEqual([false, false]);
      await putOffParcel(store, third, { seconds: 0, why: null, uncounted: true });
      expect((await claim())?.place).toBe('#b');
      expect(await claim()).toBeNull();
    });

    test('lets nobody wait for what is left of a row that was said, whatever becomes of it', async () => {
      await empty();
      const [a, b] = [await promise('#a'), await promise('#a')];
      const first = (await claim())!;
      expect(await markSaid(store, first)).toBe(true);
      expect(await openBefore(store, 'slack', [a, b])).toEqual(new Map([[b, 0]]));
      await putOffParcel(store, first, { seconds: 3600, why: 'slower' });
      const second = (await claim())!;
      expect(second).toMatchObject({ card: b, said: false });
      await endParcel(store, second, 'sent', null);
      expect(await claim()).toBeNull();
      expect(await nextParcelDue(store, 'slack')).toBeGreaterThan(3_000_000);
      await store.query(`update outbox set not_before = now() where state = 'waiting'`);
      const rest = (await claim())!;
      expect(rest).toMatchObject({ card: a, said: true });
      await endParcel(store, rest, 'sent', null);
      // Said anew, it has its turn anew.
      await finished(a);
      expect(await claim()).toMatchObject({ card: a, said: false, round: 2 });
    });

    test('works ahead on what comes next, and says all of it in order, whatever is put off or lost', async () => {
      await empty();
      const places = ['#a', '#b'];
      const wanted = new Map<string, number[]>(places.map((place) => [place, []]));
      for (let n = 0; n < 60; n++) wanted.get(places[n % 2]!)!.push(await promise(places[n % 2]!));
      const said = new Map<string, number[]>(places.map((place) => [place, []]));
      const faults = new Set<number>();
      let ahead = 0;
      const carry: Carry = async ({ card, place, said: done }, _note, _signal, line) => {
        if (done) return { how: 'sent' };
        if (line.waits) ahead++;
        await line.turn();
        if (card % 5 === 0 && !faults.has(card)) {
          faults.add(card);
          if (card % 10 === 0)
            await store.query('update outbox set epoch = epoch + 1 where card_id = $1', [card]);
          else return { how: 'later', after: 0, why: 'slower' };
        } else said.get(place)!.push(card);
        await line.said();
        // What is left of it is put off once, too.
        if (card % 3 === 0) return { how: 'later', after: 0, why: 'slower' };
        return { how: 'sent' };
      };
      const loops = [1, 2].map(() => deliver(carry, { abreast: 6, ahead: 3, lease: 300 }));
      await expect
        .poll(
          async () => {
            await store.query(`update outbox set not_before = now() where state = 'waiting'`);
            return (await states()).filter((state) => state === 'sent').length;
          },
          { ...soon, interval: 50 },
        )
        .toBe(60);
      for (const loop of loops) await loop[Symbol.asyncDispose]();
      expect(said).toEqual(wanted);
      expect(ahead).toBeGreaterThan(10);
      expect(faults.size).toBeGreaterThan(8);
    });

    test('says how many come before, places taking turns', async () => {
      await empty();
      const cards: number[] = [];
      for (const channel of ['#a', '#a', '#a', '#b', '#b', '#c']) cards.push(await promise(channel));
      const counts = async () => {
        const all = await openBefore(store, 'slack', cards);
        return cards.map((card) => all.get(card));
      };
      // a b c a b a
      expect(await counts()).toEqual([0, 3, 5, 1, 4, 2]);
      await endParcel(store, (await claim())!, 'sent', null);
      // a b c a b
      expect(await counts()).toEqual([undefined, 0, 3, 1, 4, 2]);
      expect(await openBefore(store, 'discord', cards)).toEqual(new Map());
    });

    test('comes again when we ourselves said so, however often, and counts no attempt', async () => {
      await empty();
      await promise('#a');
      const attempts: number[] = [];
      const loop = deliver(async (parcel) => {
        attempts.push(parcel.attempts);
        return attempts.length < 6
          ? { how: 'later', after: 0.01, why: 'the chat takes only so much', own: true }
          : { how: 'sent' };
      });
      await expect.poll(states, soon).toEqual(['sent']);
      await loop[Symbol.asyncDispose]();
      expect(attempts).toEqual([1, 1, 1, 1, 1, 1]);
    });

    test('gives up with a word what can never be said, and goes on with the next', async () => {
      await empty();
      const [gone, fine] = [await promise('#a'), await promise('#a')];
      const loop = deliver(async ({ card }) =>
        card === gone ? { how: 'given up', why: 'the channel is gone' } : { how: 'sent' },
      );
      await expect.poll(states, soon).toEqual(['given up', 'sent']);
      await loop[Symbol.asyncDispose]();
      expect(await store.query('select card_id as card, why from outbox order by turn')).toEqual([
        { card: gone, why: 'the channel is gone' },
        { card: fine, why: null },
      ]);
    });

    test('tries our own faults some times, and a day-old promise no more', async () => {
      await empty();
      const [ours, old] = [await promise('#a'), await promise('#b')];
      await store.query(`update outbox set made_at = now() - interval '25 hours' where card_id = $1`, [old]);
      let [faults, away] = [0, 0];
      const loop = deliver(async ({ card }): Promise<Carried> => {
        if (card === old) return { how: 'later', after: null, why: 'it is away' };
        // What is away is nobody's fault.
        if (away++ < 4) throw new Failure('transient', 'PQL616', 'the store is away');
        faults += 1;
        throw new Error('a bug');
      });
      await expect
        .poll(async () => {
          await store.query(`update outbox set not_before = now() where state = 'waiting'`);
          return states();
        }, soon)
        .toEqual(['given up', 'given up']);
      await loop[Symbol.asyncDispose]();
      expect(faults).toBe(5);
      expect(await store.query('select why from outbox where card_id = $1', [old])).toEqual([
        { why: 'it is away' },
      ]);
      expect(await store.query('select why from outbox where card_id = $1', [ours])).toEqual([
        { why: 'something went wrong inside WatchAI; the log says more' },
      ]);
    });

    test('hands back what is in hand when it closes, its steps kept', async () => {
      await empty();
      await promise('#a');
      const began = Promise.withResolvers<void>();
      const loop = deliver(async (_parcel, note, signal) => {
        await note('uploaded', 'F1');
        began.resolve();
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      });
      await began.promise;
      await loop[Symbol.asyncDispose]();
      expect(await claim()).toMatchObject({ attempts: 1, steps: { uploaded: 'F1' } });
    });

    test('stops what another process took over', async () => {
      await empty();
      await promise('#a');
      const stopped = Promise.withResolvers<string>();
      const loop = deliver(async (_parcel, note, signal) => {
        await store.query('update outbox set epoch = epoch + 1');
        await note('uploaded', 'F1').catch((error: Error) => stopped.resolve(error.name));
        signal.throwIfAborted();
        return { how: 'sent' };
      });
      expect(await stopped.promise).toBe('AbortError');
      await loop[Symbol.asyncDispose]();
      expect(await states()).toEqual(['sending']);
    });
  });
}
