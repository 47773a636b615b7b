import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '../../engine/config.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import { defaultModels } from '../../workers/models/manifest.ts';
import { createModelStore, type ModelStore } from '../../workers/models/store.ts';
import { type Network, startNetwork } from '../../workers/onnx/start.ts';
import type { Measured } from './measured.ts';

interface Score {
  psnr: number;
  ssim: number;
}

interface Row {
  factor: number;
  by: string;
  clean: Score;
  compressed: Score;
  milliseconds: number;
}

const run = promisify(execFile);
/** Of the true pictures: divisible by 2, 3 and 4, and by 2 again for 4:2:0; hardly smaller than the clips. */
const truth = { width: 312, height: 168 };
/** Of x264, for the compressed case: what a small web clip looks like. */
const quality = 30;
const timed = { width: 256, height: 144 };

/** Real clips of test/media, and the seconds at which frames are taken. */
const clips = [
  { name: 'trailer.mp4', at: [0.5, 1.5] },
  { name: 'run.mp4', at: [0.5] },
  { name: 'city.mpg', at: [0.5] },
  { name: 'bird.mp4', at: [0.5] },
  { name: 'walkers.avi', at: [0.5] },
];

/** Which network enlarges best: each that is pulled, in the home that the environment names, against ffmpeg's lanczos, on real frames, clean and
 * compressed. Prints the table, which docs/enhance.md keeps, and says what it leaves out; nothing is downloaded. */
export async function bench(): Promise<Measured[]> {
  const { home } = readConfig(process.env, process.cwd()).config;
  const media = toolsOf(await findTools({}));
  const registry = async () => {
    throw new Error('a bench downloads nothing');
  };
  const models = createModelStore({ home, registry });
  const folder = await mkdtemp(join(tmpdir(), 'watchai-quality-'));
  try {
    const pictures = await truths(media, folder);
    const rows: Row[] = [];
    const all = (await models.list()).filter(({ task }) => task === 'upscale');
    for (const factor of [2, 3, 4]) {
      const pairs = await reduceAll(media, pictures, factor);
      rows.push(await score(media, folder, pairs, factor, 'lanczos', null));
      for (const { name, state } of all) {
        if (state !== 'ready') continue;
        const model = models.model(name, `x${factor}`);
        if (!('tilePixels' in model)) continue;
        const file = await models.path(name, `x${factor}`);
        const tiles = { pixels: model.tilePixels, overlap: model.overlap };
        await using network = await startNetwork(name, { file, provider: 'cpu', threads: 2, tiles });
        rows.push(await score(media, folder, pairs, factor, name, network));
      }
    }
    // Beside the one table of all benches, which may be JSON.
    process.stderr.write(`\n${table(rows, pictures.length)}\n`);
    for (const { name, state } of all) {
      if (state !== 'ready')
        process.stderr.write(`left out: ${name} is not in ${home}; pql models pull ${name}\n`);
    }
    return [...gains(rows), ...(await interpolation(media, models))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How far the network that adds frames is from its weights' own runtime, on a real pair; empty when it is not pulled. */
async function interpolation(media: MediaTools, models: ModelStore): Promise<Measured[]> {
  const name = defaultModels.interpolate;
  if ((await models.verify(name)).state !== 'ready') {
    process.stderr.write(`left out: ${name} is not pulled; pql models pull ${name}\n`);
    return [];
  }
  const read = async (part: string) => {
    const path = new URL(`../models/trailer-${part}.png`, import.meta.url).pathname;
    const options = { encoding: 'buffer' as const };
    return (await run(media.ffmpeg, ['-v', 'error', '-i', path, ...rawRgb, '-'], options)).stdout;
  };
  const [before, after, middle] = [await read('1'), await read('2'), await read('middle')];
  const model = models.model(name, 'frame');
  if (!('tilePixels' in model)) return [];
  const { tilePixels: pixels, overlap } = model;
  const file = await models.path(name, 'frame');
  await using network = await startNetwork(name, {
    file,
    provider: 'cpu',
    threads: 2,
    tiles: { pixels, overlap },
  });
  const { data } = await network.run([before, after], { width: 192, height: 128, time: 0.5 });
  const value = data.reduce((most, each, at) => Math.max(most, Math.abs(each - (middle[at] ?? 0))), 0);
  const against = "the weights' own runtime, on a real pair";
  return [{ name: `${name}, furthest value`, value, unit: 'of 255', goal: '<= 1', against }];
}

/** By how much the default network beats lanczos where it was chosen for: SSIM of compressed pictures. Empty when it is not pulled. */
function gains(rows: readonly Row[]): Measured[] {
  return [2, 3, 4].flatMap((factor) => {
    const of = (by: string) => rows.find((row) => row.factor === factor && row.by === by)?.compressed.ssim;
    const [network, lanczos] = [of(defaultModels.upscale), of('lanczos')];
    if (network === undefined || lanczos === undefined) return [];
    return {
      name: `UPSCALE ${factor}x, SSIM of compressed pictures above lanczos`,
      value: network - lanczos,
      unit: '',
      goal: '>= 0',
      against: `lanczos ${lanczos.toFixed(4)}`,
    };
  });
}

/** Frames reduced to the size of the truth, which takes most traces of their own compression with it; raw RGB. */
async function truths(media: MediaTools, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, at } of clips) {
    const path = new URL(`../media/${name}`, import.meta.url).pathname;
    for (const second of at) {
      const out = join(folder, `truth-${paths.length}.rgb`);
      const { width, height } = truth;
      const fit = `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=area,crop=${width}:${height}`;
      await ffmpeg(media, ['-ss', `${second}`, '-i', path, '-frames:v', '1', '-vf', fit, ...rawRgb, out]);
      paths.push(out);
    }
  }
  return paths;
}

/** A true picture, and it made small both ways. */
interface Pair {
  picture: string;
  clean: string;
  compressed: string;
}

async function reduceAll(media: MediaTools, pictures: readonly string[], factor: number): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const picture of pictures) {
    const clean = await reduce(media, `${picture}-clean`, picture, factor, false);
    pairs.push({
      picture,
      clean,
      compressed: await reduce(media, `${picture}-spoilt`, picture, factor, true),
    });
  }
  return pairs;
}

