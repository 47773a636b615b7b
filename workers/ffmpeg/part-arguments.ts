import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { matrixOf, type OurMatrix, videoEncoding } from './encoding.ts';
import { constantRate } from './frame-arguments.ts';
import { safeInput } from './input.ts';
import { toneMap } from './tone-map.ts';

/** Size and rate that clips are brought to, and how pictures of another shape fit. */
export interface Target {
  width: number;
  height: number;
  rate: Rational;
  fit: 'pad' | 'crop';
  /** Number of the parameter sets; see `videoEncoding`. */
  parameterSet: number;
  matrix: OurMatrix;
}

/** Frames [from, from + frames) of a clip, counted at the target's rate. */
export interface PartOf {
  path: string;
  facts: VideoFacts;
  from: number;
  frames: number;
}

/** Arguments that encode a part of a clip, pictures only, to the common shape; exactly `frames` frames, the last one repeated where
 * the clip ends early. */
export function partArguments(part: PartOf, target: Target, output: string): string[] {
  const { before, skip } = seek(part, target.rate);
  return [
    ...safeInput(part.path, before),
    ...['-filter_complex', `[0:v:0]${shaped(part, target, skip)}[v]`, '-map', '[v]'],
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
  const [one, two] = [seek(first, target.rate), seek(second, target.rate)];
  const { num, den } = target.rate;
  const seconds = ((first.frames * den) / num).toFixed(6);
  // Cutting forgets the rate, which xfade wants to know.
  const clock = constantRate(target.rate);
  const graph = [
    `[0:v:0]${shaped(first, target, one.skip)},${clock}[a]`,
    `[1:v:0]${shaped(second, target, two.skip)},${clock}[b]`,
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

/** Containers whose index ffmpeg seeks by exactly. */
const seekable = ['mp4', 'matroska'];

/** H.264 in 4:4:4 must be decoded from its first frame: only there x264 says its version, by which the decoder mends what older
 * versions wrote (a bird at 11.5 s came out green). */
function canSeek({ codec, container, pixelFormat }: VideoFacts): boolean {
  return seekable.includes(container) && !(codec === 'h264' && !pixelFormat.startsWith('yuv420p'));
}

/** Where to begin reading, at least two seconds early and on a frame of the target's rate: ffmpeg drops what lies before the place
 * it was sent to, and the constant rate must have settled before frames are counted. `skip` frames are then left out. */
function seek(part: PartOf, rate: Rational): { before: string[]; skip: number } {
  const early = part.from - Math.ceil((2 * rate.num) / rate.den);
  if (early <= 0 || !canSeek(part.facts)) return { before: [], skip: part.from };
  return { before: ['-ss', ((early * rate.den) / rate.num).toFixed(6)], skip: part.from - early };
}

/** The chain of filters from a clip's frames to the target's. */
function shaped(part: PartOf, target: Target, skip: number): string {
  const { facts } = part;
  const matrix = matrixOf(facts);
  const { scale, rest } = fitting(facts, target);
  const colours = `${matrix === null ? '' : `in_color_matrix=${matrix}:`}out_color_matrix=${target.matrix}:out_range=tv`;
  return [
    constantRate(target.rate),
    `trim=start_frame=${skip}:end_frame=${skip + part.frames}`,
    'setpts=PTS-STARTPTS',
    ...toneMap(facts),
    `scale=${scale}:${colours}:flags=bicubic+accurate_rnd+full_chroma_int+bitexact`,
    'format=yuv420p',
    ...rest,
    'setsar=1',
    exactly(part.frames),
  ].join(',');
}

function exactly(frames: number): string {
  return `tpad=stop=-1:stop_mode=clone,trim=end_frame=${frames}`;
}

/** Scaled size and what then pads or crops it; whole even numbers, so that nothing is left to rounding in a filter. */
export function fitting(
  from: { width: number; height: number },
  to: { width: number; height: number; fit: 'pad' | 'crop' },
): { scale: string; rest: string[] } {
  const ratios = [to.width / from.width, to.height / from.height] as const;
  const factor = to.fit === 'pad' ? Math.min(...ratios) : Math.max(...ratios);
  const width = near(from.width * factor, to.width, to.fit);
  const height = near(from.height * factor, to.height, to.fit);
  if (width === to.width && height === to.height) return { scale: `${width}:${height}`, rest: [] };
  const [x, y] = [evenDown(Math.abs(to.width - width) / 2), evenDown(Math.abs(to.height - height) / 2)];
  const filter = to.fit === 'pad' ? 'pad' : 'crop';
  return { scale: `${width}:${height}`, rest: [`${filter}=${to.width}:${to.height}:${x}:${y}`] };
}

/** The nearest even length that stays inside (pad) or covers (crop) the limit. */
function near(length: number, limit: number, fit: 'pad' | 'crop'): number {
  const even = Math.max(2, Math.round(length / 2) * 2);
  return fit === 'pad' ? Math.min(even, limit) : Math.max(even, limit);
}

function evenDown(value: number): number {
  return Math.floor(value / 2) * 2;
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
