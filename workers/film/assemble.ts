import { join } from 'node:path';
import type { VideoFacts } from '../../dsl/facts.ts';
import { type Damage, together, undamaged } from '../ffmpeg/damage.ts';
import { ourParameterSet, tagOf, timescale } from '../ffmpeg/encoding.ts';
import {
  partArguments,
  sampleArguments,
  type Target,
  transitionArguments,
} from '../ffmpeg/part-arguments.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import type { FilmShape } from '../ffmpeg/shape-filters.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { notWhatWasAsked } from '../ffmpeg/words.ts';
import { avcOf, mergedEntry } from '../mp4/avc.ts';
import { type CopyableVideo, codingOf, copyableVideo } from '../mp4/cuts.ts';
import { parameterSets } from '../mp4/parameter-sets.ts';
import { readMovie } from '../mp4/read.ts';
import { type Cutting, leadOf, type Reel } from '../mp4/reel.ts';
import type { Clip } from './clip.ts';
import { copiesOf } from './copies.ts';
import type { Part } from './parts.ts';

export interface AssembleOptions {
  tools: MediaTools;
  scratch: string;
  signal: AbortSignal;
  /** Frames encoded so far and in all, and how many a second. */
  onProgress(done: number, total: number, fps: number): void;
}

/** The picture track of a film and what a prober would say of its coding. */
export interface Assembled {
  reel: Reel;
  facts: Pick<VideoFacts, 'codec' | 'pixelFormat' | 'matrix' | 'transfer' | 'coding' | 'parameterSets'>;
  encodedFrames: number;
  /** Clips of which something is encoded that was to be copied: their packets could not be given other numbers. */
  refused: ReadonlySet<number>;
  /** What could not be read whole, by the clip's name for people. Packets that are copied are not looked into. */
  damage: ReadonlyMap<string, Damage>;
}

/** Makes the picture track of a film: encodes the parts that must be, into scratch, and lays all of them one after another. */
export async function assemble(
  clips: readonly Clip[],
  planned: readonly Part[],
  shape: FilmShape & { transition: string },
  options: AssembleOptions,
): Promise<Assembled> {
  const { parts, cuttings: copied, entries, refused, first: model } = await copiesOf(planned, clips, options);
  const beside = joined(entries);
  const target = await targetBeside(beside, shape, parts, options);
  const total = parts.reduce((sum, part) => sum + (part.do === 'copy' ? 0 : lengthOf(part)), 0);
  let done = 0;
  let ours: Buffer | null = null;
  const cuttings: Cutting[] = [];
  const damages = new Map<string, Damage>();
  for (const [index, part] of parts.entries()) {
    if (part.do === 'copy') {
      cuttings.push(copied.get(part)!);
      continue;
    }
    const output = join(options.scratch, `part-${index}.mp4`);
    const before = done;
    const { damage } = await runFfmpeg(
      options.tools,
      argumentsOf(part, clips, shape.transition, target, output),
      {
        doing: 'encoding a clip',
        signal: options.signal,
        frames: lengthOf(part),
        onProgress: ({ frames, fps }) => options.onProgress(before + frames, total, fps),
      },
    );
    const name = nameOf(part, clips.length);
    damages.set(name, together(damages.get(name) ?? undamaged, damage));
    done += lengthOf(part);
    const made = await readMade(output, lengthOf(part));
    ours ??= made.entry;
    if (!ours.equals(made.entry)) throw notWhatWasAsked('encoding clips', 'they came out in different ways');
    cuttings.push({ path: output, track: made.track, from: 0, to: made.frames });
  }
  const entry = joined([beside, ours].filter((each) => each !== null));
  if (!entry) throw new Error('a film has at least one part');
  // All parts have these colours; a file is said to be tagged as its first picture is.
  const [start] = parts;
  const matrix = start?.do === 'copy' ? clips[start.clip]!.facts.matrix : tagOf(target.matrix);
  return {
    reel: reelOf(cuttings, entry, shape),
    facts: {
      codec: model?.facts.codec ?? 'h264',
      pixelFormat: model?.facts.pixelFormat ?? 'yuv420p',
      ...(matrix === undefined ? {} : { matrix }),
      ...(model?.facts.transfer === undefined ? {} : { transfer: model.facts.transfer }),
      ...codingOf({ entry }),
    },
    encodedFrames: total,
    refused,
    damage: damages,
  };
}

