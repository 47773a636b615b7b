import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnhanceArguments, GradeArguments, StitchArguments } from '../../dsl/arguments.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import { createEnhance } from '../../workers/enhance.ts';
import { createGrade } from '../../workers/grade.ts';
import type { Handler } from '../../workers/handler.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { createStitch } from '../../workers/stitch.ts';
import { createTrim } from '../../workers/trim.ts';
import { damaged as spoilt } from './damaged.ts';
import { openStudio, type Studio } from './studio.ts';

const clips: Readonly<Record<string, readonly string[]>> = {
  'h264.mp4': ['-c:v', 'libx264', '-g', '12', '-bf', '0', '-pix_fmt', 'yuv420p'],
  'mpeg2.mpg': ['-c:v', 'mpeg2video', '-g', '12', '-q:v', '3'],
  'mjpeg.avi': ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'],
};

const denoised: EnhanceArguments = {
  ...{ upscale: null, denoise: 10, interpolate: null, model: null, interpolator: null },
};
const graded: GradeArguments = {
  ...{ temperature: null, exposure: 0.3, contrast: null, saturation: null, grade: null, grain: null },
  ...{ vignette: null, lut: false, lens: null, shutter: null },
};
const larger: StitchArguments = { width: 192, height: 144, fps: null, fit: 'pad', transition: null };

let studio: Studio;
let verbs: Readonly<Record<string, (path: string) => Promise<string[]>>>;

beforeAll(async () => {
  studio = await openStudio();
  const { tools: media, prober } = studio;
  for (const [name, coding] of Object.entries(clips)) {
    const path = join(studio.folder, name);
    // Noise, so that every picture has many bytes to damage.
    const scene = 'testsrc2=s=160x120:r=25,noise=alls=30:allf=t:all_seed=7';
    await studio.ffmpeg('-f', 'lavfi', '-i', scene, '-t', '2', ...coding, '-bitexact', path);
    await writeFile(join(studio.folder, `damaged-${name}`), damaged(await readFile(path)));
  }
  const models = createModelStore({ home: studio.folder, registry: async () => ({}), models: [] });
  const run = async <A>(handler: Handler<A>, args: A, path: string) => {
    const made = await studio.run(handler, args, [path]);
    expect(made.facts).toMatchObject({ frames: expect.any(Number) });
    return made.notes;
  };
  const enhance = createEnhance({ media, prober, models, probeProviders: async () => [] });
  verbs = {
    ENHANCE: (path) => run(enhance, denoised, path),
    GRADE: (path) => run(createGrade({ media, prober }), graded, path),
    TRIM: (path) => run(createTrim(media), { from: 0.1, to: 1.9 }, path),
    STITCH: (path) => run(createStitch(media), larger, path),
  };
});
afterAll(() => studio[Symbol.asyncDispose]());

/** Bytes overwritten here and there in the middle third, where the pictures are: the index still reads. */
function damaged(clip: Buffer): Buffer {
  const copy = Buffer.from(clip);
  for (let at = Math.floor(copy.length / 3); at < (2 * copy.length) / 3; at += 499)
    copy[at] = (copy[at] ?? 0) ^ 0x5a;
  return copy;
}

const told =
  /^(the clip|clip 1) is damaged: (at least \d+ pictures?|not every picture) could( not)? be read whole$/;

for (const name of Object.keys(clips))
  test.each([
    'ENHANCE',
    'GRADE',
    'TRIM',
    'STITCH',
  ])(`%s tells that ${name} is damaged, and makes what it can`, async (verb) => {
    expect(await verbs[verb]?.(join(studio.folder, `damaged-${name}`))).toContainEqual(
      expect.stringMatching(told),
    );
    expect((await verbs[verb]?.(join(studio.folder, name)))?.join()).not.toContain('damaged');
  });

test('a clip whose tail cannot be read keeps its length: its last frame stands for the rest', async () => {
  const path = join(studio.folder, 'tail.mp4');
  await writeFile(path, await spoilt(join(studio.folder, 'h264.mp4'), 0.5));
  const { tools, prober } = studio;
  const made = [
    await studio.run(createGrade({ media: tools, prober }), graded, [path]),
    await studio.run(createStitch(tools), larger, [path]),
    await studio.run(createTrim(tools), { from: 1.5, to: null }, [path]),
  ];
  expect(made.map(({ facts }) => (facts as VideoFacts).frames)).toEqual([50, 50, 12]);
  for (const { notes } of made) expect(notes.join()).toContain('is damaged');
});

test('STITCH says which clip is damaged, and at a transition that either is', async () => {
  const [whole, hurt] = [join(studio.folder, 'h264.mp4'), join(studio.folder, 'damaged-h264.mp4')];
  const args = { ...larger, transition: { kind: 'fade', duration: 0.9 } };
  const { notes } = await studio.run(createStitch(studio.tools), args, [whole, hurt]);
  expect(notes.filter((note) => note.includes('damaged')).map((note) => note.split(' is ')[0])).toEqual([
    'clip 1 or 2',
    'clip 2',
  ]);
});

test('sound that cannot be read whole is told as well', async () => {
  const path = await studio.flashes('beeps.mp4', {
    at: [0.5],
    seconds: 2,
    sound: ['-c:a', 'ac3', '-b:a', '192k'],
  });
  const bytes = await readFile(path);
  const hurt = join(studio.folder, 'damaged-beeps.mp4');
  await writeFile(hurt, damaged(bytes));
  const { notes } = await studio.run(createTrim(studio.tools), { from: 0.1, to: null }, [hurt]);
  expect(notes).toContain('the sound of the clip is damaged: not all of it could be read');
  expect((await studio.run(createTrim(studio.tools), { from: 0.1, to: null }, [path])).notes).toEqual([]);
});
