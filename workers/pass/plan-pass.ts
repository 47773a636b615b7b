import type { EnhanceArguments, FramePart, PassArguments } from '../../dsl/arguments.ts';
import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { cutsBetween, type Pieces, piecesOf } from '../../dsl/segments/pieces.ts';
import { neededFor, type Wanted } from '../enhance/moments.ts';
import { seekFrame, usualEarly } from '../ffmpeg/seek.ts';
import type { FilmShape } from '../ffmpeg/shape-filters.ts';
import type { SoundCut } from '../ffmpeg/sound-arguments.ts';
import type { Alone } from './alone-arguments.ts';
import { stageFilters } from './frame-filters.ts';
import { readingOf } from './reading.ts';
import { enlarged } from './run-networks.ts';
import type { Stage } from './stages.ts';

/** Frame work on a clip. */
export interface FrameWork {
  path: string;
  facts: VideoFacts;
  stages: readonly Stage[];
  /** What the frames are brought to at the end; null leaves them as they come out. */
  fitted: PassArguments['shape'];
}

/** A pass as ffmpeg and the networks do it. */
export interface PlannedPass extends Alone {
  /** The stage that needs networks; null where ffmpeg does all of it. */
  args: EnhanceArguments | null;
  wanted: Wanted | null;
  /** Before they are brought to a shape. */
  out: { width: number; height: number; rate: Rational; frames: number };
}

/** Works out how to make all of it, or `part` of what comes out, without sound. Reading begins `early` seconds before what is needed, where it
 * can: of a clip that cannot be read from there on, the last frame before stands for all. */
export function planPass(
  { path, facts: clip, stages, fitted }: FrameWork,
  part: FramePart | null = null,
  early = usualEarly,
): PlannedPass {
  const facts = part === null ? clip : { ...clip, audio: null };
  const args = networkOf(stages);
  const all = readingOf(facts, stages);
  const rates = { from: facts.rate, to: enlarged({ args, facts, frames: 1, picture: facts }).rate };
  const between = part !== null && args !== null && args.interpolate !== null;
  const only = between ? neededFor(part, rates, all.to - all.first) : part;
  const reading = only === null ? all : readingOf(facts, stages, only);
  const filters = stageFilters(facts, stages, reading);
  const { before, skip, seconds } = seekFrame(facts, reading.from, facts.rate, early);
  const frames = reading.to - reading.first;
  const made = enlarged({ args, facts, frames, picture: filters.picture });
  const out = between ? { ...made, frames: part.to - part.from } : made;
  const shape = fitted && shapedFrames(fitted, out);
  return {
    ...{ path, facts, before, stages: filters, frames, shape, args, out },
    wanted: between ? { ...part, first: only!.from } : null,
    read: { from: skip, to: skip + reading.to - reading.from },
    sound: soundOf(stages, shape, { from: reading.first, out }, facts, seconds),
  };
}

/** The pieces that the work, or `part` of it, is encoded in, as frames of what comes out; one where it cannot be cut. */
export function piecesFor(
  { facts, stages, fitted }: FrameWork,
  frames: number,
  part: FramePart | null,
  pieceSeconds?: number,
): FramePart[] {
  const work = {
    stages: stages.map((stage) => ({ operation: stage.do, arguments: stage.args })),
    shape: fitted,
  };
  const { from, to } = part ?? { from: 0, to: frames };
  const pieces = piecesOf(work, facts, pieceSeconds);
  const starts = [from, ...(pieces === null ? [] : inside(pieces, from, to))];
  return starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? to }));
}

function inside({ offset, length }: Pieces, from: number, to: number): number[] {
  return cutsBetween(offset + from, offset + to, length).map((cut) => cut - offset);
}

/** The stage that needs networks, which is the last. */
export function networkOf(stages: readonly Stage[]): EnhanceArguments | null {
  const needing = stages.flatMap((stage) =>
    stage.do === 'enhance' && (stage.args.upscale !== null || stage.args.interpolate !== null) ? [stage] : [],
  );
  if (needing.length === 0) return null;
  if (needing.length > 1 || needing[0] !== stages.at(-1))
    throw new Error('a network works in the last stage of a pass only');
  return needing[0]!.args;
}

/** Frames of a clip once it has the rate of a film: as many as a stitch counts. */
function shapedFrames(
  shape: FilmShape,
  { frames, rate }: { frames: number; rate: VideoFacts['rate'] },
): FilmShape & { frames: number } {
  const exact = (frames * rate.den * shape.rate.num) / (rate.num * shape.rate.den);
  // A hair less than half a frame up, as `planStitch` rounds.
  return { ...shape, frames: Math.max(1, Math.floor(exact + 0.5 - 1e-6)) };
}

/** Null where the sound is kept as it is: ENHANCE changes neither its place nor its length. */
function soundOf(
  stages: readonly Stage[],
  shape: Alone['shape'],
  { from, out }: { from: number; out: { frames: number; rate: VideoFacts['rate'] } },
  { rate }: VideoFacts,
  sought: number,
): SoundCut | null {
  if (shape === null && stages.every((stage) => stage.do === 'enhance')) return null;
  const { frames, rate: to } = shape ?? out;
  return { from: (from * rate.den) / rate.num - sought, seconds: (frames * to.den) / to.num };
}
