import { expect, test } from 'vitest';
import { createHolders } from '../../../workers/enhance/holders.ts';

const frame = () => Buffer.from(new ArrayBuffer(12)).fill(7);

test('frees a frame when its only holder lets go', () => {
  const holders = createHolders();
  const bytes = frame();
  holders.release(bytes);
  expect(bytes.length).toBe(0);
});

test('keeps a frame until its last holder lets go', () => {
  const holders = createHolders();
  const bytes = frame();
  holders.hold(bytes);
  holders.hold(bytes);
  holders.release(bytes);
  holders.release(bytes);
  expect([...bytes.subarray(0, 2)]).toEqual([7, 7]);
  holders.release(bytes);
  expect(bytes.length).toBe(0);
});

test('leaves a part of a larger buffer alone, since others may read the rest', () => {
  const whole = frame();
  createHolders().release(whole.subarray(0, 6));
  expect([...whole]).toEqual(Array(12).fill(7));
});
