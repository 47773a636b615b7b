import { expect, test } from 'vitest';
import { cutDetector } from '../../../workers/enhance/scene-cut.ts';

const [width, height] = [64, 36];

/** A picture of the brightness that `level` gives for a place, 0 to 1 across and down. */
function picture(level: (x: number, y: number) => number): Uint8Array {
  const frame = new Uint8Array(width * height * 3);
  for (let at = 0; at < frame.length; at++) {
    const pixel = Math.floor(at / 3);
    frame[at] = level((pixel % width) / width, Math.floor(pixel / width) / height);
  }
  return frame;
}

/** Numbers of the frames that begin a scene. */
function cuts(frames: readonly Uint8Array[]): number[] {
  const isCut = cutDetector(width, height);
  return frames.flatMap((frame, index) => {
    const before = frames[index - 1];
    return before && isCut(before, frame) ? [index] : [];
  });
}

const left = picture((x) => (x < 0.4 ? 60 : 5));
const right = picture((x) => (x > 0.6 ? 60 : 5));
const wave = (shift: number, gain = 1) => picture((x) => gain * (110 + 100 * Math.sin(9 * (x + shift))));

test('finds a cut from a dark scene to another', () => {
  expect(cuts([left, left, right, right])).toEqual([2]);
});

test('finds a cut between flat pictures', () => {
  expect(cuts([20, 20, 90, 90].map((level) => picture(() => level)))).toEqual([2]);
});

test('takes a fade of a second for none', () => {
  expect(cuts(Array.from({ length: 25 }, (_, index) => wave(0, index / 24)))).toEqual([]);
});

test('takes motion that never rests for none', () => {
  expect(cuts([0, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25].map((shift) => wave(shift)))).toEqual([]);
});

test('takes noise in the dark for none', () => {
  const noise = (seed: number) => picture((x, y) => 4 + ((seed * 7919 * (x * 64 + 1) * (y * 36 + 3)) % 8));
  expect(cuts([1, 2, 3, 4, 5].map(noise))).toEqual([]);
});
