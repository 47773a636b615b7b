import type { StitchArguments } from '../dsl/arguments.ts';
import type { Rational, VideoFacts } from '../dsl/facts.ts';
import { planStitch, type StitchClip, type StitchPlan } from '../dsl/plan-stitch.ts';
import { Failure } from '../engine/failure.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { type Clip, openClip } from './film/clip.ts';
import { makeFilm } from './film/film.ts';
import { frameRange, framesOf } from './film/frame-range.ts';
import { type Part, partsOf } from './film/parts.ts';
import type { Placed } from './film/soundtrack.ts';
import type { Handler } from './handler.ts';

/** STITCH: clips one after another. Packets are copied where the clips agree, the rest is encoded to the common shape. */
export function createStitch(tools: MediaTools): Handler<StitchArguments> {
  return async (args, desk) => {
    const opened = await Promise.all(desk.inputs.filter(({ role }) => role === 'operand').map(openClip));
    const ranges = opened.map(({ facts }, index) => {
      const range = args.ranges?.[index] ?? null;
      return range === null ? null : frameRange(facts, range);
    });
    const plan = planStitch(
      opened.map(({ facts }, index) => partFacts(facts, ranges[index]!)),
      args,
    );
    if (!plan)
      throw new Failure('user', 'PQL439', 'STITCH needs at least one clip', { hint: 'STITCH v1 + v2' });
    refuseLongTransition(plan);
    const { rate } = plan.shape;
    const clips = opened.map((clip, index) => ({
      ...cutOut(clip, ranges[index]!, rate),
      number: plan.clips[index]!.number,
    }));
    const film = await makeFilm(
      {
        clips,
        parts: layParts(clips, plan),
        placed: plan.sound ? placeSound(clips, plan) : [],
        ...plan.shape,
        matrix: plan.matrix,
        frames: plan.frames,
        fit: args.fit,
        transition: args.transition?.kind ?? 'fade',
      },
      tools,
      desk,
    );
    const encoded = plan.clips.flatMap(({ action, why }, index) =>
      action === 'encode' ? [`clip ${index + 1} was encoded: it ${why}`] : [],
    );
    return {
      file: film.file,
      kind: 'video',
      facts: film.facts,
      notes: [...encoded, ...film.notes],
      details: { encodedFrames: film.encodedFrames, soundCopied: film.soundCopied },
    };
  };
}

type Frames = { from: number; to: number };

/** A clip and where in it the film begins to use it. */
interface CutClip extends Clip {
  /** Frames at the film's rate that the pictures leave out; 0 where `within` leaves them out. */
  first: number;
  /** The same for the sound, a fraction of a frame where the clip's own rate is another. */
  skip: number;
}

function partFacts(facts: VideoFacts, part: Frames | null): StitchClip {
  if (part === null) return facts;
  const frames = part.to - part.from;
  const duration = (frames * facts.rate.den) / facts.rate.num;
  return { ...facts, frames, duration, ...(frames < framesOf(facts) ? { cut: true } : {}) };
}

/** Frames of the clip are the film's where both have one rate; else its own are counted first. */
function cutOut(clip: Clip, part: Frames | null, rate: Rational): CutClip {
  if (part === null) return { ...clip, first: 0, skip: 0 };
  const own = clip.facts.rate;
  const skip = (part.from * own.den * rate.num) / (own.num * rate.den);
  return own.num === rate.num && own.den === rate.den
    ? { ...clip, first: part.from, skip }
    : { ...clip, within: part, first: 0, skip };
}

/** What to do for the pictures, in the film's order. */
function layParts(clips: readonly CutClip[], { clips: plans, overlap }: StitchPlan): Part[] {
  const last = clips.length - 1;
  return clips.flatMap(({ video, first }, clip): Part[] => {
    const { action, frames } = plans[clip]!;
    const [from, to] = [first + (clip > 0 ? overlap : 0), first + frames - (clip < last ? overlap : 0)];
    const body = partsOf(clip, from, to, action === 'copy' ? video : null);
    const into = clips[clip + 1]?.first ?? 0;
    return clip < last && overlap > 0
      ? [...body, { do: 'transition', clip, from: to, into, frames: overlap }]
      : body;
  });
}

/** Each clip from its first frame in the film to its last, those of its transitions included. */
function placeSound(clips: readonly CutClip[], { clips: plans, overlap }: StitchPlan): Placed[] {
  let start = 0;
  return clips.map((clip, index) => {
    const end = start + plans[index]!.frames;
    const placed = { clip, start, end, skip: clip.skip };
    start = end - overlap;
    return placed;
  });
}

function refuseLongTransition({ clips, overlap }: StitchPlan): void {
  const short = clips.findIndex(({ frames }, index) => {
    const joins = Number(index > 0) + Number(index < clips.length - 1);
    return overlap * joins > frames;
  });
  if (short >= 0)
    throw new Failure('user', 'PQL414', `the transition is longer than clip ${short + 1} allows`, {
      hint: 'shorten the transition, or leave the clip out',
    });
}
