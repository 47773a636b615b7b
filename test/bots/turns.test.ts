import { expect, test } from 'vitest';

import { createTurns } from '../../bots/turns.ts';

test('lets so many work at the same time, first come, first served, also after one that failed', async () => {
  const turns = createTurns(2);
  const order: string[] = [];
  let working = 0;
  let most = 0;
  const work = (name: string, fails = false) =>
    turns.take(async () => {
      most = Math.max(most, ++working);
      order.push(name);
      await new Promise((resolve) => setImmediate(resolve));
      working--;
      if (fails) throw new Error(name);
      return name;
    });
  const all = await Promise.allSettled([work('a'), work('b', true), work('c'), work('d'), work('e')]);
  expect(all.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(most).toBe(2);
});

test('lets timers and sockets be heard between two turns, although the work never leaves the microtasks', async () => {
  const turns = createTurns(1);
  let heard = 0;
  const beats = setInterval(() => heard++, 1);
  const work = async () => {
    const end = performance.now() + 3;
    while (performance.now() < end) await Promise.resolve();
  };
  await Promise.all(Array.from({ length: 10 }, () => turns.take(work)));
  clearInterval(beats);
  expect(heard).toBeGreaterThan(0);
});
