import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { VideoFacts } from '../../dsl/facts.ts';
import type { Plan } from '../../dsl/plan.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { recordArtifact } from '../../engine/media.ts';
import { openServed } from '../../engine/served.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { createProber } from '../../workers/ffmpeg/prober.ts';
import { runFfmpeg } from '../../workers/ffmpeg/run.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { startChild } from '../../workers/process/child.ts';
import { fakeRegistry } from '../fakes/npm-registry.ts';
import { askerIn, planOf } from '../fakes/plan.ts';
import { startPostgres, type TestServer } from '../fakes/postgres.ts';
import { slimFiles } from '../workers/models/slim.ts';
import { watchMemory } from './enhance/memory.ts';
import type { Measured } from './measured.ts';
import { slow } from './segments/slow.ts';

const trailer = new URL('../media/trailer.mp4', import.meta.url).pathname;

/** Odd, so that the middle one is a ratio that was measured; next to each other, so that whatever else the machine does disturbs both. */
const turns = 3;

interface Enhanced {
  seconds: number;
  segments: number;
  hash: string;
  /** MB that no file holds, at the peak, of the largest worker with all that it started. */
  memory: number;
}

/** ENHANCE UPSCALE 2x of one clip in two segments: two workers against one, processes of their own that share a PostgreSQL server and a home,
 * each pinned to a core with all that it starts. Also how that compares with what two cores give, that the film is the same, and how much memory
 * a worker takes for twice the frames. About two minutes on two cores. */
