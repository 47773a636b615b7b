import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnhanceArguments, GradeArguments, StitchArguments } from '../../dsl/arguments.ts';
import { createEnhance } from '../../workers/enhance.ts';
import { createGrade } from '../../workers/grade.ts';
import type { Handler } from '../../workers/handler.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { createStitch } from '../../workers/stitch.ts';
import { createTrim } from '../../workers/trim.ts';
import { openStudio, type Studio } from './studio.ts';

/** The code of 203 cd/m², the white of ordinary pictures, in ten bits of video range; ITU-R BT.2408, table 1. */
const curves = {
  smpte2084: { white: 572, called: 'HDR10, PQ' },
  'arib-std-b67': { white: 721, called: 'HLG' },
};

const denoised: EnhanceArguments = {
  ...{ upscale: null, denoise: 10, interpolate: null, model: null, interpolator: null },
};
const graded: GradeArguments = {
  ...{ temperature: null, exposure: 0, contrast: null, saturation: null, grade: null, grain: null },
  ...{ vignette: null, lut: false, lens: null, shutter: null },
};
const stitched: StitchArguments = { width: null, height: null, fps: null, fit: 'pad', transition: null };

let studio: Studio;
const clips = new Map<string, string>();
let ordinary: string;
let verbs: Readonly<Record<string, (clip: string) => Promise<{ file: string; notes: string[] }>>>;

beforeAll(async () => {
  studio = await openStudio();
  const { tools: media, prober } = studio;
  for (const [curve, { white }] of Object.entries(curves)) {
    const path = join(studio.folder, `${curve}.mp4`);
    const scene = `color=gray:s=64x48:r=24,format=yuv420p10le,geq=lum=${white}:cb=512:cr=512`;
    const tags = [
      '-color_primaries',
      'bt2020',
      '-color_trc',
      curve,
      '-colorspace',
      'bt2020nc',
      '-color_range',
      'tv',
    ];
    await studio.ffmpeg('-f', 'lavfi', '-i', scene, '-t', '1', '-c:v', 'libx264', ...tags, path);
    clips.set(curve, path);
  }
  ordinary = await studio.flashes('ordinary.mp4', { at: [0.5], seconds: 2, sound: null });
  const models = createModelStore({ home: studio.folder, registry: async () => ({}), models: [] });
  const enhance = createEnhance({ media, prober, models, probeProviders: async () => [] });
  const run = <A>(handler: Handler<A>, args: A, ...paths: string[]) => studio.run(handler, args, paths);
  verbs = {
    ENHANCE: (clip) => run(enhance, denoised, clip),
    GRADE: (clip) => run(createGrade({ media, prober }), graded, clip),
    TRIM: (clip) => run(createTrim(media), { from: 0.1, to: 0.9 }, clip),
    STITCH: (clip) => run(createStitch(media), stitched, clip, ordinary),
  };
});
afterAll(() => studio[Symbol.asyncDispose]());

for (const [curve, { called }] of Object.entries(curves))
  test.each([
    'ENHANCE',
    'GRADE',
    'TRIM',
    'STITCH',
  ])(`%s brings white of ${called} to our white, and says so`, async (verb) => {
    const { file, notes } = await verbs[verb]!(clips.get(curve)!);
    const facts = await studio.video(file);
    expect(facts.pixelFormat).toBe('yuv420p');
    expect(facts.transfer).toBeUndefined();
    // Shown as it is, it would be a grey of about 150.
    for (const channel of await studio.colour(file, 3)) expect(channel).toBeGreaterThan(215);
    expect(notes).toContainEqual(
      expect.stringMatching(
        `^(the clip|clip 1) is in high dynamic range \\(${called}\\): its colours were brought`,
      ),
    );
  });

test('clips of high dynamic range that agree are joined as they are', async () => {
  const clip = clips.get('smpte2084')!;
  const { file, facts, notes, details } = await studio.run(createStitch(studio.tools), stitched, [
    clip,
    clip,
  ]);
  expect(details).toMatchObject({ encodedFrames: 0 });
  expect(notes).toEqual([]);
  expect(facts).toMatchObject({ frames: 48, transfer: 'smpte2084', pixelFormat: 'yuv420p10le' });
  expect(await studio.video(file)).toMatchObject({ transfer: 'smpte2084', matrix: 'bt2020nc' });
});

test('PROBE tells the curve of high dynamic range, and no other', async () => {
  expect(await studio.video(clips.get('arib-std-b67')!)).toMatchObject({ transfer: 'arib-std-b67' });
  expect(await studio.video(ordinary)).not.toHaveProperty('transfer');
});
