import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoFacts } from '../../dsl/facts.ts';
import { createEnhance } from '../../workers/enhance.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { createProber } from '../../workers/ffmpeg/prober.ts';
import { runFfmpeg } from '../../workers/ffmpeg/run.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import type { Produced } from '../../workers/handler.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { startModule } from '../../workers/process/child.ts';
import { fakeDesk } from '../fakes/desk.ts';
import { fakeRegistry } from '../fakes/npm-registry.ts';
import { slim, slimFiles } from '../workers/models/slim.ts';
import type { Measured } from './measured.ts';

const twice = { upscale: 2, denoise: null, interpolate: null, model: 'esrgan-slim', interpolator: null };
const sintel = new URL('../media/sintel-96x54.mp4', import.meta.url).pathname;

const shape = { width: 160, height: 90 };

/** ENHANCE UPSCALE 2x with esrgan-slim, whose weights are in the repository: its frame rate against a bare loop of `session.run` on the same
 * tensors, and the memory of all processes for a clip of 60 s against one of 10 s. */
export async function bench(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'watchai-bench-'));
  await using fake = await fakeRegistry('@upscalerjs/esrgan-slim', '1.0.0', slimFiles);
  try {
    const media = toolsOf(await findTools({}));
    const models = createModelStore({
      home: folder,
      registry: async () => fake.registry,
      models: [slim(fake.integrity)],
    });
    const file = await models.path('esrgan-slim', 'x2');
    const enhance = enhancer(media, models, folder);

    const { rate, bare } = await speed(
      enhance,
      file,
      await clip(media, folder, { ...shape, seconds: 3, fps: 24 }),
    );

    // Of 24 frames a second, so that ten seconds are enough for V8 to reach the size it keeps.
    const short = await enhance(await clip(media, folder, { ...shape, seconds: 10, fps: 24 }));
    const long = await enhance(await clip(media, folder, { ...shape, seconds: 60, fps: 24 }));
    const large = await enhance(await clip(media, folder, { width: 640, height: 360, seconds: 1, fps: 8 }));
    return [
      {
        name: 'ENHANCE, frame rate',
        value: rate / bare,
        unit: '×',
        goal: '>= 0.85',
        against: `a bare loop of session.run at ${bare.toFixed(1)} fps`,
      },
      {
        name: 'ENHANCE, memory of a 60 s clip',
        value: long.memory / short.memory,
        unit: '×',
        goal: '<= 1.1',
        against: 'one of 10 s',
      },
      { name: 'ENHANCE, memory of all processes at 640x360', value: large.memory, unit: 'MB', goal: '< 900' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The best of three turns each, one after the other, so that whatever else the machine does disturbs both. */
async function speed(
  enhance: ReturnType<typeof enhancer>,
  file: string,
  path: string,
): Promise<{ rate: number; bare: number }> {
  let [rate, bare] = [0, 0];
  for (let turn = 0; turn < 3; turn++) {
    bare = Math.max(bare, await bareLoop(file, { ...shape, frames: 72 }));
    rate = Math.max(rate, (await enhance(path)).fps);
  }
  return { rate, bare };
}

/** A real clip played over and over at a size and rate. */
async function clip(
  media: MediaTools,
  folder: string,
  { width, height, seconds, fps }: { width: number; height: number; seconds: number; fps: number },
): Promise<string> {
  const path = join(folder, `${width}-${seconds}-${fps}.mp4`);
  const args = [
    '-stream_loop',
    '-1',
    '-i',
    sintel,
    '-t',
    `${seconds}`,
    '-vf',
    `scale=${width}:${height},fps=${fps}`,
  ];
  await runFfmpeg(media, [...args, '-c:v', 'libx264', '-preset', 'ultrafast', path], {
    doing: 'making a clip',
  });
  return path;
}

function enhancer(media: MediaTools, models: ReturnType<typeof createModelStore>, folder: string) {
  const prober = createProber(media);
  const cpu = [{ provider: 'cpu' as const, works: true, milliseconds: 1, problem: null }];
  const handler = createEnhance({ media, prober, models, probeProviders: async () => cpu });
  let count = 0;
  return async (path: string): Promise<{ fps: number; memory: number }> => {
    const facts = (await prober.probe(path)) as VideoFacts;
    const scratch = join(folder, `scratch-${count++}`);
    await mkdir(scratch);
    const inputs = [{ role: 'operand', path, hash: '', kind: 'video' as const, facts, recipe: null }];
    let most = 0;
    const timer = setInterval(async () => {
      most = Math.max(most, await memoryOfAll(process.pid));
    }, 250);
    try {
      const { desk } = fakeDesk({ inputs, scratch });
      const { details } = (await handler(twice, desk)) as Produced;
      return { fps: details.framesPerSecond as number, memory: most };
    } finally {
      clearInterval(timer);
    }
  };
}

/** Frames a second of nothing but `session.run`, all cores, in a process of its own as ENHANCE's are. */
async function bareLoop(
  file: string,
  shape: { width: number; height: number; frames: number },
): Promise<number> {
  const child = startModule(
    new URL('./bare-loop/run', import.meta.url),
    [JSON.stringify({ file, threads: availableParallelism(), ...shape })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.process.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const { code } = await child.ended;
  if (code !== 0) throw new Error('the bare loop failed');
  return Number(text);
}

/** Resident megabytes of a process and all below it; a page that n processes share counts 1/n for each (PSS). */
async function memoryOfAll(root: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(/^PPid:\t(\d+)/m.exec(status)?.[1]));
  }
  const ours = (pid: number): boolean => pid === root || (pid > 1 && ours(parents.get(pid) ?? 0));
  const each = [...parents.keys()].filter(ours).map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  });
  return (await Promise.all(each)).reduce((sum, megabytes) => sum + megabytes, 0);
}
