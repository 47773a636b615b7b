import { expect, test } from 'vitest';
import { sampled } from '../../../engine/metrics/sampled.ts';

/** A reading whose ends the test decides, and a clock that it turns. */
function scripted(times: { age: number; patience: number }) {
  const clock = { now: 0 };
  const readings: PromiseWithResolvers<string>[] = [];
  const ask = sampled(
    () => {
      const reading = Promise.withResolvers<string>();
      readings.push(reading);
      return reading.promise;
    },
    { ...times, now: () => clock.now },
  );
  return { ask, readings, clock };
}

test('reads once for all who ask at the same time, and gives it again while it is fresh', async () => {
  const { ask, readings, clock } = scripted({ age: 1000, patience: 5000 });
  const asked = [ask(), ask(), ask()];
  readings[0]?.resolve('first');
  expect(await Promise.all(asked)).toEqual(['first', 'first', 'first']);
  clock.now = 1000;
  expect(await ask()).toBe('first');
  clock.now = 1001;
  const again = ask();
  expect(readings).toHaveLength(2);
  readings[1]?.resolve('second');
  expect(await again).toBe('second');
});

test('gives nothing old when reading fails, and tries again at the next question', async () => {
  const { ask, readings, clock } = scripted({ age: 10, patience: 5000 });
  const first = ask();
  readings[0]?.resolve('first');
  await first;
  clock.now = 100;
  const failing = ask();
  readings[1]?.reject(new Error('away'));
  expect(await failing).toBeNull();
  const third = ask();
  readings[2]?.resolve('back');
  expect(await third).toBe('back');
});

test('asks nothing twice that hangs, until it is given up', async () => {
  const { ask, readings, clock } = scripted({ age: 10, patience: 5 });
  expect(await ask()).toBeNull();
  clock.now = 40;
  expect(await ask()).toBeNull();
  expect(readings).toHaveLength(1);
  clock.now = 51;
  const anew = ask();
  expect(readings).toHaveLength(2);
  readings[1]?.resolve('new connection');
  expect(await anew).toBe('new connection');
});
