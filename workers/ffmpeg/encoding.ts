import type { OurMatrix } from '../../dsl/colours.ts';
import type { Rational } from '../../dsl/facts.ts';
import { groupOf } from '../../dsl/segments/pieces.ts';
import { mediaLimits } from './limits.ts';

/** Measured on two slow cores, 120 frames of a trailer at 1280×720, CPU-seconds a frame / SSIM / MB at CRF 18: superfast
 * 0.027 / 0.9940 / 2.8, veryfast 0.042 / 0.9928 / 1.6, faster 0.070 / 0.9936 / 1.7, medium 0.106 / 0.9939 / 1.6.
 * veryfast with CRF 17 leaves 0.2 of GENERATE's 0.25 CPU-seconds to the renderer. */
const preset = 'veryfast';
const quality = 17;

/** x264's output depends on its number of threads, and equal work must give equal bytes on every machine. */
const threads = 4;

/** The number of our parameter sets. Nearly every encoder calls its own 0, some count up from there; with a rare number our packets stand
 * in one track beside theirs. It costs a byte a frame (H.264 §9.1: 0 has 1 bit, 15 to 30 have 9, 31 has 11). */
export const ourParameterSet = 30;

/** How what we encode is tagged. */
export function tagOf(matrix: OurMatrix): 'bt709' | 'smpte170m' {
  return matrix === 'bt709' ? 'bt709' : 'smpte170m';
}

/** Sound of everything we make. */
export const soundShape = Object.freeze({ codec: 'aac', rate: 48_000, channels: 2 });

/** Ticks a second of the video track: a multiple of the rate's numerator, so that every frame stands exactly. */
export function timescale(rate: Rational): number {
  return rate.num * Math.max(1, Math.ceil(12_000 / rate.num));
}

/** Arguments for the video of a file that we make, without the captions that a source has among its pictures. All clips of equal size and rate get equal parameter sets (`stitchable`), closed
 * groups of pictures of two seconds and equal B-frame structure: they join by copying packets. `parameterSet` (0 to 31) is the
 * number of the parameter sets, for a clip that joins others where ours is taken; `matrix` is the colours of those others. */
export function videoEncoding(
  rate: Rational,
  { parameterSet = ourParameterSet, matrix = 'bt709' }: { parameterSet?: number; matrix?: OurMatrix } = {},
): string[] {
  const tag = tagOf(matrix);
  const params = [
    'open-gop=0',
    'stitchable=1',
    'bframes=2',
    'b-pyramid=0',
    'ref=2',
    `sps-id=${parameterSet}`,
  ];
  return [
    ...['-c:v', 'libx264', '-a53cc', '0', '-preset', preset, '-crf', String(quality), '-profile:v', 'high'],
    ...['-pix_fmt', 'yuv420p', '-threads:v', String(threads), '-g', String(groupOf(rate))],
    ...['-x264-params', params.join(':')],
    ...['-color_range', 'tv', '-colorspace', tag, '-color_primaries', tag, '-color_trc', tag],
    ...['-flags:v', '+bitexact', '-video_track_timescale', String(timescale(rate))],
  ];
}

/** Arguments for the sound of a file that we make. */
export function soundEncoding(): string[] {
  return [
    ...['-c:a', soundShape.codec, '-b:a', '192k', '-ar', String(soundShape.rate)],
    ...['-ac', String(soundShape.channels), '-flags:a', '+bitexact'],
  ];
}

/** Arguments for the container: MP4 that plays while it loads, the recipe in its comment, and no date, tool or foreign tag. */
export function containerEncoding(recipe: string): string[] {
  return [
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-metadata', `comment=${carriedRecipe(recipe).text}`],
    ...['-fflags', '+bitexact', '-movflags', '+faststart', '-f', 'mp4'],
  ];
}

/** The recipe as a container carries it: whole, or a comment in its place when it is too long. `note` then says so. */
export function carriedRecipe(recipe: string): { text: string; note: string | null } {
  const bytes = Buffer.byteLength(recipe);
  if (bytes <= mediaLimits.recipeBytes) return { text: recipe, note: null };
  const note = `the recipe has ${bytes} bytes, too many for the file's comment: the file does not carry it`;
  return { text: `-- ${note}`, note };
}

/** A filter that brings any picture to our colours: BT.709, video range, 4:2:0. `matrix` is the source's, null for RGB. */
export function toOurColours(matrix: string | null): string {
  const from = matrix === null ? '' : `in_color_matrix=${matrix}:`;
  return `scale=${from}out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int+bitexact,format=yuv420p`;
}
