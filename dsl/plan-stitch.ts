import type { StitchArguments } from './arguments.ts';
import { commonShape, type Shape } from './common-shape.ts';
import type { Predicted } from './facts.ts';
import { perSecond, rational } from './rational.ts';

/** What happens to one clip of a stitch, and why, in words for EXPLAIN. */
export interface ClipPlan {
  action: 'copy' | 'encode';
  /** `agrees`; `is 720×400, not 1280×720`. */
  why: string;
  /** Frames of it in the film, transitions included. */
  frames: number;
}

/** A clip of a stitch as far as it is known. */
export type StitchClip = Predicted & {
  /** Only a part of the file: what lies between its cuts and the next key frames is encoded even where packets are copied. */
  cut?: true;
};

export interface StitchPlan {
  shape: Shape;
  clips: ClipPlan[];
  /** Frames that each transition takes from the clip before and the clip after. */
  overlap: number;
  frames: number;
  /** Seconds. */
  duration: number;
  /** At least one clip has sound; those without are silent. */
  sound: boolean;
}

/** Decides what a stitch copies and what it encodes. The shape is what most of the running time has, unless the arguments say; the
 * clips of the most common coding in that shape are copied, the others encoded. Null where a clip is not known well enough. */
export function planStitch(clips: readonly (StitchClip | null)[], args: StitchArguments): StitchPlan | null {
  const common = commonShape(clips);
  if (common === null) return null;
  const shape: Shape = {
    width: args.width ?? common.width,
    height: args.height ?? common.height,
    rate: args.fps === null ? common.rate : rational(args.fps),
  };
  const known = clips as readonly StitchClip[];
  const fitting = known.map((clip) => misfit(clip, shape) === null);
  const coding = longestCoding(known.filter((_, index) => fitting[index]));
  const all = known.every((clip, index) => fitting[index] && clip.coding === coding);
  // What we encode is H.264 in 4:2:0 and in standard range: it can only stand beside clips of that kind.
  const joins =
    (all && args.transition === null && !known.some(({ cut }) => cut)) ||
    known.some((clip) => clip.coding === coding && joinsOurs(clip));
  const plans = known.map((clip): ClipPlan => {
    const why = misfit(clip, shape) ?? uncopyable(clip, coding, joins);
    return { action: why === null ? 'copy' : 'encode', why: why ?? 'agrees', frames: framesOf(clip, shape) };
  });
  const overlap =
    args.transition === null ? 0 : Math.max(1, Math.round(args.transition.duration * perSecond(shape.rate)));
  const frames = plans.reduce((sum, clip) => sum + clip.frames, 0) - overlap * Math.max(0, plans.length - 1);
  return {
    shape,
    clips: plans,
    overlap,
    frames,
    duration: frames / perSecond(shape.rate),
    sound: known.some((clip) => Boolean(clip.audio)),
  };
}

/** Frames of a clip at the film's rate; its own count where the rate is its own. */
function framesOf(clip: Predicted, shape: Shape): number {
  const same = clip.rate?.num === shape.rate.num && clip.rate?.den === shape.rate.den;
  if (same && clip.frames !== undefined && !clip.variable) return clip.frames;
  // A hair less than half a frame up, so that binary fractions do not round 2.5 up here and down there.
  return Math.max(1, Math.floor((clip.duration ?? 0) * perSecond(shape.rate) + 0.5 - 1e-6));
}

function misfit(clip: Predicted, shape: Shape): string | null {
  if (clip.width !== shape.width || clip.height !== shape.height)
    return `is ${clip.width}×${clip.height}, not ${shape.width}×${shape.height}`;
  if (clip.variable) return 'has a frame rate that varies';
  if (clip.rate?.num !== shape.rate.num || clip.rate?.den !== shape.rate.den)
    return `has ${decimals(perSecond(clip.rate ?? { num: 0, den: 1 }))} fps, not ${decimals(perSecond(shape.rate))}`;
  return null;
}

function uncopyable(clip: Predicted, coding: string | undefined, joins: boolean): string | null {
  if (clip.coding === undefined)
    return clip.codec === undefined
      ? 'is not made yet'
      : `is ${clip.codec} in ${clip.container}, whose packets cannot be copied`;
  if (clip.coding !== coding)
    return `is encoded in another way than most (${clip.codec}, ${clip.pixelFormat})`;
  return joins ? null : `is ${clip.codec} ${clip.pixelFormat}, which the others cannot join`;
}

function joinsOurs(clip: Predicted): boolean {
  return clip.codec === 'h264' && clip.pixelFormat === 'yuv420p' && clip.transfer === undefined;
}

/** The coding with the most running time; of equals the first. */
function longestCoding(clips: readonly Predicted[]): string | undefined {
  const times = new Map<string, number>();
  for (const { coding, duration = 0 } of clips)
    if (coding !== undefined) times.set(coding, (times.get(coding) ?? 0) + duration);
  return [...times].reduce<[string, number] | null>(
    (best, each) => (best && best[1] >= each[1] ? best : each),
    null,
  )?.[0];
}

function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
