import { expect, test } from 'vitest';
import { codes, mended } from './compiling.ts';

/** What was typed, the code, and the text after the fix was applied. */
const wrong: readonly (readonly [typed: string, code: string, mended: string])[] = [
  // A unit is missing.
  ['GENERATE "a" DURATION 4', 'PQL204', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" FPS 24', 'PQL204', 'GENERATE "a" FPS 24fps'],
  ['GENERATE "a" SIZE 720', 'PQL204', 'GENERATE "a" SIZE 720p'],
  ['GENERATE "a" SIZE 1280', 'PQL204', 'GENERATE "a" SIZE 1280x720'],
  ['GENERATE "a" SIZE 5', 'PQL204', 'GENERATE "a" SIZE 1280x720'],
  ['GENERATE "a" CAMERA (lens 35)', 'PQL204', 'GENERATE "a" CAMERA (lens 35mm)'],
  ['GENERATE "a" CAMERA (aperture 2.8)', 'PQL204', 'GENERATE "a" CAMERA (aperture f/2.8)'],
  ['GENERATE "a" CAMERA (shutter 0.02)', 'PQL204', 'GENERATE "a" CAMERA (shutter 1/50s)'],
  ['GENERATE "a" COLOR (temperature 5600)', 'PQL204', 'GENERATE "a" COLOR (temperature 5600K)'],
  ['GENERATE "a" COLOR (contrast -10)', 'PQL204', 'GENERATE "a" COLOR (contrast -10%)'],
  ['ENHANCE v1 UPSCALE 4', 'PQL204', 'ENHANCE v1 UPSCALE 4x'],
  ['ENHANCE v1 UPSCALE 5', 'PQL204', 'ENHANCE v1 UPSCALE 2x'],
  ['ENHANCE v1 INTERPOLATE 60', 'PQL204', 'ENHANCE v1 INTERPOLATE 60fps'],
  ['STITCH v1 + v2 TRANSITION fade 0.5', 'PQL204', 'STITCH v1 + v2 TRANSITION fade 500ms'],
  ['TRIM v1 FROM 2', 'PQL204', 'TRIM v1 FROM 2s'],
  // The unit is another one's.
  ['GENERATE "a" DURATION 4x', 'PQL221', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" DURATION 5600K', 'PQL221', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" FPS 24s', 'PQL221', 'GENERATE "a" FPS 24fps'],
  ['ENHANCE v1 UPSCALE 2s', 'PQL221', 'ENHANCE v1 UPSCALE 2x'],
  ['ENHANCE v1 UPSCALE 200%', 'PQL221', 'ENHANCE v1 UPSCALE 2x'],
  ['ENHANCE v1 DENOISE 20s', 'PQL221', 'ENHANCE v1 DENOISE 20'],
  ['GRADE v1 EXPOSURE 1s', 'PQL221', 'GRADE v1 EXPOSURE +1'],
  ['GRADE v1 SHUTTER 35mm', 'PQL221', 'GRADE v1 SHUTTER 1/48s'],
  // Nobody knows the unit.
  ['GENERATE "a" FPS 24hz', 'PQL222', 'GENERATE "a" FPS 24fps'],
  ['GENERATE "a" DURATION 4parsecs', 'PQL222', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" SIZE 700p', 'PQL222', 'GENERATE "a" SIZE 720p'],
  // It is no amount at all.
  ['GENERATE "a" DURATION long', 'PQL220', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" DURATION 16:9', 'PQL220', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" SIZE 16:9', 'PQL220', 'GENERATE "a" SIZE 1280x720'],
  ['GENERATE "a" WEATHER 4s', 'PQL220', 'GENERATE "a" WEATHER clear'],
  ['GENERATE "a" SEED 7s', 'PQL221', 'GENERATE "a" SEED 7'],
  // It is out of range.
  ['GENERATE "a" DURATION 121s', 'PQL401', 'GENERATE "a" DURATION 120s'],
  ['GENERATE "a" DURATION 0s', 'PQL401', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" DURATION -1s', 'PQL401', 'GENERATE "a" DURATION 4s'],
  ['GENERATE "a" DURATION 1e308s', 'PQL401', 'GENERATE "a" DURATION 120s'],
  ['GENERATE "a" FPS 1000000fps', 'PQL401', 'GENERATE "a" FPS 60fps'],
  ['GENERATE "a" FPS 0.5fps', 'PQL401', 'GENERATE "a" FPS 1fps'],
  ['GENERATE "a" SIZE 641x361', 'PQL402', 'GENERATE "a" SIZE 642x362'],
  ['GENERATE "a" SIZE 99999x2', 'PQL401', 'GENERATE "a" SIZE 4096x64'],
  ['GENERATE "a" SEED -1', 'PQL401', 'GENERATE "a" SEED 0'],
  ['GENERATE "a" CAMERA (lens 2mm)', 'PQL401', 'GENERATE "a" CAMERA (lens 8mm)'],
  ['GENERATE "a" CAMERA (shutter 2s)', 'PQL401', 'GENERATE "a" CAMERA (shutter 1s)'],
  ['ENHANCE v1 UPSCALE 0x', 'PQL401', 'ENHANCE v1 UPSCALE 2x'],
  ['ENHANCE v1 UPSCALE 8x', 'PQL401', 'ENHANCE v1 UPSCALE 4x'],
  ['ENHANCE v1 DENOISE 101', 'PQL401', 'ENHANCE v1 DENOISE 100'],
  ['GRADE v1 GRAIN -5%', 'PQL401', 'GRADE v1 GRAIN 0%'],
  ['GRADE v1 TEMPERATURE 100000K', 'PQL401', 'GRADE v1 TEMPERATURE 15000K'],
  ['STITCH v1 + v2 TRANSITION fade 0s', 'PQL401', 'STITCH v1 + v2 TRANSITION fade 500ms'],
  // The word is another one.
  ['GENERATE "a" TIME dsk', 'PQL307', 'GENERATE "a" TIME dusk'],
  ['STITCH v1 + v2 FIT corp', 'PQL307', 'STITCH v1 + v2 FIT crop'],
  ['GENERATE "a" CAMERA (lnes 35mm)', 'PQL305', 'GENERATE "a" CAMERA (lens 35mm)'],
  ['GENERATE "a" WEATHR fog', 'PQL302', 'GENERATE "a" WEATHER fog'],
  ['GENERAT "a"', 'PQL301', 'GENERATE "a"'],
];

test.each(wrong)('%s is %s, and its fix mends it', (typed, code, expected) => {
  expect(codes(typed)).toEqual([code]);
  expect(mended(typed)).toBe(expected);
  expect(codes(expected)).toEqual([]);
});

test.each([
  'GENERATE "a" DURATION 1m30s',
  'GENERATE "a" DURATION 00:01:30.5',
  'GENERATE "a" DURATION 250ms',
  'GENERATE "a" SIZE 2K',
  'GENERATE "a" SIZE 4k',
  'GENERATE "a" FPS 23.976fps',
  'GENERATE "a" TIME "dusk" WEATHER Fog',
  'GENERATE "a" CAMERA (move dolly, lens=35mm)',
  'GENERATE "a" BACKDROP harbor USING "storyboard"',
  'ENHANCE v1 DENOISE 20%',
  'STITCH v1 + v2 TRANSITION crossfade',
  'STITCH v1 + v2 TRANSITION fade, 1s',
  'GRADE v1 LUT film.cube',
])('takes %s', (source) => {
  expect(codes(source)).toEqual([]);
});
