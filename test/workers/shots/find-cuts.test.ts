import { expect, test } from 'vitest';
import { findCuts } from '../../../workers/shots/find-cuts.ts';
import { seriesTaker } from '../../../workers/shots/series.ts';

const size = { width: 64, height: 36 };

/** A grey picture of the brightness that `level` gives for a place, 0 to 1 across and down. */
function picture(level: (x: number, y: number) => number): Uint8Array {
  const frame = new Uint8Array(size.width * size.height * 3);
  for (let at = 0; at < frame.length; at++) {
    const pixel = Math.floor(at / 3);
    frame[at] = level((pixel % size.width) / size.width, Math.floor(pixel / size.width) / size.height);
  }
  return frame;
}

/** Numbers of the frames that begin a shot. */
function cuts(frames: readonly Uint8Array[], sensitivity = 0.5): number[] {
  const { take, series } = seriesTaker(size);
  for (const frame of frames) take(frame);
  return findCuts(series, 24, sensitivity).map(({ frame }) => frame);
}

const left = picture((x) => (x < 0.4 ? 60 : 5));
const right = picture((x) => (x > 0.6 ? 60 : 5));
const wave = (shift: number, gain = 1) => picture((x) => gain * (110 + 100 * Math.sin(9 * (x + shift))));
const flat = (level: number) => picture(() => level);
const times = (count: number, frame: Uint8Array) => Array.from({ length: count }, () => frame);

test('finds a cut from a dark scene to another', () => {
  expect(cuts([...times(6, left), ...times(6, right)])).toEqual([6]);
});

test('finds cuts to black and out of it', () => {
  expect(cuts([...times(6, wave(0)), ...times(6, flat(0)), ...times(6, wave(1))])).toEqual([6, 12]);
});

test('finds the last cut and the first, two frames from the ends', () => {
  expect(cuts([...times(2, left), ...times(12, wave(0)), ...times(2, right)])).toEqual([2, 14]);
});

test('finds a cut into motion', () => {
  const moving = Array.from({ length: 12 }, (_, index) => wave(0.01 * index));
  expect(cuts([...times(8, left), ...moving])).toEqual([8]);
});

test('takes a fade of a second for none', () => {
  expect(cuts(Array.from({ length: 25 }, (_, index) => wave(0, index / 24)))).toEqual([]);
});

test('takes motion that never rests for none, however fast', () => {
  expect(cuts(Array.from({ length: 24 }, (_, index) => wave(0.08 * index)))).toEqual([]);
});

test('takes a flash of one frame or two for none', () => {
  for (const length of [1, 2])
    expect(cuts([...times(8, wave(0)), ...times(length, flat(250)), ...times(8, wave(0))])).toEqual([]);
});

test('takes noise in the dark for none', () => {
  const noise = (seed: number) => picture((x, y) => 4 + ((seed * 7919 * (x * 64 + 1) * (y * 36 + 3)) % 8));
  expect(cuts([1, 2, 3, 4, 5, 6, 7, 8].map(noise), 1)).toEqual([]);
});

test('takes motion drawn on twos or threes for none', () => {
  for (const each of [2, 3]) {
    const drawn = Array.from({ length: 12 }, (_, index) => times(each, wave(0.06 * index))).flat();
    expect(cuts(drawn)).toEqual([]);
    expect(cuts([...drawn, ...times(8, right)])).toEqual([drawn.length]);
  }
});

test('finds the cuts between stills, also where one stands for a moment only', () => {
  const stills = [...times(20, left), ...times(4, wave(0)), ...times(20, right), ...times(8, left)];
  expect(cuts(stills)).toEqual([20, 24, 44]);
});

test('finds weaker cuts the more sensitive it is, and never fewer', () => {
  const scenes = [0, 0.05, 0.1, 0.2, 0.35].flatMap((shift) => times(8, wave(shift)));
  const found = [0, 0.25, 0.5, 0.75, 1].map((sensitivity) => cuts(scenes, sensitivity).length);
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found.at(-1)).toBeGreaterThan(found[0]!);
});

test('one picture, or none, has no cut', () => {
  expect(cuts([])).toEqual([]);
  expect(cuts([left])).toEqual([]);
});
