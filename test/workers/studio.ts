import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Facts, VideoFacts } from '../../dsl/facts.ts';
import type { Prober } from '../../engine/prober.ts';
import { soundEncoding, videoEncoding } from '../../workers/ffmpeg/encoding.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { createProber } from '../../workers/ffmpeg/prober.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import type { Desk, Handler, Produced } from '../../workers/handler.ts';
import { startChild } from '../../workers/process/child.ts';

/** A folder to make clips in, to run handlers in and to measure what they made. */
export interface Studio extends AsyncDisposable {
  folder: string;
  tools: MediaTools;
  prober: Prober;
  /** Runs ffmpeg; answers its standard output, throws with its words. */
  ffmpeg(...args: string[]): Promise<Buffer>;
  /** A black clip that flashes white and beeps for 80 ms at the given seconds. */
  flashes(name: string, options: FlashOptions): Promise<string>;
  video(path: string): Promise<VideoFacts>;
  /** Runs a handler as a job would. */
  run<A>(
    handler: Handler<A>,
    args: A,
    paths: readonly string[],
    options?: { lut?: string; signal?: AbortSignal },
  ): Promise<Produced & { scratch: string; progress: number[]; seconds: number }>;
  /** Seconds at which the picture turns white and the sound begins. */
  onsets(path: string): Promise<{ white: number[]; loud: number[]; samples: number }>;
  /** Mean red, green, blue of frame `number`. */
  colour(path: string, number: number): Promise<[number, number, number]>;
}

export interface FlashOptions {
  at: readonly number[];
  seconds: number;
  size?: string;
  rate?: string;
  /** Encoder arguments; our own by default. */
  video?: readonly string[];
  sound?: readonly string[] | null;
}

export async function openStudio(): Promise<Studio> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-studio-'));
  const tools = toolsOf(await findTools({}));
  const prober = createProber(tools);
  let desks = 0;
  const ffmpeg = async (...args: string[]): Promise<Buffer> => {
    const child = startChild(tools.ffmpeg, ['-hide_banner', '-nostdin', '-y', '-v', 'error', ...args]);
    const out: Buffer[] = [];
    let said = '';
    child.process.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
    child.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const { code } = await child.ended;
    if (code !== 0 || said !== '') throw new Error(`ffmpeg ${args.join(' ')}: ${said}`);
    return Buffer.concat(out);
  };
  const video = async (path: string) => {
    const facts: Facts = await prober.probe(path);
    if (facts.kind !== 'video') throw new Error(`${path} is ${facts.kind}`);
    return facts;
  };
  return {
    folder,
    tools,
    prober,
    ffmpeg,
    video,
    async flashes(name, { at, seconds, size = '64x48', rate = '24', video: coding, sound }) {
      const path = join(folder, name);
      const on = at.map((time) => `between(t,${time - 0.002},${time + 0.078})`).join('+');
      const [num = 24, den = 1] = rate.split('/').map(Number);
      await ffmpeg(
        ...['-f', 'lavfi', '-i', `color=black:s=${size}:r=${rate},drawbox=c=white:t=fill:enable='${on}'`],
        ...(sound === null
          ? []
          : ['-f', 'lavfi', '-i', `aevalsrc='0.7*sin(2*PI*1000*t)*(${on})':s=48000:c=stereo`]),
        ...['-t', String(seconds), ...(coding ?? videoEncoding({ num, den }))],
        ...(sound === null ? [] : (sound ?? soundEncoding())),
        path,
      );
      return path;
    },
    async run(handler, args, paths, options = {}) {
      const scratch = join(folder, `desk-${desks++}`);
      await mkdir(scratch);
      const progress: number[] = [];
      const operands = paths.map((path) => ({ role: 'operand', path }));
      const extras = options.lut === undefined ? [] : [{ role: 'lut', path: options.lut }];
      const inputs = await Promise.all(
        [...operands, ...extras].map(async ({ role, path }) => {
          const facts = await prober.probe(path);
          return { role, path, hash: '0'.repeat(64), kind: facts.kind, facts, recipe: null };
        }),
      );
      const desk: Desk = {
        ...{
          job: 'j1',
          workspace: 'local',
          group: 'g1',
          attempt: 1,
          inputs,
          scratch,
          recipe: 'STITCH "a" + "b"',
          workKey: '0'.repeat(64),
        },
        signal: options.signal ?? new AbortController().signal,
        progress: ({ fraction }) => progress.push(fraction),
        exportRoot: folder,
        log: () => {},
      };
      const start = performance.now();
      const made = (await handler(args, desk)) as Produced;
      return { ...made, scratch, progress, seconds: (performance.now() - start) / 1000 };
    },
    async onsets(path) {
      const { rate } = await video(path);
      const grey = await ffmpeg(
        '-i',
        path,
        '-vf',
        'scale=8:8,format=gray',
        '-fps_mode',
        'passthrough',
        '-f',
        'rawvideo',
        '-',
      );
      const bright = (frame: number) => (grey[frame * 64 + 36] ?? 0) > 120;
      const frames = Array.from({ length: grey.length / 64 }, (_, frame) => frame);
      const white = frames
        .filter((frame) => bright(frame) && !bright(frame - 1))
        .map((frame) => (frame * rate.den) / rate.num);
      const bytes = await ffmpeg('-i', path, '-vn', '-ac', '1', '-ar', '48000', '-f', 'f32le', '-');
      const sound = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      const loud: number[] = [];
      let last = -1e9;
      for (const [index, value] of sound.entries()) {
        if (Math.abs(value) < 0.3) continue;
        if (index - last > 4800) loud.push(index / 48_000);
        last = index;
      }
      return { white, loud, samples: sound.length };
    },
    async colour(path, number) {
      const filter = `select=eq(n\\,${number}),scale=64:48:flags=area,format=rgb24`;
      const rgb = await ffmpeg(
        '-reinit_filter:v',
        '0',
        '-i',
        path,
        '-vf',
        filter,
        '-frames:v',
        '1',
        '-f',
        'rawvideo',
        '-',
      );
      const mean = (channel: number) =>
        rgb.reduce((sum, value, index) => (index % 3 === channel ? sum + value : sum), 0) / (rgb.length / 3);
      return [mean(0), mean(1), mean(2)];
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
