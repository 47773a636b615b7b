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

/** Seconds, coding and parameter sets of a clip in few words. */
const coded = (coding: string, duration: number, parameterSets: string[], more: Partial<Predicted> = {}) =>
  clip({ coding, duration, frames: duration * 24, parameterSets, ...more });

const fates = (clips: Predicted[]) =>
  planStitch(clips, plain)!.clips.map(({ action, why }) => `${action}: ${why}`);

test('codings whose parameter sets have different numbers, or can be given such, are copied beside each other', () => {
  const clips = [
    coded('a', 5, ['s0 x', 'p0 y']),
    coded('b', 4, ['s30 x', 'p30 y']),
    coded('c', 3, ['s0 z', 'p0 y']),
    coded('d', 2, ['s0 q', 'p0 q']),
    coded('e', 1, ['s0 q', 'p0 q', 'p1 r']),
  ];
  expect(fates(clips)).toEqual([
    'copy: agrees',
    'copy: has parameter sets with numbers of their own',
    'copy: gets other numbers for its parameter sets',
    'copy: gets other numbers for its parameter sets',
    'encode: is encoded in another way than most (h264, yuv420p)',
  ]);
  expect(planStitch(clips, plain)!.clips.map(({ number }) => number)).toEqual([null, null, 28, 26, null]);
  // A film of such clips has the sets of both.
  expect(fates([...clips, coded('f', 1, ['s0 x', 'p0 y', 's30 x', 'p30 y'])]).at(-1)).toBe(
    'copy: has parameter sets with numbers of their own',
  );
});

test('the longest is chosen first, and what it excludes is encoded', () => {
  const clips = [
    coded('a', 1, ['s1 x', 'p1 y']),
    coded('b', 5, ['s1 z', 'p1 y']),
    coded('c', 2, ['s1 x', 'p1 q']),
  ];
  expect(fates(clips).map((fate) => fate.split(':')[0])).toEqual(['encode', 'copy', 'encode']);
});

test('as many clips are given other numbers as there are numbers', () => {
  const clips = Array.from({ length: 10 }, (_, at) => coded(`c${at}`, 20 - at, ['s0 x', `p0 ${at}`]));
  const { clips: plans } = planStitch(clips, plain)!;
  expect(plans.map(({ number }) => number)).toEqual([null, 28, 26, 24, 22, 20, 18, 16, null, null]);
  expect(plans.map(({ action }) => action).slice(-3)).toEqual(['copy', 'encode', 'encode']);
});

test('clips that players show in other colours are not copied beside each other', () => {
  const [one, two] = [
    ['s0 x', 'p0 y'],
    ['s1 x', 'p1 y'],
  ] as const;
  const colours = (a: Partial<Predicted>, b: Partial<Predicted>) =>
    fates([coded('a', 4, [...one], a), coded('b', 3, [...two], b)])[1];
  const joins = 'copy: has parameter sets with numbers of their own';
  // 720 rows are BT.709 where nothing is said.
  expect(colours({}, { matrix: 'bt709' })).toBe(joins);
  expect(colours({}, { matrix: 'smpte170m' })).toBe('encode: has the colours of BT.601, not BT.709');
  expect(colours({ matrix: 'bt470bg' }, { matrix: 'smpte170m' })).toBe(joins);
  expect(colours({}, { matrix: 'bt2020nc' })).toBe('encode: is h264 yuv420p, which the others cannot join');
  expect(colours({}, { pixelFormat: 'yuvj420p' })).toBe(
    'encode: is h264 yuvj420p, which the others cannot join',
  );
});

test('facts that were written down before parameter sets were measured agree with themselves only', () => {
  const clips = [clip(), clip({ coding: 'b', duration: 2 }), coded('c', 1, ['s30 x', 'p30 y']), clip()];
  expect(fates(clips).map((fate) => fate.split(':')[0])).toEqual(['copy', 'encode', 'encode', 'copy']);
});

test('a number is left for what is encoded beside the copies', () => {
  const sets = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => [`s${from + at} x`, `p${from + at} y`]).flat();
  const clips = (last: number) => [coded('a', 4, sets(0, 20)), coded('b', 3, sets(20, last))];
  expect(fates(clips(31))[1]).toMatch(/^copy/);
  expect(fates(clips(32))[1]).toMatch(/^encode/);
});

test('of two clips the one that others can stand beside is copied, however long the other is', () => {
  expect(fates([clip({ pixelFormat: 'yuv444p', duration: 60 }), clip({ coding: 'b' })])).toEqual([
    'encode: is h264 yuv444p, which the others cannot join',
    'copy: agrees',
  ]);
});
