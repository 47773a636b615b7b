import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { inTurn } from '../../bots/in-turn.ts';

const moment = () => new Promise((resolve) => setImmediate(resolve));

test('begins one after the other in the order they came, also after one that failed', async () => {
  const turn = inTurn({ rounds: 1, longest: 1000, alone: 1000 });
  const order: string[] = [];
  let working = 0;
  let most = 0;
  const work = (name: string) =>
    turn(async () => {
      most = Math.max(most, ++working);
      order.push(name);
      await moment();
      working--;
      if (name === 'b') throw new Error(name);
      return name;
    });
  const all = await Promise.allSettled(['a', 'b', 'c', 'd'].map(work));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(order).toEqual(['a', 'b', 'c', 'd']);
  expect(most).toBe(1);
});

test('lets nobody be held up by a slow one', async () => {
  const turn = inTurn({ rounds: 1, longest: 1000, alone: 5 });
  const slow = Promise.withResolvers<string>();
  const first = turn(() => slow.promise);
  expect(await turn(async () => 'second')).toBe('second');
  slow.resolve('first');
  expect(await first).toBe('first');
});

test('begins nothing while somebody is being acknowledged, but not for ever', async () => {
  let acknowledging = 1;
  const quick = inTurn({ rounds: 1, longest: 60_000, alone: 5, acknowledging: () => acknowledging });
  let begun = false;
  const answer = quick(async () => {
    begun = true;
  });
  // Many times what one round takes.
  await sleep(60);
  expect(begun).toBe(false);
  acknowledging = 0;
  await answer;

  const bounded = inTurn({ rounds: 1, longest: 20, alone: 5, acknowledging: () => 1 });
  expect(await bounded(async () => 'after all')).toBe('after all');
});
