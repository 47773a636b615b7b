import { matrixOf } from '../../dsl/colours.ts';
import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { videoEncoding } from './encoding.ts';
import { constantRate, exactly, framesOnly, lastRepeated } from './frame-filters.ts';
import { safeInput } from './input.ts';
import { seekFrame } from './seek.ts';
import { type FilmShape, shapeFilters } from './shape-filters.ts';
import { toneMap } from './tone-map.ts';

/** Size and rate that clips are brought to, and how pictures of another shape fit. */
export interface Target extends FilmShape {
  /** Number of the parameter sets; see `videoEncoding`. */
  parameterSet: number;
}

/** Frames [from, from + frames) of a clip, counted at the target's rate. */
export interface PartOf {
  path: string;
  facts: VideoFacts;
  from: number;
  frames: number;
  /** Frames of the clip at its own rate that count as the whole clip, where only those are wanted and the rates differ. */
  within?: { from: number; to: number } | undefined;
}

/** Arguments that encode a part of a clip, pictures only, to the common shape; exactly `frames` frames, the last one repeated where
 * the clip ends early. */
export function partArguments(part: PartOf, target: Target, output: string): string[] {
  const { before, part: read } = sought(part, target.rate);
  return [
    ...safeInput(part.path, before),
    ...['-filter_complex', `[0:v:0]${shaped(read, target)}[v]`, '-map', '[v]'],
    ...encoded(part.frames, target, output),
  ];
}

/** Arguments that encode a transition: the parts are equally long, one becomes the other. `kind` is one of the catalogue's words. */
export function transitionArguments(
  first: PartOf,
  second: PartOf,
  kind: string,
  target: Target,
  output: string,
): string[] {
  const [one, two] = [sought(first, target.rate), sought(second, target.rate)];
  const { num, den } = target.rate;
  const seconds = ((first.frames * den) / num).toFixed(6);
  // Cutting forgets the rate, which xfade wants to know.
  const clock = constantRate(target.rate);
  const graph = [
    `[0:v:0]${shaped(one.part, target)},${clock}[a]`,
    `[1:v:0]${shaped(two.part, target)},${clock}[b]`,
    `[a][b]xfade=transition=${kind}:duration=${seconds}:offset=0,${exactly(first.frames)}[v]`,
  ];
  return [
    ...safeInput(first.path, one.before),
    ...safeInput(second.path, two.before),
    ...['-filter_complex', graph.join(';'), '-map', '[v]'],
    ...encoded(first.frames, target, output),
  ];
}

/** Arguments that encode one black frame as parts of the target are encoded. */
export function sampleArguments(target: Target, output: string): string[] {
  const source = `color=black:s=${target.width}x${target.height}:r=${target.rate.num}/${target.rate.den}`;
  return ['-f', 'lavfi', '-i', source, ...encoded(1, target, output)];
}

/** The chain of filters from a clip's frames to the target's. */
function shaped({ facts, within, from, frames }: PartOf, target: Target): string {
  return [
    ...(within ? [constantRate(facts.rate), lastRepeated, framesOnly(within)] : []),
    constantRate(target.rate),
    lastRepeated,
    framesOnly({ from, to: from + frames }),
    ...toneMap(facts),
    ...shapeFilters(facts, matrixOf(facts), target),
    exactly(frames),
  ].join(',');
}

/** The part as it is read from a place shortly before it. */
function sought(part: PartOf, rate: Rational): { before: string[]; part: PartOf } {
  const { facts, from, within } = part;
  if (within) {
    const { before, skip } = seekFrame(facts, within.from, facts.rate);
    return { before, part: { ...part, within: { from: skip, to: skip + within.to - within.from } } };
  }
  const { before, skip } = seekFrame(facts, from, rate);
  return { before, part: { ...part, from: skip } };
}

function encoded(frames: number, target: Target, output: string): string[] {
  return [
    ...['-an', '-sn', '-dn', '-frames:v', String(frames)],
    // Not passthrough: that leaves the last frame without a duration, and a player then drops it.
    ...['-r', `${target.rate.num}/${target.rate.den}`, '-fps_mode', 'cfr'],
    ...videoEncoding(target.rate, target),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-f', 'mp4', `file:${output}`],
  ];
}
