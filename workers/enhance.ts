import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { EnhanceArguments } from '../dsl/arguments.ts';
import type { VideoFacts } from '../dsl/facts.ts';
import { rational } from '../dsl/rational.ts';
import { Failure } from '../engine/failure.ts';
import { whileOpen } from '../engine/opened.ts';
import type { Prober } from '../engine/prober.ts';
import { denoiseFilter } from './enhance/denoise.ts';
import { createHolders, type Holders } from './enhance/holders.ts';
import { type MomentCount, moments } from './enhance/moments.ts';
import { type Networks, openNetworks } from './enhance/networks.ts';
import { inOrder } from './enhance/ordered.ts';
import { damageNote } from './ffmpeg/damage.ts';
import { decodeFrames, encodeFrames } from './ffmpeg/frames.ts';
import { toneMapNote } from './ffmpeg/tone-map.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import type { Desk, Handler, Produced } from './handler.ts';
import type { ModelStore } from './models/store.ts';
import { fastest, type ProviderReport } from './onnx/probe.ts';

export interface EnhanceTools {
  media: MediaTools;
  prober: Prober;
  models: ModelStore;
  /** Asked once, when a network is first needed. */
  probeProviders: () => Promise<ProviderReport[]>;
  /** Cores to use; all by default. */
  cores?: number;
}

/** ENHANCE: takes out noise, adds frames, enlarges, all in one pass of frames from ffmpeg through the networks to ffmpeg.
 *
 * In this order: noise first, since networks sharpen it; then frames are added while they are small, where motion is small too; then each
 * is enlarged. Sound is copied. A clip whose rate varies gets a constant one: frames are repeated or dropped, and it is said. */
export function createEnhance(tools: EnhanceTools): Handler<EnhanceArguments> {
  let provider: Promise<ReturnType<typeof fastest>> | undefined;
  const cores = tools.cores ?? availableParallelism();

  return async (args, desk): Promise<Produced> => {
    const input = desk.inputs[0];
    if (input?.facts.kind !== 'video') throw new Failure('user', 'PQL402', 'ENHANCE needs a clip');
    const needsNetwork = args.upscale !== null || args.interpolate !== null;
    // A probe that cannot be made, for want of a temporary folder say, leaves the CPU.
    if (needsNetwork) provider ??= tools.probeProviders().then(fastest, () => 'cpu');
    const machine = { provider: (await provider) ?? 'cpu', cores };
    const output = join(desk.scratch, 'enhanced.mp4');
    const { report, details } = await whileOpen(async (opened) => {
      const networks = opened.add(await openNetworks(args, tools.models, machine, desk));
      const report = await enhanceFrames(tools.media, args, networks, input, output, desk);
      return { report, details: networks.details };
    });
    return {
      file: output,
      kind: 'video',
      facts: await tools.prober.probe(output, desk.signal),
      notes: report.notes,
      details: {
        order: ['denoise', 'interpolate', 'upscale'].filter(
          (part) => args[part as keyof EnhanceArguments] !== null,
        ),
        ...(args.denoise === null ? {} : { denoise: denoiseFilter(args.denoise)[0] ?? 'nothing' }),
        ...(args.model === null ? {} : { model: args.model }),
        ...(args.interpolator === null
          ? {}
          : { interpolator: args.interpolator, framesMade: report.count.made, cuts: report.count.cuts }),
        ...(details ? { engine: 'onnxruntime', ...details } : {}),
        framesPerSecond: Number(report.fps.toFixed(2)),
      },
    };
  };
}

interface FrameReport {
  notes: string[];
  count: MomentCount;
  /** Frames written a second of work. */
  fps: number;
}

