import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnhanceArguments } from '../../dsl/arguments.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import { createEnhance } from '../../workers/enhance.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { decodeFrames, encodeFrames } from '../../workers/ffmpeg/frames.ts';
import { createProber } from '../../workers/ffmpeg/prober.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import type { Desk, Produced } from '../../workers/handler.ts';
import { createModelStore, type ModelStore } from '../../workers/models/store.ts';
import { fakeDesk } from '../fakes/desk.ts';
import { type FakeRegistry, fakeRegistry } from '../fakes/npm-registry.ts';
import { childrenOf } from './children.ts';
import { blend, blendParam, slim, slimFiles } from './models/slim.ts';

const run = promisify(execFile);
const network = /onnx\/network\.[jt]s/;
const sintel = new URL('../media/sintel-96x54.mp4', import.meta.url).pathname;
const nothing: EnhanceArguments = {
  upscale: null,
  denoise: null,
  interpolate: null,
  model: null,
  interpolator: null,
};
const twice = { ...nothing, upscale: 2, model: 'esrgan-slim' };

let folder: string;
let media: MediaTools;
let models: ModelStore;
let registries: FakeRegistry[];
let scratches = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchai-enhance-'));
  media = toolsOf(await findTools({}));
  registries = [
    await fakeRegistry('@upscalerjs/esrgan-slim', '1.0.0', slimFiles),
    await fakeRegistry('blend', '1.0.0', { 'blend.param': blendParam, 'blend.bin': '' }),
  ];
  const [a, b] = registries as [FakeRegistry, FakeRegistry];
  models = createModelStore({
    home: folder,
    registry: async () => ({
      ...a.registry,
      '@upscalerjs:registry': a.registry.registry,
      registry: b.registry.registry,
    }),
    models: [slim(a.integrity), blend(b.integrity)],
  });
});
afterAll(async () => {
  for (const registry of registries) await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function enhance(path: string, args: EnhanceArguments, given: Partial<Desk> = {}) {
  const prober = createProber(media);
  const facts = (await prober.probe(path)) as VideoFacts;
  const scratch = join(folder, `scratch-${scratches++}`);
  await mkdir(scratch);
  const inputs = [{ role: 'operand', path, hash: '', kind: 'video' as const, facts, recipe: null }];
  const { desk, progress } = fakeDesk({ inputs, scratch, recipe: 'ENHANCE v1 UPSCALE 2x', ...given });
  const cpu = [{ provider: 'cpu' as const, works: true, milliseconds: 1, problem: null }];
  const handler = createEnhance({ media, prober, models, probeProviders: async () => cpu, cores: 2 });
  const made = (await handler(args, desk)) as Produced;
  return { ...made, facts: made.facts as VideoFacts, before: facts, progress, scratch };
}

test('doubles a real clip: all frames, the same sound, the recipe inside', async () => {
  const { file, facts, before, progress, details } = await enhance(sintel, twice);
  expect(facts).toMatchObject({ width: 192, height: 108, frames: before.frames, rate: before.rate });
  expect(await soundOf(file)).toBe(await soundOf(sintel));
  expect(await createProber(media).recipe(file)).toBe('ENHANCE v1 UPSCALE 2x');
  expect(progress.at(-1)).toMatchObject({ fraction: 1 });
  expect(details).toMatchObject({ order: ['upscale'], model: 'esrgan-slim', provider: 'cpu', workers: 2 });
});

test('comes nearer to the truth than bilinear does', async () => {
  const small = join(folder, 'small.mkv');
  await lossless(sintel, 'crop=96:52,scale=48:26:flags=area', small);
  const { file } = await enhance(small, twice);
  const stretched = join(folder, 'stretched.mkv');
  await lossless(small, 'scale=96:52:flags=bilinear', stretched);
  // Written with the same encoder, so that only the enlargement differs.
  const bilinear = (await enhance(stretched, { ...nothing, denoise: 0 })).file;
  const truth = join(folder, 'truth.mkv');
  await lossless(sintel, 'crop=96:52', truth);
  expect(await likeness(file, truth, 'null')).toBeGreaterThan(await likeness(bilinear, truth, 'null'));
});

test('adds frames to exactly round(duration × rate), in the right places', async () => {
  const greys = join(folder, 'greys.mp4');
  await makeGreys(greys, [40, 60, 80, 100, 120, 140]);
  const { file, facts, details } = await enhance(greys, {
    ...nothing,
    interpolate: 60,
    interpolator: 'blend',
  });
  expect(facts).toMatchObject({ frames: 15, rate: { num: 60, den: 1 }, width: 64, height: 48 });
  expect(details).toMatchObject({ interpolator: 'blend', cuts: 0 });
  const levels = await greysOf(file, facts);
  for (const [index, level] of levels.entries()) {
    // 24 frames a second become 60: frame k stands at k × 0.4 of the clip's frames, 20 levels apart; the last one stands.
    expect(Math.abs(level - (40 + Math.min(5, index * 0.4) * 20))).toBeLessThanOrEqual(2);
  }
});

test('shows no mixture of two scenes', async () => {
  const cut = join(folder, 'cut.mp4');
  await makeGreys(cut, [30, 30, 30, 220, 220, 220]);
  const { file, facts, details } = await enhance(cut, { ...nothing, interpolate: 60, interpolator: 'blend' });
  expect(details).toMatchObject({ cuts: 1 });
  for (const level of await greysOf(file, facts))
    expect(Math.min(Math.abs(level - 30), Math.abs(level - 220))).toBeLessThan(4);
});

test('does all three in one pass', async () => {
  const { facts, before, details } = await enhance(sintel, {
    ...twice,
    denoise: 30,
    interpolate: 30,
    interpolator: 'blend',
  });
  expect(facts).toMatchObject({ width: 192, height: 108, rate: { num: 30, den: 1 } });
  expect(facts.frames).toBe(Math.round((before.frames * 30) / 24));
  expect(details).toMatchObject({ order: ['denoise', 'interpolate', 'upscale'] });
});

test('takes noise out: the clip comes nearer to the clean one', async () => {
  const noisy = join(folder, 'noisy.mp4');
  await run(media.ffmpeg, [
    ...['-v', 'error', '-y', '-i', sintel, '-vf', 'noise=alls=30:allf=t:all_seed=7'],
    ...['-c:v', 'libx264', '-qp', '4', '-c:a', 'copy', noisy],
  ]);
  const { file } = await enhance(noisy, { ...nothing, denoise: 50 });
  expect(await likeness(file, sintel, 'null')).toBeGreaterThan((await likeness(noisy, sintel, 'null')) + 1);
});

test('makes odd sizes even and says so', async () => {
  const odd = join(folder, 'odd.mkv');
  await run(media.ffmpeg, [
    '-v',
    'error',
    '-y',
    '-i',
    sintel,
    '-vf',
    'format=yuv444p,crop=33:21',
    '-frames:v',
    '3',
    '-an',
    '-c:v',
    'ffv1',
    odd,
  ]);
  const { facts, notes } = await enhance(odd, { ...nothing, denoise: 10 });
  expect(facts).toMatchObject({ width: 34, height: 22, frames: 3 });
  expect(notes).toEqual(['33x21 was made even by repeating the last column or row']);
  expect((await enhance(odd, twice)).facts).toMatchObject({ width: 66, height: 42, frames: 3 });
});

test('makes a rate that varies constant, keeps the length, and says so', async () => {
  const uneven = join(folder, 'uneven.mkv');
  await run(media.ffmpeg, [
    ...[
      '-v',
      'error',
      '-y',
      '-i',
      sintel,
      '-an',
      '-vf',
      "select='lt(n,12)+not(mod(n,3))'",
      '-fps_mode',
      'vfr',
    ],
    ...['-c:v', 'ffv1', uneven],
  ]);
  const { facts, before, notes } = await enhance(uneven, { ...nothing, denoise: 10 });
  expect(before.variable).toBe(true);
  expect(facts).not.toHaveProperty('variable');
  expect(facts.frames).toBe(before.frames);
  expect(Math.abs(facts.duration - before.duration)).toBeLessThan(0.1);
  expect(notes).toEqual([expect.stringContaining("the clip's rate varies: it was made constant")]);
});

test('fails as something to try again when a network is killed, and leaves no process behind', async () => {
  let struck = false;
  const strike = async () => {
    if (struck) return;
    struck = true;
    const [pid] = await childrenOf(process.pid, network);
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  };
  await expect(
    enhance(sintel, twice, { progress: ({ fraction }) => void (fraction > 0 && strike()) }),
  ).rejects.toMatchObject({ name: 'Failure', kind: 'transient', code: 'PQL655' });
  expect(struck).toBe(true);
  expect(await childrenOf(process.pid, network)).toEqual([]);
});

test('stops when it is cancelled, and leaves no process behind', async () => {
  const controller = new AbortController();
  const cancelled = enhance(sintel, twice, {
    signal: controller.signal,
    progress: ({ fraction }) => fraction > 0 && controller.abort(new DOMException('cancelled', 'AbortError')),
  });
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  expect(await childrenOf(process.pid, network)).toEqual([]);
});

test('mends a model file that is cut short before it uses it', async () => {
  const path = await models.path('esrgan-slim', 'x2');
  const whole = await readFile(path);
  await writeFile(path, whole.subarray(0, 5000));
  const { facts } = await enhance(sintel, twice);
  expect(facts.width).toBe(192);
  expect(await readFile(path)).toEqual(whole);
});

/** MD5 of the packets of the sound. */
async function soundOf(path: string): Promise<string> {
  const { stdout } = await run(media.ffmpeg, [
    '-v',
    'error',
    '-i',
    path,
    '-map',
    '0:a',
    '-c',
    'copy',
    '-f',
    'md5',
    '-',
  ]);
  return stdout;
}

async function lossless(from: string, filter: string, to: string): Promise<void> {
  await run(media.ffmpeg, [
    '-v',
    'error',
    '-y',
    '-i',
    from,
    '-an',
    '-vf',
    filter,
    ...['-c:v', 'ffv1', '-colorspace', 'bt709'],
    to,
  ]);
}

/** Y-PSNR of a clip, passed through a filter, to another. */
async function likeness(path: string, truth: string, filter: string): Promise<number> {
  const graph = `[0:v]${filter},format=yuv420p[a];[a][1:v]psnr`;
  const { stderr } = await run(media.ffmpeg, [
    '-i',
    path,
    '-i',
    truth,
    '-filter_complex',
    graph,
    '-f',
    'null',
    '-',
  ]);
  return Number(/PSNR y:([\d.]+)/.exec(stderr)?.[1]);
}

async function makeGreys(output: string, levels: readonly number[]): Promise<void> {
  const shape = { width: 64, height: 48, rate: { num: 24, den: 1 }, pixelFormat: 'rgb24' as const };
  await using sink = encodeFrames(media, { ...shape, output, recipe: 'GREYS' });
  for (const level of levels) await sink.write(Buffer.alloc(64 * 48 * 3, level));
  await sink.finish();
}

/** The level in the middle of each frame. */
async function greysOf(path: string, facts: VideoFacts): Promise<number[]> {
  await using source = decodeFrames(media, path, facts, { pixelFormat: 'gray' });
  const levels: number[] = [];
  for await (const frame of source.frames) levels.push(frame[frame.length >> 1] ?? 0);
  return levels;
}
