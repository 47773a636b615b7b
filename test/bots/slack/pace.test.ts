import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Call, createPace } from '../../../bots/slack/pace.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { rush } from '../../fakes/slack/rush.ts';

test('however long calls take on their way, Slack never counts more than it takes', () => {
  const step = fc.record({ pause: fc.nat(3000), way: fc.nat(400), back: fc.nat(400), calls: fc.nat(40) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      let now = 0;
      const pace = createPace(() => now);
      const counted: number[] = [];
      let open: { call: Call; end: number }[] = [];
      for (const { pause, way, back, calls } of steps) {
        now += pause;
        for (const { call } of open.filter(({ end }) => end <= now)) call.end();
        open = open.filter(({ end }) => end > now);
        for (let nth = 0; nth < calls; nth++) {
          const call = pace.begin('chat.delete', 'C1');
          if (typeof call === 'number') {
            expect(call).toBeGreaterThan(0);
            break;
          }
          counted.push(now + way);
          open.push({ call, end: now + way + back });
        }
      }
      counted.sort((one, other) => one - other);
      for (const [index, at] of counted.entries())
        expect((counted[index + 50] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(60_000);
    }),
    { numRuns: 100 },
  );
});

test('leaves edits a part of the limit, posts to each channel their own, and waits as long as Slack says', () => {
  let now = 0;
  const pace = createPace(() => now);
  const begun = (method: string, channel: string, share?: number) => {
    const call = pace.begin(method, channel, share);
    if (typeof call !== 'number') call.end();
    return call;
  };
  for (let edits = 0; edits < 40; edits++) expect(begun('chat.update', 'C1', 0.8)).toBeTypeOf('object');
  expect(begun('chat.update', 'C1', 0.8)).toBe(60_000);
  expect(begun('chat.update', 'C1')).toBeTypeOf('object');
  for (let posts = 0; posts < 5; posts++) expect(begun('chat.postMessage', 'C1')).toBeTypeOf('object');
  expect(begun('chat.postMessage', 'C1')).toBe(5000);
  expect(begun('chat.postMessage', 'C2')).toBeTypeOf('object');
  pace.refused('chat.delete', 'C1', 30);
  expect(begun('chat.delete', 'C2')).toBe(30_000);
  now = 30_000;
  expect(begun('chat.delete', 'C2')).toBeTypeOf('object');
  expect(begun('views.open', 'C1')).toBeTypeOf('object');
});

test('more films than Slack takes in a minute come once each, in order, and Slack need not say that there are too many', async () => {
  const store = await openMemoryStore();
  const { order, films, known, turnedAway, took } = await rush(store, {
    runs: 56,
    channels: 4,
    speed: 40,
    shareDelay: 300,
  });
  await store[Symbol.asyncDispose]();
  expect(films).toHaveLength(56);
  const numbers = Array.from({ length: 56 }, (_, index) => index + 1);
  expect(order).toEqual([1, 2, 3, 0].map((rest) => numbers.filter((number) => number % 4 === rest)));
  expect(turnedAway).toBe(0);
  // Whose film has many before it says meanwhile that it is done.
  expect(known.every(Number.isFinite)).toBe(true);
  expect(known.at(-1)).toBeLessThan(films.at(-1)!);
  // The last six cards that ran go a minute after the first.
  expect(took).toBeGreaterThan(60);
});

test('in one channel the next films are uploaded while one is awaited, and completed when it is seen', async () => {
  const store = await openMemoryStore();
  const { order, meanwhile } = await rush(store, {
    runs: 10,
    channels: 1,
    // A third of a second each, in which whatever is done ahead is done, however busy the machine is.
    speed: 20,
    shareDelay: 6000,
  });
  await store[Symbol.asyncDispose]();
  expect(order).toEqual([Array.from({ length: 10 }, (_, index) => index + 1)]);
  expect(meanwhile.completed).toBe(0);
  expect(meanwhile.begun).toBeGreaterThan(2);
});
