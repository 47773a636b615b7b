import { expect, test } from 'vitest';
import { backOff } from '../../../engine/delivery/back-off.ts';
import { openRoom } from '../../../engine/delivery/room.ts';

const settled = async (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), new Promise((done) => setImmediate(() => done(false)))]);

test('gives room in the order in which it was asked for, so that a large one is not passed for ever', async () => {
  const room = openRoom(100);
  const first = await room.take(60);
  const large = room.take(80);
  const small = room.take(10);
  expect(await settled(small)).toBe(false);
  first[Symbol.dispose]();
  const held = await large;
  expect(await settled(small)).toBe(true);
  held[Symbol.dispose]();
  held[Symbol.dispose]();
  expect(await settled(room.take(90))).toBe(true);
  expect(await settled(room.take(1))).toBe(false);
});

test('lets what is larger than all of it go alone', async () => {
  const room = openRoom(100);
  const huge = await room.take(1e9);
  const other = room.take(1);
  expect(await settled(other)).toBe(false);
  huge[Symbol.dispose]();
  expect(await settled(other)).toBe(true);
});

test('whoever stops waiting leaves the line', async () => {
  const room = openRoom(100);
  const first = await room.take(100);
  const stop = new AbortController();
  const left = room.take(100, stop.signal);
  const next = room.take(100);
  stop.abort(new Error('stopped'));
  await expect(left).rejects.toThrow('stopped');
  first[Symbol.dispose]();
  expect(await settled(next)).toBe(true);
});

test('tries again after twice as long, half of it by chance, and never sooner than it was asked to', () => {
  expect([1, 2, 3, 12].map((attempt) => backOff(attempt, null, 0))).toEqual([0.5, 1, 2, 150]);
  expect(backOff(3, null, 1)).toBe(4);
  expect(backOff(1, 30, 0)).toBe(30);
});
