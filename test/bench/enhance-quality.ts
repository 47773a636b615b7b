/** Which network enlarges best: each against ffmpeg's lanczos, on real frames, clean and compressed. `npm run bench -- enhance` prints the
 * tables that docs/enhance.md keeps. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import type { ModelStore } from '../../workers/models/store.ts';
import { type Network, startNetwork } from '../../workers/onnx/start.ts';

export interface QualityOptions {
  media: MediaTools;
  models: ModelStore;
  /** Real clips, and the seconds at which frames are taken. */
  clips: readonly { path: string; at: readonly number[] }[];
}

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
/** Of the true pictures: divisible by 2, 3 and 4, and by 2 again for 4:2:0. */
const truth = { width: 480, height: 264 };
/** Of x264, for the compressed case: what a small web clip looks like. */
const quality = 30;
const timed = { width: 256, height: 144 };

/** Scores every network of the task `upscale` and lanczos, and gives Markdown: PSNR of Y in dB, SSIM of Y, ms for a 256×144 frame. */
export async function enhanceQuality({ media, models, clips }: QualityOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'watchai-quality-'));
  try {
    const pictures = await truths(media, clips, folder);
    const rows: Row[] = [];
    for (const factor of [2, 3, 4]) {
      rows.push(await score(media, folder, pictures, factor, 'lanczos', null));
      for (const { name, task, variants } of await models.list()) {
        if (task !== 'upscale' || !variants.includes(`x${factor}`)) continue;
        const model = models.model(name, `x${factor}`);
        const file = await models.path(name, `x${factor}`);
        const tiles = { pixels: model.tilePixels, overlap: model.overlap };
        await using network = await startNetwork(name, { file, provider: 'cpu', threads: 2, tiles });
        rows.push(await score(media, folder, pictures, factor, name, network));
      }
    }
    return table(rows, pictures.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Frames reduced to the size of the truth, which takes most traces of their own compression with it; raw RGB. */
async function truths(media: MediaTools, clips: QualityOptions['clips'], folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const { path, at } of clips) {
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

async function score(
  media: MediaTools,
  folder: string,
  pictures: readonly string[],
  factor: number,
  by: string,
  network: Network | null,
): Promise<Row> {
  const clean: Score[] = [];
  const compressed: Score[] = [];
  for (const picture of pictures) {
    for (const [scores, spoil] of [
      [clean, false],
      [compressed, true],
    ] as const) {
      const small = await reduce(media, folder, picture, factor, spoil);
      const large = join(folder, 'large.rgb');
      const size = { width: truth.width / factor, height: truth.height / factor };
      if (network) {
        await writeFile(large, (await network.run([await readFile(small)], size)).data);
      } else {
        const scale = `scale=${truth.width}:${truth.height}:flags=lanczos+accurate_rnd+full_chroma_int`;
        await ffmpeg(media, [...rawInput(size, small), '-vf', scale, ...rawRgb, large]);
      }
      scores.push(await compare(media, large, picture));
    }
  }
  return { factor, by, clean: mean(clean), compressed: mean(compressed), milliseconds: await time(network) };
}

/** The truth made small, bicubic; `spoil` sends it through x264. */
async function reduce(
  media: MediaTools,
  folder: string,
  picture: string,
  factor: number,
  spoil: boolean,
): Promise<string> {
  const small = join(folder, 'small.rgb');
  const size = { width: truth.width / factor, height: truth.height / factor };
  const scale = `scale=${size.width}:${size.height}:flags=bicubic+accurate_rnd+full_chroma_int`;
  const input = [...rawInput(truth, picture), '-vf', scale];
  if (!spoil) {
    await ffmpeg(media, [...input, ...rawRgb, small]);
    return small;
  }
  const clip = join(folder, 'spoilt.mkv');
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
