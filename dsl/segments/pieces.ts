import type { EnhanceArguments, GradeArguments, TrimArguments } from '../arguments.ts';
import type { Predicted, Rational, VideoFacts } from '../facts.ts';
import { isFrameLocal } from '../optimise/frame-local.ts';
import { rational } from '../rational.ts';
import { canSeek } from '../seekable.ts';
import { trimmedFrames } from '../trimmed.ts';
import { secondsAFrame } from './cost.ts';
import type { FrameStage, FrameStages } from './frame-stages.ts';

/** A clip as far as it must be known to be cut; what is not made yet comes out as we encode. */
export type CuttableClip = Pick<VideoFacts, 'frames' | 'width' | 'height' | 'rate'> & Predicted;

/** The pieces that a long clip is encoded in: each begins with a key frame of an encoder of its own. */
export interface Pieces {
  /** Frames of the result at which pieces begin, and at last how many frames there are. */
  cuts: number[];
  /** Frames of a whole piece. */
  length: number;
  /** Frame of the clip that is the first of the result, where frames of both are the same; else 0. Pieces begin on whole lengths of the clip
   * then, so that other ranges of it have the same pieces. */
  offset: number;
  /** Seconds that the whole takes on the machine that everything is measured on. */
  seconds: number;
  width: number;
  height: number;
}

/** Work for one piece there, seconds. Starting decoder and encoder anew takes 0.2 s, reading early up to 4 s of clip, so less would be felt. */
const usualAim = 30;

/** Fewer groups of pictures are no piece: of the slowest networks two take minutes. */
const leastGroups = 2;

/** Says where frame work on a clip is cut: a function of the work alone, not of who does it or how fast, since the bytes follow from it. Null
 * where it cannot be cut: where a frame depends on how many there were before it (grain), where places in the clip cannot be
 * found exactly, or where frames are counted anew behind the stages. */
export function piecesOf(work: FrameStages, clip: CuttableClip, aim = usualAim): Pieces | null {
  if (clip.variable || !canSeek(clip) || work.stages.some(hasGrain)) return null;
  const lead = leadOf(work.stages);
  const rest = work.stages.slice(lead);
  const kept = trimmed(work.stages, clip);
  const rate = rateOf(rest, clip.rate);
  const frames = madeOf(kept.to - kept.from, clip.rate, rate);
  if (frames < 1 || (work.shape && !equal(work.shape.rate, rate))) return null;
  const each = secondsAFrame(work, clip);
  const group = groupOf(rate);
  const length = group * Math.max(leastGroups, Math.ceil(aim / (each * group)));
  const isLocal = rest.every(isFrameLocal);
  const offset = isLocal ? kept.from : 0;
  const inner = cutsBetween(offset, offset + frames, length).map((cut) => cut - offset);
  const size = sizeOf(work, clip);
  return { cuts: [0, ...inner, frames], length, offset, seconds: each * frames, ...size };
}

/** Frames between two others at which a piece begins: whole lengths from the clip's beginning. What would be less than half a piece belongs to
 * its neighbour. Part of the pieces of a clip has the same pieces. */
export function cutsBetween(from: number, to: number, length: number): number[] {
  const cuts: number[] = [];
  for (let cut = Math.ceil((from + length / 2) / length) * length; cut <= to - length / 2; cut += length)
    cuts.push(cut);
  return cuts;
}

/** How many TRIMs come before everything else. */
export function leadOf(stages: readonly FrameStage[]): number {
  const other = stages.findIndex(({ operation }) => operation !== 'trim');
  return other < 0 ? stages.length : other;
}

/** Frames from a key frame of ours to the next: two seconds. */
export function groupOf(rate: Rational): number {
  return Math.max(1, Math.min(250, Math.round((2 * rate.num) / rate.den)));
}

function hasGrain({ operation, arguments: args }: FrameStage): boolean {
  return operation === 'grade' && ((args as GradeArguments).grain ?? 0) > 0;
}

/** The frames of the clip that are left by all TRIMs. */
function trimmed(stages: readonly FrameStage[], clip: CuttableClip): { from: number; to: number } {
  let [begin, end] = [0, clip.frames];
  for (const { operation, arguments: args } of stages) {
    if (operation !== 'trim') continue;
    const { from, to } = trimmedFrames(end - begin, clip.rate, args as TrimArguments);
    [begin, end] = [begin + from, begin + to];
  }
  return { from: begin, to: end };
}

function rateOf(stages: readonly FrameStage[], rate: Rational): Rational {
  const wanted = stages.flatMap(({ operation, arguments: args }) =>
    operation === 'enhance' ? ((args as EnhanceArguments).interpolate ?? []) : [],
  );
  return wanted[0] === undefined ? rate : rational(wanted[0]);
}

/** Frames at another rate, as ENHANCE INTERPOLATE makes them. */
export function madeOf(frames: number, from: Rational, to: Rational): number {
  if (frames <= 0) return 0;
  return Math.max(1, Math.round((frames * to.num * from.den) / (to.den * from.num)));
}

function sizeOf({ stages, shape }: FrameStages, clip: CuttableClip): { width: number; height: number } {
  if (shape !== null) return { width: shape.width, height: shape.height };
  const times = stages.reduce(
    (product, { operation, arguments: args }) =>
      product * (operation === 'enhance' ? ((args as EnhanceArguments).upscale ?? 1) : 1),
    1,
  );
  return { width: clip.width * times, height: clip.height * times };
}

function equal(one: Rational, two: Rational): boolean {
  return one.num * two.den === two.num * one.den;
}
