import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { runFfmpeg } from '../../workers/ffmpeg/run.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import { createModelStore, type ModelStore } from '../../workers/models/store.ts';
import { startModule } from '../../workers/process/child.ts';
import { fakeRegistry } from '../fakes/npm-registry.ts';
import { slim, slimFiles } from '../workers/models/slim.ts';
import { watchMemory } from './enhance/memory.ts';
import type { Measured } from './measured.ts';

const sintel = new URL('../media/trailer.mp4', import.meta.url).pathname;
const model = 'esrgan-slim';
/** Odd, so that the middle one is a ratio that was measured. */
const turns = 5;

interface Shape {
  width: number;
  height: number;
  seconds: number;
  fps: number;
}

interface Enhanced {
  fps: number;
  /** Milliseconds from the start of the job to its first frame. */
  first: number;
  /** MB, at the peak, of all processes. */
  memory: number;
}

/** ENHANCE UPSCALE 2x with esrgan-slim, whose weights are in the repository: its frame rate against a bare loop of `session.run` on the same
 * tensors, and the memory of all processes for a clip of 60 s against one of 10 s. Every run has processes of its own. About two minutes
 * on two cores. */
export async function bench(): Promise<Measured[]> {
  const home = await mkdtemp(join(tmpdir(), 'watchai-bench-'));
  await using fake = await fakeRegistry('@upscalerjs/esrgan-slim', '1.0.0', slimFiles);
  try {
    const media = toolsOf(await findTools({}));
    const models = createModelStore({
      home,
      registry: async () => fake.registry,
      models: [slim(fake.integrity)],
    });
    const speed = await speeds(media, models, home);
    const of = async (shape: Shape) => enhance(home, await clip(media, home, shape));
    const short = await of({ width: 96, height: 54, seconds: 10, fps: 24 });
    const long = await of({ width: 96, height: 54, seconds: 60, fps: 24 });
    const large = await of({ width: 1280, height: 720, seconds: 1, fps: 12 });
    return [
      {
        name: 'ENHANCE, frame rate',
        value: speed.ratio,
        unit: '×',
        goal: '>= 0.85',
        against: `a bare loop of session.run at ${speed.bare.toFixed(1)} fps, median of ${turns} turns`,
      },
      {
        name: 'ENHANCE, memory of a 60 s clip',
        value: long.memory / short.memory,
        unit: '×',
        goal: '<= 1.1',
        against: `one of 10 s, ${short.memory.toFixed(0)} MB`,
      },
      {
        name: 'ENHANCE, memory of all processes, 1280x720',
        value: large.memory,
        unit: 'MB',
        goal: '< 900',
      },
      {
        name: 'ENHANCE, from the job to its first frame',
        value: speed.first,
        unit: 'ms',
        goal: 'as measured',
      },
    ];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Turn by turn, each next to the other, so that whatever else the machine does disturbs both; the middle ratio counts. */
async function speeds(
  media: MediaTools,
  models: ModelStore,
  home: string,
): Promise<{ ratio: number; bare: number; first: number }> {
  const file = await models.path(model, 'x2');
  const shape = { width: 160, height: 90, seconds: 4, fps: 24 };
  const path = await clip(media, home, shape);
  const raw = join(home, 'frames.rgb');
  await runFfmpeg(media, ['-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw], {
    doing: 'reading a clip',
  });
  const all: { ratio: number; bare: number; first: number }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const bare = await bareLoop({ file, raw, threads: availableParallelism(), ...shape });
    const { fps, first } = await enhance(home, path);
    all.push({ ratio: fps / bare, bare, first });
  }
  const middle = (of: (each: (typeof all)[number]) => number) =>
    all.map(of).sort((a, b) => a - b)[turns >> 1] ?? 0;
  return {
    ratio: middle((each) => each.ratio),
    bare: middle((each) => each.bare),
    first: middle((each) => each.first),
  };
}

/** A real clip played over and over at a size and rate. */
async function clip(media: MediaTools, folder: string, shape: Shape): Promise<string> {
  const { width, height, seconds, fps } = shape;
  const path = join(folder, `${width}-${seconds}-${fps}.mp4`);
  await runFfmpeg(
    media,
    [
      ...['-stream_loop', '-1', '-i', sintel, '-t', `${seconds}`, '-an'],
      ...['-vf', `scale=${width}:${height},fps=${fps}`, '-c:v', 'libx264', '-preset', 'ultrafast', path],
    ],
    { doing: 'making a clip' },
  );
  return path;
}

async function enhance(home: string, path: string): Promise<Enhanced> {
  const child = startModule(
    new URL('./enhance/run', import.meta.url),
    [JSON.stringify({ home, path, model })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const memory = watchMemory(child.process.pid ?? 0);
  try {
    return {
      ...(JSON.parse(await outputOf(child)) as { fps: number; first: number }),
      memory: await memory.stop(),
    };
  } finally {
    await memory.stop();
  }
}

/** Frames a second of nothing but `session.run`, with as many threads as ENHANCE's processes have together. */
async function bareLoop(options: {
  file: string;
  raw: string;
  threads: number;
  width: number;
  height: number;
}): Promise<number> {
  const child = startModule(new URL('./enhance/bare-loop', import.meta.url), [JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Number(await outputOf(child));
}

async function outputOf(child: ReturnType<typeof startModule>): Promise<string> {
  let text = '';
  child.process.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const { code } = await child.ended;
  if (code !== 0) throw new Error('a process of the bench failed');
  return text;
}
