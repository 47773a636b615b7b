import { join } from 'node:path';
import type { EnhanceArguments, PassArguments } from '../../dsl/arguments.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import type { JsonObject } from '../../dsl/json.ts';
import { Failure } from '../../engine/failure.ts';
import { whileOpen } from '../../engine/opened.ts';
import type { Prober } from '../../engine/prober.ts';
import type { Networks } from '../enhance/networks.ts';
import { type Damage, damageNote } from '../ffmpeg/damage.ts';
import { carriedRecipe } from '../ffmpeg/encoding.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { seekFrame } from '../ffmpeg/seek.ts';
import type { FilmShape } from '../ffmpeg/shape-filters.ts';
import type { SoundCut } from '../ffmpeg/sound-arguments.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import type { Desk, Produced } from '../handler.ts';
import { type Alone, aloneArguments } from './alone-arguments.ts';
import { stageFilters } from './frame-filters.ts';
import { notesOf } from './notes.ts';
import { readingOf } from './reading.ts';
import { enlarged, type PassReport, runNetworks } from './run-networks.ts';
import type { Stage } from './stages.ts';

/** What frame work is done with. */
export interface FrameTools {
  media: MediaTools;
  prober: Prober;
  /** Starts the networks of a stage; null where there are none. */
  open: ((args: EnhanceArguments, desk: Desk) => Promise<Networks>) | null;
}

/** Does stages of frame work in one pass: each frame is decoded once, worked on, and encoded once; the sound is cut to the sample, or kept
 * where all frames are. GRADE and ENHANCE are passes of one stage. */
export async function workOnFrames(
  tools: FrameTools,
  stages: readonly Stage[],
  fitted: PassArguments['shape'],
  output: string,
  desk: Desk,
): Promise<Produced> {
  const input = desk.inputs.find(({ role }) => role === 'operand');
  if (input?.facts.kind !== 'video')
    throw new Failure('user', 'PQL439', 'a clip is needed', { hint: 'give a video' });
  const { path, facts } = { path: input.path, facts: input.facts };
  const reading = readingOf(facts, stages);
  const filters = stageFilters(facts, stages, reading);
  const { before, skip, seconds } = seekFrame(facts, reading.from, facts.rate);
  const kept = { from: reading.starts.at(-1) ?? 0, to: reading.to };
  const frames = kept.to - kept.from;
  const args = networkOf(stages);
  const out = args
    ? enlarged({ args, stages: filters, facts, frames })
    : { ...filters.picture, rate: facts.rate, frames };
  const shape = fitted && shapedFrames(fitted, out);
  const pass: Alone = {
    ...{ path, facts, before, stages: filters, frames, shape },
    read: { from: skip, to: skip + reading.to - reading.from },
    sound: soundOf(stages, shape, { from: kept.from, out }, facts, seconds),
  };
  const file = join(desk.scratch, output);
  const recipe = carriedRecipe(desk.recipe);
  let report: (PassReport & { details: Networks['details'] }) | null = null;
  if (args && tools.open) {
    const { open } = tools;
    report = await whileOpen(async (opened) => {
      const networks = opened.add(await open(args, desk));
      const files = { output: file, recipe: recipe.text };
      const made = await runNetworks(tools.media, { ...pass, args }, networks, files, desk);
      return { ...made, details: networks.details };
    });
  }
  const damage = report?.damage ?? (await runAlone(tools.media, pass, file, recipe.text, desk));
  const damaged = damageNote('the clip', damage, args || !facts.audio ? 'picture' : 'picture or sound');
  return {
    file,
    kind: 'video',
    facts: await tools.prober.probe(file, desk.signal),
    notes: [
      ...notesOf(facts, stages, fitted ? null : out),
      ...(damaged === null ? [] : [damaged]),
      ...(recipe.note === null ? [] : [recipe.note]),
    ],
    details: detailsOf(stages, filters.told, report),
  };
}

async function runAlone(
  media: MediaTools,
  pass: Alone,
  file: string,
  recipe: string,
  desk: Desk,
): Promise<Damage> {
  const frames = pass.shape?.frames ?? pass.frames;
  const { damage } = await runFfmpeg(media, aloneArguments(pass, file, recipe), {
    doing: 'working on frames',
    signal: desk.signal,
    cwd: desk.scratch,
    frames,
    onProgress: (progress) =>
      desk.progress({
        fraction: progress.ended ? 1 : Math.min(0.99, progress.frames / frames),
        ...(progress.fps > 0
          ? { fps: progress.fps, secondsLeft: Math.max(0, frames - progress.frames) / progress.fps }
          : {}),
      }),
  });
  return damage;
}

/** The stage that needs networks, which is the last. */
function networkOf(stages: readonly Stage[]): EnhanceArguments | null {
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

function detailsOf(
  stages: readonly Stage[],
  filters: readonly string[],
  report: (PassReport & { details: Networks['details'] }) | null,
): JsonObject {
  const order = stages.flatMap((stage) =>
    stage.do === 'enhance'
      ? (['denoise', 'interpolate', 'upscale'] as const).filter((part) => stage.args[part] !== null)
      : [stage.do],
  );
  const args = networkOf(stages);
  return {
    order,
    filters: [...filters],
    ...(args?.model ? { model: args.model } : {}),
    ...(args?.interpolator && report
      ? { interpolator: args.interpolator, framesMade: report.count.made, cuts: report.count.cuts }
      : {}),
    ...(report?.details ? { engine: 'onnxruntime', ...report.details } : {}),
    ...(report ? { framesPerSecond: Number(report.fps.toFixed(2)) } : {}),
  };
}
