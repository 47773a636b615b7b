import type { VideoFacts } from '../../dsl/facts.ts';
import { containerEncoding, matrixOf, soundEncoding, toOurColours, videoEncoding } from './encoding.ts';
import { constantRate } from './frame-arguments.ts';
import { safeInput } from './input.ts';
import { toneMap } from './tone-map.ts';

/** Arguments that run a clip through filters and keep its sound: one pass, ffmpeg alone. */
export function gradeArguments(
  clip: { path: string; facts: VideoFacts },
  filters: { colour: readonly string[]; grain: readonly string[] },
  output: string,
  recipe: string,
): string[] {
  const { facts, path } = clip;
  const matrix = matrixOf(facts);
  const [width, height] = [facts.width - (facts.width % 2), facts.height - (facts.height % 2)];
  const frames = framesOf(facts);
  const chain = [
    constantRate(facts.rate),
    ...toneMap(facts),
    `scale=${Math.max(2, width)}:${Math.max(2, height)}:${matrix === null ? '' : `in_color_matrix=${matrix}:`}flags=bicubic+accurate_rnd+full_chroma_int+bitexact`,
    'format=gbrp',
    'setsar=1',
    ...filters.colour,
    'format=gbrp',
    toOurColours(null),
    ...filters.grain,
    `tpad=stop=-1:stop_mode=clone,trim=end_frame=${frames}`,
  ];
  const seconds = ((frames * facts.rate.den) / facts.rate.num).toFixed(6);
  return [
    ...safeInput(path),
    ...['-filter_complex', `[0:v:0]${chain.join(',')}[v]`, '-map', '[v]'],
    ...(facts.audio
      ? ['-map', '0:a:0', '-af', `aresample=async=1:first_pts=0,apad,atrim=end=${seconds}`]
      : []),
    ...[
      '-sn',
      '-dn',
      '-frames:v',
      String(frames),
      '-r',
      `${facts.rate.num}/${facts.rate.den}`,
      '-fps_mode',
      'cfr',
    ],
    ...videoEncoding(facts.rate),
    ...(facts.audio ? soundEncoding() : []),
    ...containerEncoding(recipe),
    `file:${output}`,
  ];
}

/** Frames of a clip at its rate, what it left out counted in. */
export function framesOf(facts: VideoFacts): number {
  if (!facts.variable) return facts.frames;
  return Math.max(1, Math.round((facts.duration * facts.rate.num) / facts.rate.den));
}
