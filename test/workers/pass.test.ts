import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoFacts } from '../../dsl/facts.ts';
import { optimise } from '../../dsl/optimise/optimise.ts';
import type { Plan } from '../../dsl/plan.ts';
import type { Handler } from '../../workers/handler.ts';
import { createHandlers, type Tools } from '../../workers/handlers.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { type FakeRegistry, fakeRegistry } from '../fakes/npm-registry.ts';
import { slim, slimFiles } from './models/slim.ts';
import { type NamedFile, namedFiles, planAbout, runPlan } from './run-plan.ts';
import { openStudio, type Studio } from './studio.ts';

const nothing = { recalled: new Set<string>() };

let studio: Studio;
let registry: FakeRegistry;
let handlers: Readonly<Record<string, Handler>>;
let files: Map<string, NamedFile>;

beforeAll(async () => {
  studio = await openStudio();
  registry = await fakeRegistry('@upscalerjs/esrgan-slim', '1.0.0', slimFiles);
  const models = createModelStore({
    home: studio.folder,
    registry: async () => registry.registry,
    models: [slim(registry.integrity)],
  });
  const cpu = [{ provider: 'cpu' as const, works: true, milliseconds: 1, problem: null }];
  const tools = { media: studio.tools, prober: studio.prober, models, probeProviders: async () => cpu };
  handlers = createHandlers({ ...tools, cores: 2 } as unknown as Tools);
  const media = (name: string) => new URL(`../media/${name}`, import.meta.url).pathname;
  const swap = [0, 1].flatMap((b) => [0, 1].flatMap((g) => [0, 1].map((r) => `${b} ${g} ${r}`)));
  await writeFile(join(studio.folder, 'swap.cube'), `LUT_3D_SIZE 2\n${swap.join('\n')}\n`);
  // Eight seconds that move, with a tone that is told apart at every time, long enough to be sought in.
  const long = join(studio.folder, 'long.mp4');
  await studio.ffmpeg(
    ...['-stream_loop', '-1', '-i', media('trailer.mp4'), '-f', 'lavfi'],
    ...[
      '-i',
      "aevalsrc='0.4*sin(2*PI*(200+150*t)*t)':s=48000:c=stereo",
      '-t',
      '8',
      '-map',
      '0:v',
      '-map',
      '1:a',
    ],
    ...['-vf', 'scale=192:108,fps=24', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '24', long],
  );
  const large = join(studio.folder, 'large.mp4');
  const flash = 'testsrc2=s=320x180:r=30:d=2';
  await studio.ffmpeg('-f', 'lavfi', '-i', flash, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', large);
  const odd = join(studio.folder, 'odd.mkv');
  const oddly = 'format=yuv444p,scale=321:181:flags=bicubic,gblur=1';
  await studio.ffmpeg('-i', media('trailer.mp4'), '-an', '-vf', oddly, '-c:v', 'ffv1', odd);
  const small = join(studio.folder, 'small.mp4');
  await studio.ffmpeg(
    '-i',
    media('trailer.mp4'),
    '-t',
    '0.5',
    '-vf',
    'scale=160:90,gblur=sigma=2',
    '-c:v',
    'libx264',
    small,
  );
  files = await namedFiles(studio.prober, {
    'long.mp4': long,
    'odd.mkv': odd,
    'small.mp4': small,
    'run.mp4': media('run.mp4'),
    'flash.mp4': await studio.flashes('flash.mp4', { at: [0.5, 2.5, 4.5], seconds: 6, size: '128x96' }),
    'flash30.mp4': await studio.flashes('flash30.mp4', { at: [0.5, 2.5, 4.5], seconds: 6, rate: '30' }),
    'large.mp4': large,
    'swap.cube': join(studio.folder, 'swap.cube'),
  });
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});

/** Runs the optimised plan of a script with an ffmpeg that writes down how it was called; answers what each step made and how often pictures
 * were encoded. */
async function counted(source: string) {
  const [calls, ffmpeg] = [join(studio.folder, 'calls.txt'), join(studio.folder, 'counting.sh')];
  await writeFile(calls, '');
  await writeFile(ffmpeg, `#!/bin/sh\necho "$*" >> "${calls}"\nexec "${studio.tools.ffmpeg}" "$@"\n`);
  await chmod(ffmpeg, 0o755);
  const media = { ...studio.tools, ffmpeg };
  const counting = createHandlers({ media, prober: studio.prober, cores: 2 } as unknown as Tools);
  const plan = optimise(planAbout(source, files), nothing);
  const made = await runPlan(plan, files, {
    handlers: counting,
    folder: studio.folder,
    prober: studio.prober,
  });
  const encodes = (await readFile(calls, 'utf8')).split('\n').filter((call) => call.includes('libx264'));
  return { plan, made: [...made.values()], encodes: encodes.length };
}

/** Runs a script as it is written and as it is optimised; answers the last result of both. */
async function both(source: string) {
  const written = planAbout(source, files);
  const optimised = optimise(written, nothing);
  const [plain, fused] = [await last(written), await last(optimised)];
  return { written, optimised, plain, fused };
}

async function last(plan: Plan) {
  const made = await runPlan(plan, files, { handlers, folder: studio.folder, prober: studio.prober });
  const { file, details } = made.get(plan.steps.at(-1)!.id)!;
  return { file, details, facts: await studio.video(file) };
}

const operations = ({ steps }: Plan) => steps.map(({ operation }) => operation);

/** Structural likeness of two clips, all planes, mean of all frames. */
async function likeness(one: string, other: string): Promise<number> {
  const stats = join(studio.folder, 'ssim.txt');
  const graph = `[0:v]setpts=N[a];[1:v]setpts=N[b];[a][b]ssim=f=${stats}`;
  // A film of several encoders may say more or less of its colours from clip to clip; frames are to be counted on.
  const read = [one, other].flatMap((path) => ['-reinit_filter:v', '0', '-i', path]);
  await studio.ffmpeg(...read, '-filter_complex', graph, '-an', '-f', 'null', '-');
  const all = [...(await readFile(stats, 'utf8')).matchAll(/All:([\d.]+)/g)].map((match) => Number(match[1]));
  return all.reduce((sum, each) => sum + each, 0) / all.length;
}

/** Root of the mean square of the difference of two sounds, against that of the first; 0 is equal. */
async function soundDifference(one: string, other: string): Promise<number> {
  const samples = async (path: string) => {
    const bytes = await studio.ffmpeg('-i', path, '-vn', '-ac', '1', '-ar', '48000', '-f', 'f32le', '-');
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  };
  const [a, b] = [await samples(one), await samples(other)];
  expect(Math.abs(a.length - b.length)).toBeLessThanOrEqual(1024);
  let [square, off] = [0, 0];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    square += a[at]! ** 2;
    off += (a[at]! - b[at]!) ** 2;
  }
  return Math.sqrt(off / square);
}

