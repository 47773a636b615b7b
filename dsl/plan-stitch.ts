import type { StitchArguments } from './arguments.ts';
import { nameOf, type OurMatrix } from './colours.ts';
import { commonShape, type Shape } from './common-shape.ts';
import type { Predicted } from './facts.ts';
import { jointCodings, matrixBesideOurs } from './joint-codings.ts';
import { perSecond, rational } from './rational.ts';

/** What happens to one clip of a stitch, and why, in words for EXPLAIN. */
export interface ClipPlan {
  action: 'copy' | 'encode';
  /** The number that the parameter sets of its packets are given while they are copied; null to keep theirs. */
  number: number | null;
  /** Of what is copied how it agrees: `agrees`, or in which other way; else why not: `is 720×400, not 1280×720`. */
  why: string;
  /** Frames of it in the film, transitions included. */
  frames: number;
}

/** A clip of a stitch as far as it is known. */
export type StitchClip = Predicted & {
  /** Only a part of the file: what lies between its cuts and the next key frames is encoded even where packets are copied. */
  cut?: true;
};

/** How a clip of another coding than most is copied beside them. */
export const ownNumbers = 'has parameter sets with numbers of their own';
export const newNumbers = 'gets other numbers for its parameter sets';

export interface StitchPlan {
  shape: Shape;
  /** The colours of what is copied, in which the rest is encoded. */
  matrix: OurMatrix;
  clips: ClipPlan[];
  /** Frames that each transition takes from the clip before and the clip after. */
  overlap: number;
  frames: number;
  /** Seconds. */
  duration: number;
  /** At least one clip has sound; those without are silent. */
  sound: boolean;
}

/** Decides what a stitch copies and what it encodes. The shape is what most of the running time has, unless the arguments say; clips in that
 * shape are copied where they have the most common coding or one that can stand beside it, the others encoded. Null where a clip is not
 * known well enough. */
export function planStitch(clips: readonly (StitchClip | null)[], args: StitchArguments): StitchPlan | null {
  const common = commonShape(clips);
  if (common === null) return null;
  const shape: Shape = {
    width: args.width ?? common.width,
    height: args.height ?? common.height,
    rate: args.fps === null ? common.rate : rational(args.fps),
  };
  const known = clips as readonly StitchClip[];
  const fitting = known.filter((clip) => misfit(clip, shape) === null);
  const joint = jointCodings(fitting);
  const [first] = known;
  // Where nothing is encoded beside them, clips of one coding may have any.
  const alone =
    fitting.length === known.length &&
    known.every(({ coding, cut }) => coding === first?.coding && !cut) &&
    args.transition === null;
  const codings: ReadonlyMap<string | undefined, number | null> = alone
    ? new Map([[first?.coding, null]])
    : (joint?.codings ?? new Map());
  const [most] = codings.keys();
  const plans = known.map((clip): ClipPlan => {
    const why = misfit(clip, shape) ?? uncopyable(clip, codings, joint?.matrix);
    const frames = framesOf(clip, shape);
    if (why !== null) return { action: 'encode', number: null, why, frames };
    const number = codings.get(clip.coding) ?? null;
    const agrees = clip.coding === most ? 'agrees' : number === null ? ownNumbers : newNumbers;
    return { action: 'copy', number, why: agrees, frames };
  });
  const overlap =
    args.transition === null ? 0 : Math.max(1, Math.round(args.transition.duration * perSecond(shape.rate)));
  const frames = plans.reduce((sum, clip) => sum + clip.frames, 0) - overlap * Math.max(0, plans.length - 1);
  return {
    shape,
    matrix: joint?.matrix ?? 'bt709',
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

function uncopyable(
  clip: Predicted,
  codings: ReadonlyMap<string | undefined, number | null>,
  matrix: OurMatrix | undefined,
): string | null {
  const { codec, pixelFormat, coding } = clip;
  if (coding === undefined)
    return codec === undefined
      ? 'is not made yet'
      : `is ${codec} in ${clip.container}, whose packets cannot be copied`;
  if (codings.has(coding)) return null;
  const own = matrixBesideOurs(clip);
  if (own === null) return `is ${codec} ${pixelFormat}, which the others cannot join`;
  return own === matrix
    ? `is encoded in another way than most (${codec}, ${pixelFormat})`
    : `has the colours of ${nameOf[own]}, not ${nameOf[matrix ?? 'bt709']}`;
}

function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