async function enhanceFrames(
  media: MediaTools,
  args: EnhanceArguments,
  networks: Networks,
  input: { path: string; facts: unknown },
  output: string,
  desk: Desk,
): Promise<FrameReport> {
  const facts = input.facts as VideoFacts;
  const { width, height } = facts;
  const factor = args.upscale ?? 1;
  const rate = args.interpolate === null ? facts.rate : rational(args.interpolate);
  const size = { width: width * factor, height: height * factor };
  const count: MomentCount = { cuts: 0, made: 0 };
  const holders = createHolders();
  const total = Math.max(
    1,
    Math.round((facts.frames * rate.num * facts.rate.den) / (rate.den * facts.rate.num)),
  );
  const uneven = size.width % 2 === 1 || size.height % 2 === 1;

  const start = performance.now();
  let done = 0;
  const damage = await whileOpen(async (opened) => {
    const source = opened.add(
      decodeFrames(media, input.path, facts, {
        pixelFormat: 'rgb24',
        filters: denoiseFilter(args.denoise ?? 0),
        signal: desk.signal,
      }),
    );
    const sink = opened.add(
      encodeFrames(media, {
        ...size,
        rate,
        pixelFormat: 'rgb24',
        output,
        recipe: desk.recipe,
        audioFrom: { path: input.path, facts },
        // H.264 keeps colour at half the size, so its sides are even: the last column or row is repeated.
        filters: uneven ? ['pad=ceil(iw/2)*2:ceil(ih/2)*2', evenFill(size)] : [],
        signal: desk.signal,
      }),
    );

    const smooth = networks.interpolator
      ? interpolated(source.frames, networks, facts, rate, count, holders)
      : source.frames;
    const large = networks.upscaler ? upscaled(smooth, networks, { width, height }, holders) : smooth;
    for await (const frame of large) {
      await sink.write(frame);
      holders.release(frame);
      done++;
      const fps = (done * 1000) / (performance.now() - start);
      desk.progress({
        fraction: Math.min(1, done / total),
        fps,
        secondsLeft: Math.max(0, total - done) / fps,
      });
    }
    await sink.finish();
    return damageNote('the clip', source.damage(), 'picture');
  });
  const range = toneMapNote('the clip', facts);
  return {
    count,
    fps: (done * 1000) / (performance.now() - start),
    notes: [
      ...(range === null ? [] : [range]),
      ...(damage === null ? [] : [damage]),
      ...(facts.variable
        ? [
            `the clip's rate varies: it was made constant at ${facts.rate.num}/${facts.rate.den} frames a second, frames repeated or dropped where they stood; sound stays in sync`,
          ]
        : []),
      ...(uneven ? [`${size.width}x${size.height} was made even by repeating the last column or row`] : []),
    ],
  };
}

async function* interpolated(
  frames: AsyncIterable<Buffer>,
  { interpolator }: Networks,
  { width, height, rate: from }: VideoFacts,
  to: VideoFacts['rate'],
  count: MomentCount,
  holders: Holders,
): AsyncGenerator<Buffer> {
  if (!interpolator) return;
  const wanted = moments(frames, { from, to }, { width, height }, count, holders);
  yield* inOrder(wanted, interpolator.workers * 2 + 1, async (moment) => {
    if ('frame' in moment) return moment.frame;
    const { before, after, time } = moment;
    const { data } = await interpolator.run([before, after], { width, height, time });
    holders.release(before);
    holders.release(after);
    return data;
  });
}

async function* upscaled(
  frames: AsyncIterable<Buffer>,
  { upscaler }: Networks,
  size: { width: number; height: number },
  holders: Holders,
): AsyncGenerator<Buffer> {
  if (!upscaler) return;
  // A frame that stands twice, at a cut or at the end, is enlarged once.
  let last: { frame: Buffer; result: Promise<Buffer> } | undefined;
  const forgetLast = () => void last?.result.then(holders.release, () => {});
  yield* inOrder(frames, upscaler.workers * 2 + 1, async (frame) => {
    if (last?.frame !== frame) {
      forgetLast();
      last = { frame, result: upscaler.run([frame], size).then(({ data }) => data) };
    }
    const large = await last.result;
    holders.hold(large);
    holders.release(frame);
    return large;
  });
  forgetLast();
}

function evenFill({ width, height }: { width: number; height: number }): string {
  return `fillborders=left=0:top=0:right=${width % 2}:bottom=${height % 2}:mode=smear`;
}