/** What ffmpeg reads for a part; of a transition's two clips it does not tell which one was damaged. */
function nameOf({ do: what, clip }: Part, clips: number): string {
  if (clips === 1) return 'the clip';
  return what === 'transition' ? `clip ${clip + 1} or ${clip + 2}` : `clip ${clip + 1}`;
}

function lengthOf(part: Part): number {
  return part.do === 'transition' ? part.frames : part.to - part.from;
}

function argumentsOf(
  part: Exclude<Part, { do: 'copy' }>,
  clips: readonly Clip[],
  kind: string,
  target: Target,
  output: string,
): string[] {
  const { path, facts, within } = clips[part.clip]!;
  const piece = { path, facts, within, from: part.from, frames: lengthOf(part) };
  if (part.do === 'encode') return partArguments(piece, target, output);
  const next = clips[part.clip + 1]!;
  const second = { ...piece, path: next.path, facts: next.facts, within: next.within, from: part.into };
  return transitionArguments(piece, second, kind, target, output);
}

/** What to encode to so that it stands beside packets of this entry: parameter sets that are equal to some of theirs or have a number of
 * their own. Where ours is taken, a single black frame tells whether it is by sets that are equal. */
async function targetBeside(
  entry: Buffer | null,
  shape: FilmShape,
  parts: readonly Part[],
  options: AssembleOptions,
): Promise<Target> {
  const target = { ...shape, parameterSet: ourParameterSet };
  const avc = entry && avcOf(entry);
  if (!avc || parts.every((part) => part.do === 'copy')) return target;
  const taken = parameterSets(avc);
  const isFree = (number: number) => !taken.some((set) => /^[sp](\d+) /.exec(set)?.[1] === String(number));
  if (isFree(ourParameterSet)) return target;
  const output = join(options.scratch, 'sample.mp4');
  await runFfmpeg(options.tools, sampleArguments(target, output), {
    doing: 'trying the encoder',
    signal: options.signal,
    frames: 1,
  });
  const sample = avcOf((await readMade(output, 1)).entry);
  if (sample && parameterSets(sample).every((set) => taken.includes(set))) return target;
  const free = Array.from({ length: 32 }, (_, number) => number).findLast(isFree);
  if (free === undefined)
    throw notWhatWasAsked('joining clips', 'a clip uses every number of parameter sets');
  return { ...target, parameterSet: free };
}

async function readMade(path: string, frames: number): Promise<CopyableVideo> {
  const movie = await readMovie(path);
  const video = movie && copyableVideo(movie);
  if (video?.frames !== frames)
    throw notWhatWasAsked('encoding a clip', 'the file made is not what was asked for');
  return video;
}

/** One entry for all of these; null for none. */
function joined(entries: readonly Buffer[]): Buffer | null {
  return entries.reduce<Buffer | null>((all, entry) => {
    if (!all || all.equals(entry)) return entry;
    const merged = mergedEntry(all, entry);
    if (merged) return merged;
    throw notWhatWasAsked('joining clips', 'their decoders need settings that contradict each other');
  }, null);
}

/** The track of cuttings laid one after another. */
export function reelOf(
  cuttings: readonly Cutting[],
  entry: Buffer,
  { width, height, rate }: Pick<Target, 'width' | 'height' | 'rate'>,
): Reel {
  const scale = timescale(rate);
  const tick = (scale / rate.num) * rate.den;
  const delays = cuttings.map(({ track }) => leadOf(track) / (track.samples.durations[0] ?? 1));
  const frames = cuttings.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    handler: 'video',
    timescale: scale,
    entry,
    width,
    height,
    cuttings,
    tick,
    lead: Math.ceil(Math.max(0, ...delays)) * tick,
    shown: frames * tick,
  };
}
