import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { GenerateArguments } from '../../dsl/arguments.ts';
import { Failure } from '../../engine/failure.ts';
import { whileOpen } from '../../engine/opened.ts';
import type { Prober } from '../../engine/prober.ts';
import { readCube } from '../ffmpeg/cube.ts';
import { carriedRecipe } from '../ffmpeg/encoding.ts';
import { encodeFrames, frameBytes } from '../ffmpeg/frames.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import type { Generator } from '../generator.ts';
import type { Desk } from '../handler.ts';
import { canCarry } from '../mark/embed.ts';
import { markOf } from '../mark/payload.ts';
import { startModule } from '../process/child.ts';
import { describeBrief } from './describe.ts';
import { frameCount } from './frame-count.ts';
import type { RenderJob } from './job.ts';
import { describePhoto } from './photo/describe.ts';
import { loadPhoto } from './photo/load.ts';
import { readPrompt } from './prompt/read.ts';
import { rateOf } from './rate.ts';

/** Raised whenever the same arguments give other pictures. */
const version = 3;

/** The scene renderer as a generator: draws in a child process, whose frames go to ffmpeg one by one. `now` in milliseconds, for the
 * frame rate in the progress only. */
export function createStoryboard(options: {
  media: MediaTools;
  prober: Prober;
  now?: () => number;
}): Generator {
  const { media, prober, now = () => performance.now() } = options;
  return {
    name: 'storyboard',
    version,
    async generate(args, desk) {
      const photo = await photoOf(args, desk);
      const file = join(desk.scratch, 'generated.mp4');
      const frames = frameCount(args);
      const mark = canCarry(args.width, args.height) ? markOf(desk.workKey) : null;
      await whileOpen(async (opened) => {
        const sink = opened.add(
          encodeFrames(media, {
            width: args.width,
            height: args.height,
            rate: rateOf(args.fps),
            pixelFormat: 'yuv420p',
            output: file,
            recipe: desk.recipe,
            signal: desk.signal,
          }),
        );
        const started = now();
        let done = 0;
        for await (const frame of render({ args, cube: await lutOf(args, desk), photo, mark }, desk.signal)) {
          await sink.write(frame);
          done++;
          const fps = (1000 * done) / Math.max(1, now() - started);
          desk.progress({ fraction: Math.min(0.99, done / frames), fps, secondsLeft: (frames - done) / fps });
        }
        await sink.finish();
      });
      const told = photo === null ? describeBrief(briefOf(args), args.cast) : describePhoto(args, photo);
      const { note } = carriedRecipe(desk.recipe);
      return {
        file,
        kind: 'video',
        facts: await prober.probe(file, desk.signal),
        notes: [...told.notes, ...(note === null ? [] : [note])],
        details: {
          engine: `storyboard ${version}`,
          procedural: true,
          seed: args.seed,
          frames,
          ...(mark === null ? {} : { mark }),
          ...told.details,
        },
      };
    },
  };
}

const briefOf = (args: GenerateArguments) => readPrompt(args.prompt, args, args.seed);

/** The picture that the film begins with, scaled to its frame and laid into scratch for the child; null where it begins with nothing. */
async function photoOf(args: GenerateArguments, desk: Desk): Promise<RenderJob['photo']> {
  if (args.begins === undefined) return null;
  const input = desk.inputs.find(({ role }) => role === 'operand');
  if (input?.facts.kind !== 'image')
    throw new Failure('user', 'PQL439', 'a film begins with a picture', { hint: 'GENERATE "…" FROM i1' });
  const { data, ...photo } = await loadPhoto(input.path, input.facts, args);
  const file = join(desk.scratch, 'photo.rgb');
  await writeFile(file, data);
  return { ...photo, file };
}

/** The text of the .cube input, checked; null when none is asked. */
async function lutOf(args: GenerateArguments, desk: Desk): Promise<string | null> {
  if (!args.color.lut) return null;
  const input = desk.inputs.find(({ role }) => role === 'lut');
  if (!input)
    throw new Failure('user', 'PQL436', 'the .cube file is missing', { hint: 'COLOR (lut "film.cube")' });
  return readCube(input.path);
}

/** Frames from the child, in order. Leaving the loop early kills it. */
async function* render(job: RenderJob, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const child = startModule(new URL('./render-child', import.meta.url), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    signal,
  });
  let said = '';
  child.process.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString('utf8')).slice(-4000);
  });
  try {
    // A child that is gone already is reported by its ending.
    child.process.send(job, () => {});
    yield* wholeFrames(
      child.process.stdout as Readable,
      frameBytes('yuv420p', job.args.width, job.args.height),
    );
    const ending = await child.ended;
    signal.throwIfAborted();
    if (ending.code !== 0)
      throw new Failure('transient', 'PQL641', 'the renderer stopped before the clip was done', {
        hint: 'retry; if it stops again, ask for a smaller SIZE',
        cause: new Error(`renderer ended with ${ending.signal ?? ending.code}: ${said}`),
      });
  } finally {
    child.process.kill('SIGKILL');
    await child.ended.catch(() => {});
  }
}

/** Cuts a stream into frames; a frame that comes only in part is left out, since then the child has failed. */
async function* wholeFrames(stream: Readable, size: number): AsyncGenerator<Uint8Array> {
  let frame = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (let from = 0; from < chunk.length; ) {
      const taken = Math.min(size - filled, chunk.length - from);
      frame.set(chunk.subarray(from, from + taken), filled);
      from += taken;
      filled += taken;
      if (filled < size) continue;
      yield frame;
      frame = new Uint8Array(size);
      filled = 0;
    }
  }
}
