import { expect, test } from 'vitest';
import { type Bell, openRinger } from '../../../engine/queue/ringer.ts';

/** A bell that keeps what it is given; nobody hears it unless told. */
function bell(options: { answers?: () => Promise<void> } = {}) {
  const hanging: number[] = [];
  const doses: number[] = [];
  const kept: Bell = {
    unheard: async () => hanging.length,
    async add(jobs) {
      doses.push(jobs.length);
      await options.answers?.();
      hanging.push(...jobs);
    },
  };
  return { ...kept, hanging, doses };
}

const quick = { patience: 50, pause: 1, most: 100, trouble: () => {} };

test('rings what is asked for in one go in one dose, each job once', async () => {
  const one = bell();
  const ringer = openRinger(one, quick);
  for (const job of [1, 2, 2, 3]) ringer.ring(job);
  await ringer[Symbol.asyncDispose]();
  expect(one.doses).toEqual([3]);
  expect(one.hanging).toEqual([1, 2, 3]);
});

test('lets no more than so many rings hang, and rings again when some were heard', async () => {
  const one = bell();
  const ringer = openRinger(one, quick);
  for (let job = 1; job <= 1000; job++) {
    ringer.ring(job);
    if (job % 10 === 0) await null;
  }
  await expect.poll(() => one.hanging.length).toBe(100);
  for (let job = 2000; job < 2500; job++) ringer.ring(job);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(one.hanging).toHaveLength(100);
  one.hanging.length = 0;
  ringer.ring(3000);
  await expect.poll(() => one.hanging).toEqual([3000]);
  await ringer[Symbol.asyncDispose]();
});

test('tries three times, then gives up and says whether it is new, and goes on when the server is back', async () => {
  let broken = true;
  let asked = 0;
  const told: [unknown, boolean][] = [];
  const one = bell({
    async answers() {
      asked++;
      if (broken) throw new Error('full');
    },
  });
  const ringer = openRinger(one, { ...quick, trouble: (...said) => told.push(said) });
  ringer.ring(1);
  await expect.poll(() => told).toHaveLength(1);
  expect(asked).toBe(3);
  ringer.ring(2);
  await expect.poll(() => asked).toBe(6);
  broken = false;
  ringer.ring(3);
  await expect.poll(() => one.hanging).toEqual([3]);
  expect(told.map(([, first]) => first)).toEqual([true, false]);
  await ringer[Symbol.asyncDispose]();
});

test('gives up a server that answers nothing, and closes meanwhile', async () => {
  const told: unknown[] = [];
  const one = bell({ answers: () => new Promise(() => {}) });
  const ringer = openRinger(one, { ...quick, trouble: (error) => told.push(error) });
  ringer.ring(1);
  await ringer[Symbol.asyncDispose]();
  expect(told).toEqual([expect.objectContaining({ message: 'no answer within 50 ms' })]);
  ringer.ring(2);
  expect(one.hanging).toEqual([]);
});