function expectSameClip(plain: { facts: VideoFacts }, fused: { facts: VideoFacts }): void {
  const told = ({ width, height, rate, frames, duration, pixelFormat, codec }: VideoFacts) => ({
    ...{ width, height, rate, frames, duration, pixelFormat, codec },
  });
  expect(told(fused.facts)).toEqual(told(plain.facts));
}

test.each([
  ['TRIM "long.mp4"[2s..4s] | GRADE LOOK teal-orange', 'pass'],
  ['TRIM "long.mp4"[4.5s..7s] | GRADE LOOK noir | ENHANCE DENOISE 20 | GRADE CONTRAST 10%', 'pass'],
  ['GRADE "long.mp4" EXPOSURE +0.3 VIGNETTE 30% | TRIM FROM 3s UNTIL 5s', 'pass'],
  ['GRADE "long.mp4" SHUTTER 1/8s | TRIM FROM 3s UNTIL 5s', 'pass'],
  ['ENHANCE "long.mp4" DENOISE 30 | TRIM FROM 5s UNTIL 7s', 'pass'],
  ['ENHANCE "long.mp4" DENOISE 100 | GRADE LUT "swap.cube" | TRIM FROM 5s UNTIL 6s', 'pass'],
  ['TRIM "long.mp4"[1s..6s] | TRIM FROM 1s UNTIL 3s', 'trim'],
  ['TRIM "small.mp4"[250ms..500ms] | GRADE LOOK warm | ENHANCE UPSCALE 2x', 'pass'],
  ['ENHANCE "small.mp4" UPSCALE 2x | TRIM FROM 250ms UNTIL 500ms', 'pass'],
  ['ENHANCE "small.mp4" DENOISE 30 UPSCALE 2x | TRIM FROM 250ms UNTIL 500ms', 'pass'],
  ['ENHANCE "odd.mkv" DENOISE 10 | GRADE LOOK cool', 'pass'],
  ['TRIM "odd.mkv"[200ms..800ms] | ENHANCE DENOISE 10', 'pass'],
])('%s gives the same in one step', async (source, operation) => {
  const { optimised, plain, fused } = await both(source);
  expect(operations(optimised)).toEqual([operation]);
  expectSameClip(plain, fused);
  expect(await likeness(plain.file, fused.file)).toBeGreaterThanOrEqual(0.99);
  // Each coding of a sound costs a little; a tone that rises, moved by a millisecond, would differ by more than 1.
  if (plain.facts.audio) expect(await soundDifference(plain.file, fused.file)).toBeLessThan(0.2);
  else expect(fused.facts.audio).toBeNull();
});