export async function bench(): Promise<Measured[]> {
  const home = await mkdtemp(join(tmpdir(), 'watchai-bench-'));
  await using registry = await fakeRegistry('@upscalerjs/esrgan-slim', '1.0.0', slimFiles);
  await using server = await startPostgres();
  try {
    const media = toolsOf(await findTools({}));
    const models = createModelStore({
      ...{ home, registry: async () => registry.registry, models: [slow(registry.integrity)] },
    });
    await models.path('unmeasured', 'x2');
    const clip = await longClip(media, home);
    const loop = { file: await models.path('unmeasured', 'x2'), raw: await rawFrames(media, clip, home) };
    const all: { one: Enhanced; two: Enhanced; ratio: number }[] = [];
    const bare: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      const one = await enhance(server, { home, clip, media, workers: 1 });
      const two = await enhance(server, { home, clip, media, workers: 2 });
      if (one.hash !== two.hash) throw new Error('two workers made another film than one');
      all.push({ one, two, ratio: one.seconds / two.seconds });
      bare.push(await twoCores(loop));
    }
    const cores = bare.toSorted((a, b) => a - b)[turns >> 1]!;
    const { one, two, ratio } = all.toSorted((a, b) => a.ratio - b.ratio)[turns >> 1]!;
    return [
      {
        name: 'ENHANCE in segments, 2 workers',
        ...{ value: ratio, unit: '×', goal: '>= 1.8' },
        against: `1 worker, ${one.seconds.toFixed(1)} s for ${one.segments} segments, each worker on a core of its own, median of ${turns} turns`,
      },
      {
        name: 'ENHANCE in segments, 2 workers, of what two cores give',
        ...{ value: ratio / cores, unit: '×', goal: '>= 0.95' },
        against: `a bare loop of the same network on each of two cores at once, against one alone: ${cores.toFixed(2)} ×`,
      },
      {
        name: 'ENHANCE in segments, memory of a worker',
        ...{ value: one.memory / two.memory, unit: '×', goal: '<= 1.1' },
        against: `one that worked on half as many frames, ${two.memory.toFixed(0)} MB`,
      },
    ];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** 24 s with a sound: two pieces of 288 frames. */
async function longClip(media: MediaTools, folder: string): Promise<string> {
  const path = join(folder, 'long.mp4');
  await runFfmpeg(
    media,
    [
      ...['-stream_loop', '-1', '-i', trailer, '-f', 'lavfi', '-i', 'sine=220:r=48000', '-t', '24'],
      ...['-map', '0:v', '-map', '1:a', '-vf', 'scale=160:90,fps=24', '-c:v', 'libx264', path],
    ],
    { doing: 'making a clip' },
  );
  return path;
}

/** From the first segment's beginning to the end of the film, on a fresh database. */
async function enhance(
  server: TestServer,
  { home, clip, media, workers }: { home: string; clip: string; media: MediaTools; workers: number },
): Promise<Enhanced> {
  const url = await server.url();
  await using parts = await openServed(url, home);
  const facts = (await createProber(media).probe(clip)) as VideoFacts;
  const copy = `${clip}-${crypto.randomUUID()}`;
  await copyFile(clip, copy);
  const { hash, bytes } = await parts.artifacts.put(copy);
  await recordArtifact(parts.store, { hash, kind: 'video', facts, bytes });
  const { run } = await submit(parts, planAbout(hash), askerIn('bench'));
  const started = Array.from({ length: workers }, (_, core) => pinned(core, { url, home, name: `w${core}` }));
  const memories = started.map(({ process: { pid } }) => watchMemory(pid ?? 0, 'Pss_Anon'));
  for await (const event of watch(parts, run))
    if (event.type === 'failed') throw new Error(`${event.code} ${event.message}`);
  const peaks = await Promise.all(memories.map((memory) => memory.stop()));
  for (const worker of started) {
    worker.process.kill('SIGKILL');
    await worker.ended;
  }
  const [row] = await parts.store.query<{ seconds: number; segments: number; hash: string; shares: number }>(
    `select extract(epoch from max(finished_at) - min(started_at) filter (where segment_of is not null))::double precision
              as seconds,
            count(segment_of)::integer as segments, max(result) filter (where segment_of is null) as hash,
            count(distinct worker) filter (where segment_of is not null)::integer as shares
     from jobs where run_id = $1`,
    [run],
  );
  if (row!.shares !== workers) throw new Error(`${row!.shares} of ${workers} workers had something to do`);
  return { ...row!, memory: Math.max(...peaks) };
}

/** Some frames of the clip as the network takes them. */
async function rawFrames(media: MediaTools, clip: string, folder: string): Promise<string> {
  const raw = join(folder, 'frames.rgb');
  const words = ['-i', clip, '-frames:v', '96', '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw];
  await runFfmpeg(media, words, { doing: 'reading a clip' });
  return raw;
}

/** How much more two cores of this machine do than one, with nothing between them but the memory that they share: cores of a virtual machine may
 * be halves of one. */
async function twoCores(loop: { file: string; raw: string }): Promise<number> {
  const alone = await loopOn(0, loop);
  const both = await Promise.all([loopOn(0, loop), loopOn(1, loop)]);
  return (both[0] + both[1]) / alone;
}

/** Frames a second of the network alone, on one core. */
async function loopOn(core: number, loop: { file: string; raw: string }): Promise<number> {
  const script = fileURLToPath(new URL('./enhance/bare-loop.ts', import.meta.url));
  const about = JSON.stringify({ ...loop, threads: 1, width: 160, height: 90 });
  const child = startChild('taskset', ['-c', String(core), process.execPath, script, about], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const fps = await text(child.process.stdout as Readable);
  await child.ended;
  return Number(fps);
}

function pinned(core: number, about: object): ReturnType<typeof startChild> {
  const worker = fileURLToPath(new URL('./segments/worker.ts', import.meta.url));
  return startChild('taskset', ['-c', String(core), process.execPath, worker, JSON.stringify(about)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function planAbout(hash: string): Plan {
  const nothing = { denoise: null, interpolate: null, interpolator: null };
  return planOf({
    s1: {
      ...{ operation: 'enhance', version: 3, title: 'ENHANCE v1 UPSCALE 2x', gives: 'video', lane: 'gpu' },
      ...{ arguments: { ...nothing, upscale: 2, model: 'unmeasured' }, reads: [hash] },
    },
  });
}
