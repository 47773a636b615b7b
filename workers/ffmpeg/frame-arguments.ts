import { matrixOf } from '../../dsl/colours.ts';
import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { containerEncoding, toOurColours, videoEncoding } from './encoding.ts';
import { constantRate, exactly, framesOnly, lastRepeated, scaling } from './frame-filters.ts';
import { safeInput } from './input.ts';
import { type FilmShape, shapeFilters } from './shape-filters.ts';
import { type SoundCut, soundArguments } from './sound-arguments.ts';
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
  /** Only the frames whose number is in [from, to), the last that can be read again and again where there are fewer; `to` null is to the
   * end. */
  range?: { from: number; to: number | null };
  /** Input options such as `-ss 48`; frames are then counted from there. */
  before?: readonly string[];
  /** Folder to start in, for filters that name files. */
  cwd?: string;
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
  /** A clip whose sound goes into the result with its timing: copied packet by packet where MP4 holds its codec, else encoded; cut to the
   * sample and encoded where `cut` says so. `before` are input options such as `-ss 48`. */
  audioFrom?:
    | { path: string; facts: VideoFacts; cut?: SoundCut | null; before?: readonly string[] }
    | undefined;
  /** Filters between the frames written in and the encoder, such as a grade. They must keep size and number of frames. */
  filters?: readonly string[];
  /** What the frames are brought to after the filters, and how many come out then; as they are where it is left out. */
  shape?: (FilmShape & { frames: number }) | undefined;
  signal?: AbortSignal | undefined;
}

/** Arguments that write a clip's frames raw to standard output. */
export function decodeArguments(path: string, facts: VideoFacts, options: DecodeOptions): string[] {
  const width = options.width ?? facts.width;
  const height = options.height ?? facts.height;
  const matrix = matrixOf(facts);
  const filters = [
    constantRate(options.rate ?? facts.rate),
    ...(options.range
      ? [...(options.range.to === null ? [] : [lastRepeated]), framesOnly(options.range)]
      : []),
    ...toneMap(facts),
    ...(options.filters ?? []),
    `scale=${width}:${height}:${matrix === null ? '' : `in_color_matrix=${matrix}:`}${targetOf(options.pixelFormat)}${scaling}`,
    `format=${options.pixelFormat}`,
  ];
  return [
    ...safeInput(path, options.before),
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters.join(',')],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ];
}

/** Arguments that read raw frames from standard input and write an MP4. */
export function encodeArguments(options: EncodeOptions): string[] {
  const { width, height, pixelFormat, audioFrom, shape } = options;
  const rate = shape?.rate ?? options.rate;
  const matrix = pixelFormat.startsWith('yuv') ? 'bt709' : null;
  const filters = [...(options.filters ?? [])];
  if (shape) {
    // The frames written in have the size that is said; filters may have made their sides even.
    const from = { width: width + (width % 2), height: height + (height % 2) };
    filters.push(constantRate(rate), ...shapeFilters(from, matrix, shape));
    filters.push(exactly(shape.frames));
  } else if (matrix === null) filters.push(toOurColours(null));
  else if (pixelFormat !== 'yuv420p') filters.push('format=yuv420p');
  return [
    ...['-f', 'rawvideo', '-pixel_format', pixelFormat, '-video_size', `${width}x${height}`],
    ...['-framerate', `${options.rate.num}/${options.rate.den}`, '-i', 'pipe:0'],
    ...(audioFrom ? safeInput(audioFrom.path, audioFrom.before) : []),
    ...['-map', '0:v:0', ...(audioFrom?.facts.audio ? ['-map', '1:a:0'] : [])],
    ...(filters.length > 0 ? ['-vf', filters.join(',')] : []),
    // Not passthrough: that leaves the last frame without a duration, and a player then drops it.
    ...[
      '-r',
      `${rate.num}/${rate.den}`,
      '-fps_mode',
      'cfr',
      ...videoEncoding(rate, { matrix: shape?.matrix ?? 'bt709' }),
    ],
    ...(audioFrom ? soundArguments(audioFrom.facts, audioFrom.cut ?? null) : []),
    ...containerEncoding(options.recipe),
    `file:${options.output}`,
  ];
}

function targetOf(format: DecodeOptions['pixelFormat']): string {
  return format.startsWith('yuv') ? 'out_color_matrix=bt709:out_range=tv:' : '';
}
