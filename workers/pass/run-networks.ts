import type { EnhanceArguments } from '../../dsl/arguments.ts';
import type { Rational } from '../../dsl/facts.ts';
import { rational } from '../../dsl/rational.ts';
import { madeOf } from '../../dsl/segments/pieces.ts';
import { whileOpen } from '../../engine/opened.ts';
import { createHolders, type Holders } from '../enhance/holders.ts';
import { type MomentCount, moments, type Wanted } from '../enhance/moments.ts';
import type { Networks } from '../enhance/networks.ts';
import { inOrder } from '../enhance/ordered.ts';
import type { Damage } from '../ffmpeg/damage.ts';
import { exactly } from '../ffmpeg/frame-filters.ts';
import { decodeFrames, encodeFrames } from '../ffmpeg/frames.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import type { Desk } from '../handler.ts';
import type { Alone } from './alone-arguments.ts';
import { evened, isUneven } from './frame-filters.ts';
import { brought } from './picture.ts';

/** A pass whose last stage is a network's. */
export interface Networked extends Alone {
  args: EnhanceArguments;
  /** Which of the frames are made, where frames are added; null for all. */
  wanted: Wanted | null;
  /** What comes out of the networks. */
  out: { width: number; height: number; rate: Rational };
}

/** What a pass came to. */
export interface PassReport {
  count: MomentCount;
  /** What of the clip could not be read. */
  damage: Damage;
  frames: number;
}

/** The size and rate of what comes out of the networks, and how many frames. */
export function enlarged({
  args,
  facts,
  frames,
  picture,
}: {
  /** Null where no network works. */
  args: EnhanceArguments | null;
  facts: { rate: Rational };
  frames: number;
  picture: { width: number; height: number };
}): {
  width: number;
  height: number;
  rate: Rational;
  frames: number;
} {
  const factor = args?.upscale ?? 1;
  const rate = args === null || args.interpolate === null ? facts.rate : rational(args.interpolate);
  return {
    width: picture.width * factor,
    height: picture.height * factor,
    rate,
    frames: args === null ? frames : madeOf(frames, facts.rate, rate),
  };
}

/** Runs frames from ffmpeg through the networks to ffmpeg: what comes before them is done by the filters of the decoder, the film's shape
 * by those of the encoder. Frames are added while they are small, where motion is small too; then each is enlarged. */
export async function runNetworks(
  media: MediaTools,
  pass: Networked,
  networks: Networks,
  files: { output: string; recipe: string },
  desk: Pick<Desk, 'signal' | 'scratch'> & { onFrame(done: number): void },
): Promise<PassReport> {
  const { facts, path, shape } = pass;
  const { filters, picture } = pass.stages;
  // What is decoded as it stands, the decoder brings to RGB itself.
  const rgb = picture.space === 'decoded' ? [] : brought(picture, { space: 'rgb' }).filters;
  const { wanted, out } = pass;
  const count: MomentCount = { cuts: 0, made: 0 };
  const holders = createHolders();
  let done = 0;
  const damage = await whileOpen(async (opened) => {
    const source = opened.add(
      decodeFrames(media, path, facts, {
        ...{ pixelFormat: 'rgb24', width: picture.width, height: picture.height },
        ...{ before: pass.before, range: pass.read, cwd: desk.scratch, signal: desk.signal },
        filters: [...filters, exactly(pass.frames), ...rgb],
      }),
    );
    const sink = opened.add(
      encodeFrames(media, {
        ...{ width: out.width, height: out.height, rate: out.rate, pixelFormat: 'rgb24', ...files },
        audioFrom: { path, facts, before: pass.before, cut: pass.sound },
        filters: isUneven(out) ? evened(out) : [],
        ...(shape ? { shape } : {}),
        signal: desk.signal,
      }),
    );
    const smooth = networks.interpolator
      ? interpolated(source.frames, networks, picture, {
          rates: { from: facts.rate, to: out.rate },
          ...{ count, holders, wanted },
        })
      : source.frames;
    const large = networks.upscaler ? upscaled(smooth, networks, picture, holders) : smooth;
    for await (const frame of large) {
      await sink.write(frame);
      holders.release(frame);
      done++;
      desk.onFrame(done);
    }
    await sink.finish();
    return source.damage();
  });
  return { damage, count, frames: done };
}

async function* interpolated(
  frames: AsyncIterable<Buffer>,
  { interpolator }: Networks,
  { width, height }: { width: number; height: number },
  {
    rates,
    count,
    holders,
    wanted,
  }: {
    rates: { from: Rational; to: Rational };
    count: MomentCount;
    holders: Holders;
    wanted: Wanted | null;
  },
): AsyncGenerator<Buffer> {
  if (!interpolator) return;
  const all = moments(frames, rates, { width, height }, count, holders, wanted);
  yield* inOrder(all, interpolator.workers * 2 + 1, async (moment) => {
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
  { width, height }: { width: number; height: number },
  holders: Holders,
): AsyncGenerator<Buffer> {
  if (!upscaler) return;
  // A frame that stands twice, at a cut or at the end, is enlarged once.
  let last: { frame: Buffer; result: Promise<Buffer> } | undefined;
  const forgetLast = () => void last?.result.then(holders.release, () => {});
  yield* inOrder(frames, upscaler.workers * 2 + 1, async (frame) => {
    if (last?.frame !== frame) {
      forgetLast();
      last = { frame, result: upscaler.run([frame], { width, height }).then(({ data }) => data) };
    }
    const large = await last.result;
    holders.hold(large);
    holders.release(frame);
    return large;
  });
  forgetLast();
}