test('each frame keeps its own grain when the clip is cut in the same pass', async () => {
  // Grain costs an encoder most of what it has, so two encodings of it are less alike than of anything else.
  const { plain, fused } = await both('GRADE "long.mp4" GRAIN 20% | TRIM FROM 5s UNTIL 6s | GRADE LOOK warm');
  expect(await likeness(plain.file, fused.file)).toBeGreaterThan(0.94);
  const other = await both('TRIM "long.mp4"[5s..6s] | GRADE GRAIN 20% | GRADE LOOK warm');
  expect(await likeness(plain.file, other.fused.file)).toBeLessThan(0.9);
});

test('a stage in the middle that reads a table reads its own', async () => {
  const { fused } = await both(
    'GRADE "flash.mp4" LUT "swap.cube" | GRADE EXPOSURE +0.1 | GRADE LUT "swap.cube"',
  );
  const { plain } = await both('GRADE "flash.mp4" EXPOSURE +0.1');
  expect(await likeness(plain.file, fused.file)).toBeGreaterThanOrEqual(0.99);
});

test.each([
  ['STITCH "flash.mp4"[0s..3s] + "flash.mp4"[1s..5s]', ['stitch'], [0.5, 2.5, 4.5, 6.5]],
  [
    'STITCH "flash.mp4" + "flash30.mp4"[1.01s..5s] + "flash.mp4"[0.3s..]',
    ['stitch'],
    // The second begins with its frame 31 and has 95 frames at 24 a second, the third begins with its frame 8.
    [0.5, 2.5, 4.5, 7.467, 9.467, 10.125, 12.125, 14.125],
  ],
  [
    'STITCH "flash.mp4"[0s..3s] + "flash30.mp4"[2.1s..5s] TRANSITION fade 0.5s',
    ['stitch'],
    [0.5, 2.5, 2.9, 4.9],
  ],
  [
    'STITCH (TRIM "flash30.mp4"[2s..5s] | GRADE CONTRAST 10%) + "flash.mp4" TRANSITION fade 0.25s',
    ['pass', 'stitch'],
    [0.5, 2.5, 3.25, 5.25, 7.25],
  ],
])('%s gives the same film, its sound in place', async (source, expected, flashes) => {
  const { optimised, plain, fused } = await both(source);
  expect(operations(optimised)).toEqual(expected);
  expectSameClip(plain, fused);
  expect(await likeness(plain.file, fused.file)).toBeGreaterThanOrEqual(0.99);
  const { white, loud } = await studio.onsets(fused.file);
  expect(loud).toHaveLength(flashes.length);
  for (const [index, second] of flashes.entries()) {
    // Beeps begin two milliseconds before their flash; pictures stand on the frames of the film.
    expect(Math.abs(loud[index]! - second + 0.002)).toBeLessThan(0.002);
    expect(Math.abs(white[index]! - second)).toBeLessThan(1 / 24 + 0.001);
  }
});