async function score(
  media: MediaTools,
  folder: string,
  pairs: readonly Pair[],
  factor: number,
  by: string,
  network: Network | null,
): Promise<Row> {
  const of = async (kind: 'clean' | 'compressed'): Promise<Score> => {
    const scores: Score[] = [];
    for (const pair of pairs) {
      const large = join(folder, 'large.rgb');
      const size = { width: truth.width / factor, height: truth.height / factor };
      if (network) {
        await writeFile(large, (await network.run([await readFile(pair[kind])], size)).data);
      } else {
        const scale = `scale=${truth.width}:${truth.height}:flags=lanczos+accurate_rnd+full_chroma_int`;
        await ffmpeg(media, [...rawInput(size, pair[kind]), '-vf', scale, ...rawRgb, large]);
      }
      scores.push(await compare(media, large, pair.picture));
    }
    return mean(scores);
  };
  return {
    factor,
    by,
    clean: await of('clean'),
    compressed: await of('compressed'),
    milliseconds: await time(network),
  };
}

/** The truth made small, bicubic; `spoil` sends it through x264. */
async function reduce(
  media: MediaTools,
  small: string,
  picture: string,
  factor: number,
  spoil: boolean,
): Promise<string> {
  const size = { width: truth.width / factor, height: truth.height / factor };
  const scale = `scale=${size.width}:${size.height}:flags=bicubic+accurate_rnd+full_chroma_int`;
  const input = [...rawInput(truth, picture), '-vf', scale];
  if (!spoil) {
    await ffmpeg(media, [...input, ...rawRgb, small]);
    return small;
  }
  const clip = `${small}.mkv`;
  await ffmpeg(media, [...input, '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-crf', `${quality}`, clip]);
  await ffmpeg(media, ['-i', clip, ...rawRgb, small]);
  return small;
}

async function compare(media: MediaTools, made: string, picture: string): Promise<Score> {
  const graph = '[0]format=yuv444p,split[a][b];[1]format=yuv444p,split[c][d];[a][c]psnr;[b][d]ssim';
  const { stderr } = await run(media.ffmpeg, [
    ...['-hide_banner', ...rawInput(truth, made), ...rawInput(truth, picture)],
    ...['-filter_complex', graph, '-f', 'null', '-'],
  ]);
  const [, psnr] = /PSNR y:([\d.]+|inf)/.exec(stderr) ?? [];
  const [, ssim] = /SSIM Y:([\d.]+)/.exec(stderr) ?? [];
  if (!psnr || !ssim) throw new Error(`ffmpeg gave no scores: ${stderr.slice(-300)}`);
  return { psnr: Number(psnr), ssim: Number(ssim) };
}

/** The least of five runs, milliseconds inside the network. */
async function time(network: Network | null): Promise<number> {
  if (!network) return 0;
  const frame = new Uint8Array(timed.width * timed.height * 3).map((_, index) => (index * 7) & 255);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const before = network.busy();
    await network.run([frame], timed);
    least = Math.min(least, network.busy() - before);
  }
  return least;
}

function table(rows: readonly Row[], count: number): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    `${count} frames of ${truth.width}×${truth.height}; compressed: x264 CRF ${quality}; ms: one ${timed.width}×${timed.height} frame, two threads`,
    '',
    line(['factor', 'by', 'PSNR clean', 'SSIM clean', 'PSNR compressed', 'SSIM compressed', 'ms']),
    line(['---', '---', '---:', '---:', '---:', '---:', '---:']),
    ...rows.map(({ factor, by, clean, compressed, milliseconds }) =>
      line([
        `×${factor}`,
        by,
        clean.psnr.toFixed(2),
        clean.ssim.toFixed(4),
        compressed.psnr.toFixed(2),
        compressed.ssim.toFixed(4),
        milliseconds === 0 ? '' : Math.round(milliseconds),
      ]),
    ),
  ].join('\n');
}

function mean(scores: readonly Score[]): Score {
  const of = (key: keyof Score) => scores.reduce((sum, each) => sum + each[key], 0) / scores.length;
  return { psnr: of('psnr'), ssim: of('ssim') };
}

const rawRgb = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-y'];

function rawInput({ width, height }: { width: number; height: number }, path: string): string[] {
  return ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-i', path];
}

async function ffmpeg(media: MediaTools, args: readonly string[]): Promise<void> {
  await run(media.ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args]);
}
