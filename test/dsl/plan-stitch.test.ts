import { expect, test } from 'vitest';
import type { StitchArguments } from '../../dsl/arguments.ts';
import type { Predicted } from '../../dsl/facts.ts';
import { planStitch } from '../../dsl/plan-stitch.ts';

const plain: StitchArguments = { width: null, height: null, fps: null, fit: 'pad', transition: null };

function clip(more: Partial<Predicted> = {}): Predicted {
  return {
    ...{
      kind: 'video',
      container: 'mp4',
      duration: 4,
      frames: 96,
      width: 1280,
      height: 720,
      rate: { num: 24, den: 1 },
    },
    ...{ codec: 'h264', pixelFormat: 'yuv420p', coding: 'a', audio: null },
    ...more,
  };
}

test('clips that agree are copied, whatever they are encoded in', () => {
  const odd = { codec: 'hevc', pixelFormat: 'yuv444p' };
  const plan = planStitch([clip(odd), clip(odd)], plain)!;
  expect(plan.clips.map(({ action, why }) => `${action}: ${why}`)).toEqual(['copy: agrees', 'copy: agrees']);
  expect(plan).toMatchObject({ frames: 192, duration: 8, sound: false, overlap: 0 });
});

test('only clips that do not agree are encoded, and the plan says why', () => {
  const clips = [
    clip(),
    clip({ width: 720, height: 400 }),
    clip({ rate: { num: 30_000, den: 1001 } }),
    clip({ coding: 'b' }),
    clip({ variable: true }),
    clip({ container: 'avi', codec: 'mpeg4', coding: undefined as unknown as string }),
    clip({ duration: 9, frames: 216 }),
  ].map(({ coding, ...rest }) => (coding === undefined ? rest : { coding, ...rest }));
  expect(planStitch(clips, plain)!.clips.map(({ action, why }) => `${action}: ${why}`)).toEqual([
    'copy: agrees',
    'encode: is 720×400, not 1280×720',
    'encode: has 29.97 fps, not 24',
    'encode: is encoded in another way than most (h264, yuv420p)',
    'encode: has a frame rate that varies',
    'encode: is mpeg4 in avi, whose packets cannot be copied',
    'copy: agrees',
  ]);
});

test('what others cannot stand beside is encoded with them', () => {
  const plan = planStitch([clip({ codec: 'hevc', duration: 60 }), clip({ width: 640, coding: 'b' })], plain)!;
  expect(plan.clips.map(({ action }) => action)).toEqual(['encode', 'encode']);
});

test('durations add up to the frame, transitions overlap', () => {
  const clips = [clip(), clip({ rate: { num: 25, den: 1 }, duration: 2.04, frames: 51 }), clip()];
  expect(planStitch(clips, plain)!.frames).toBe(96 + 49 + 96);
  const transition = { kind: 'fade', duration: 0.5 };
  expect(planStitch(clips, { ...plain, transition })).toMatchObject({ overlap: 12, frames: 241 - 24 });
});

test('a clip that is not known yet gives no plan', () => {
  expect(planStitch([clip(), null], plain)).toBeNull();
  expect(planStitch([clip(), { kind: 'video' }], plain)).toBeNull();
});
