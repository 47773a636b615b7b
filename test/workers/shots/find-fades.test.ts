import { expect, test } from 'vitest';
import { findFades } from '../../../workers/shots/find-fades.ts';

const times = (count: number, level: number) => Array.from({ length: count }, () => level);
const ramp = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * (index + 1)) / (count + 1));
const frames = (light: readonly number[], cuts: readonly number[] = []) =>
  findFades(
    light,
    cuts.map((frame) => ({ frame, opens: 'cut' as const, strength: 30 })),
  ).map(({ frame }) => frame);

test('a fade through black opens a shot in the middle of the black', () => {
  const light = [
    ...times(24, 0.4),
    ...ramp(0.4, 0, 12),
    ...times(9, 0),
    ...ramp(0, 0.5, 12),
    ...times(24, 0.5),
  ];
  expect(frames(light)).toEqual([24 + 12 + 4]);
});

test('one black frame between two fades is enough', () => {
  const light = [...times(24, 0.4), ...ramp(0.4, 0, 11), 0, ...ramp(0, 0.4, 11), ...times(24, 0.4)];
  expect(frames(light)).toEqual([35]);
});

test('a title on black stays whole: the boundary is where it is blackest', () => {
  const title = [...times(20, 0.006), ...ramp(0.006, 0, 6)];
  const light = [...ramp(0.4, 0, 12), ...title, ...times(8, 0), ...ramp(0, 0.4, 12)];
  const [frame] = frames(light);
  expect(frame).toBeGreaterThanOrEqual(12 + 26);
  expect(frame).toBeLessThan(12 + 34);
});

test('black at the beginning or at the end opens nothing', () => {
  expect(
    frames([...times(9, 0), ...ramp(0, 0.4, 12), ...times(9, 0.4), ...ramp(0.4, 0, 12), ...times(9, 0)]),
  ).toEqual([]);
  expect(frames(times(30, 0))).toEqual([]);
  expect(frames([])).toEqual([]);
});

test('where a cut leads into the black or out of it, the cut is the boundary', () => {
  const light = [...times(24, 0.4), ...times(9, 0), ...ramp(0, 0.5, 12)];
  expect(frames(light)).toEqual([28]);
  expect(frames(light, [24])).toEqual([]);
  const out = [...ramp(0.4, 0, 12), ...times(9, 0), ...times(24, 0.4)];
  expect(frames(out, [21])).toEqual([]);
});

test('a black frame in the middle of a bright scene is a fault, no fade', () => {
  expect(frames([...times(24, 0.4), 0, ...times(24, 0.4)])).toEqual([]);
});

test('a dark scene is no black', () => {
  expect(frames([...ramp(0.4, 0.02, 12), ...times(24, 0.02), ...ramp(0.02, 0.4, 12)])).toEqual([]);
});
