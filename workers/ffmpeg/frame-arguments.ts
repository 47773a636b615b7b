import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { containerEncoding, matrixOf, soundEncoding, toOurColours, videoEncoding } from './encoding.ts';
import { safeInput } from './input.ts';
import { toneMap } from './tone-map.ts';

export interface DecodeOptions {
  /** Of the frames handed out; 8 bits a sample except rgb48le. `gbrp` is planar green, blue, red. */
  pixelFormat: 'rgb24' | 'rgba' | 'bgra' | 'gbrp' | 'gray' | 'yuv420p' | 'yuv444p' | 'rgb48le';
  signal?: AbortSignal | undefined;
  /** ffmpeg filters to run first, trusted text such as `hqdn3d=4`; joined by commas. */
  filters?: readonly string[];
  /** Size of the frames handed out; the clip's own by default. */
  width?: number;
  height?: number;
  /** Frames a second handed out; the clip's own by default. */
  rate?: Rational;
  /** Only the frames whose number is in [from, to); `to` null is to the end. */
  range?: { from: number; to: number | null };
}

export interface EncodeOptions {
  width: number;
  height: number;
  rate: Rational;
  /** Of the frames written in. RGB is full range; yuv is taken as BT.709, video range. */
  pixelFormat: DecodeOptions['pixelFormat'];
  /** Absolute path of the MP4 to write, in scratch. */
  output: string;
  /** Canonical PQL for the container's comment. */
  recipe: string;
  /** A clip whose sound goes into the result with its timing: copied packet by packet where MP4 holds its codec, else encoded. */
  audioFrom?: { path: string; facts: VideoFacts } | undefined;
  /** Filters between the frames written in and the encoder, such as a grade. They must keep size and number of frames. */
  filters?: readonly string[];
  signal?: AbortSignal | undefined;
}

/** Arguments that write a clip's frames raw to standard output. */
export function decodeArguments(path: string, facts: VideoFacts, options: DecodeOptions): string[] {
  const width = options.width ?? facts.width;
  const height = options.height ?? facts.height;
  const matrix = matrixOf(facts);
  const filters = [
    constantRate(options.rate ?? facts.rate),
    ...(options.range ? [framesOnly(options.range)] : []),
    ...toneMap(facts),
    ...(options.filters ?? []),
    `scale=${width}:${height}:${matrix === null ? '' : `in_color_matrix=${matrix}:`}${targetOf(options.pixelFormat)}flags=bicubic+accurate_rnd+full_chroma_int+bitexact`,
    `format=${options.pixelFormat}`,
  ];
  return [
    ...safeInput(path),
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters.join(',')],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ];
}

/** Arguments that read raw frames from standard input and write an MP4. */
export function encodeArguments(options: EncodeOptions): string[] {
  const { width, height, rate, pixelFormat, audioFrom } = options;
  const filters = [...(options.filters ?? [])];
  if (!pixelFormat.startsWith('yuv')) filters.push(toOurColours(null));
  else if (pixelFormat !== 'yuv420p') filters.push('format=yuv420p');
  return [
    ...['-f', 'rawvideo', '-pixel_format', pixelFormat, '-video_size', `${width}x${height}`],
    ...['-framerate', `${rate.num}/${rate.den}`, '-i', 'pipe:0'],
    ...(audioFrom ? safeInput(audioFrom.path) : []),
    ...['-map', '0:v:0', ...(audioFrom?.facts.audio ? ['-map', '1:a:0'] : [])],
    ...(filters.length > 0 ? ['-vf', filters.join(',')] : []),
    // Not passthrough: that leaves the last frame without a duration, and a player then drops it.
    ...['-r', `${rate.num}/${rate.den}`, '-fps_mode', 'cfr', ...videoEncoding(rate)],
    ...(audioFrom ? keptSound(audioFrom.facts) : []),
    ...containerEncoding(options.recipe),
    `file:${options.output}`,
  ];
}

/** A filter that makes the rate constant from time 0 on, repeating or dropping frames of a clip whose rate varies; a clip with a
 * constant rate passes unchanged. */
export function constantRate(rate: Rational): string {
  return `fps=fps=${rate.num}/${rate.den}:start_time=0:round=near`;
}

/** A filter that lets only frames numbered [from, to) pass, counted from 0 in time again. */
function framesOnly(range: { from: number; to: number | null }): string {
  const end = range.to === null ? '' : `:end_frame=${range.to}`;
  return `trim=start_frame=${range.from}${end},setpts=PTS-STARTPTS`;
}

/** Sound codecs that MP4 holds and browsers play; their packets are copied. */
const heldByMp4 = ['aac', 'mp3'];

function keptSound(facts: VideoFacts): string[] {
  return heldByMp4.includes(facts.audio?.codec ?? '') ? ['-c:a', 'copy'] : soundEncoding();
}

function targetOf(format: DecodeOptions['pixelFormat']): string {
  return format.startsWith('yuv') ? 'out_color_matrix=bt709:out_range=tv:' : '';
}