test('a stitch copies what was encoded for it, and the packets of the parts that it cuts', async () => {
  const shaped = await both('STITCH (TRIM "flash30.mp4"[2s..5s] | GRADE CONTRAST 10%) + "flash.mp4"');
  expect(shaped.plain.details).toMatchObject({ encodedFrames: 72 });
  expect(shaped.fused.details).toMatchObject({ encodedFrames: 0 });
  // Groups of two seconds: one second of each part lies outside of them.
  const cut = await both('STITCH "flash.mp4"[1s..6s] + "flash.mp4"[0s..5s]');
  expect(cut.fused.details).toMatchObject({ encodedFrames: 48 });
});

test('a film of foreign and of graded clips is the same', async () => {
  const source =
    'STITCH (GRADE "run.mp4" LOOK noir) + "long.mp4"[1s..4s] + (TRIM "long.mp4"[4s..6s] | GRADE LOOK warm) FIT crop';
  const { plain, fused } = await both(source);
  expectSameClip(plain, fused);
  expect(await likeness(plain.file, fused.file)).toBeGreaterThanOrEqual(0.99);
});

test('beside a clip that somebody else encoded in another size, frame work is encoded once and nothing in the STITCH', async () => {
  const work = 'TRIM "large.mp4"[0.5s..1.5s] | GRADE LOOK warm | ENHANCE DENOISE 20';
  const { plan, made, encodes } = await counted(`STITCH "run.mp4" + (${work})`);
  expect(operations(plan)).toEqual(['pass', 'stitch']);
  const [graded, film] = made;
  expect(film!.notes).toEqual([]);
  expect(film!.details).toMatchObject({ encodedFrames: 0 });
  expect(encodes).toBe(1);
  // The runners are of standard definition and say nothing of their colours.
  expect(graded!.facts).toMatchObject({ matrix: 'smpte170m' });
  const seen = async (path: string) =>
    (await studio.ffmpeg('-i', path, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', '-'))
      .toString()
      .split('\n')
      .flatMap((line) => (line.startsWith('0,') ? [line.split(',').at(-1)!.trim()] : []));
  const clips = [...(await seen(files.get('run.mp4')!.path)), ...(await seen(graded!.file))];
  expect(await seen(film!.file)).toEqual(clips);
});

test('what is graded in the size of a foreign clip takes its colours too, and looks the same', async () => {
  const source = 'STITCH "long.mp4" + (GRADE "long.mp4" EXPOSURE +0.3 | TRIM FROM 1s UNTIL 3s)';
  const beside = await counted(source);
  expect(beside.encodes).toBe(1);
  expect(beside.made.at(-1)!.details).toMatchObject({ encodedFrames: 0 });
  const { plain, fused } = await both(source);
  expectSameClip(plain, fused);
  expect(await likeness(plain.file, fused.file)).toBeGreaterThanOrEqual(0.99);
  const [before, after] = [await studio.colour(plain.file, 200), await studio.colour(fused.file, 200)];
  for (const channel of [0, 1, 2] as const)
    expect(Math.abs(before[channel] - after[channel])).toBeLessThan(1.5);
});
