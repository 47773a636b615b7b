import type { VideoFacts } from '../../dsl/facts.ts';
import { fraction } from '../../dsl/rational.ts';
import { containerEncoding } from '../ffmpeg/encoding.ts';
import { scaling } from '../ffmpeg/frame-filters.ts';
import { safeInput } from '../ffmpeg/input.ts';
import { toneMap } from '../ffmpeg/tone-map.ts';
import type { FilmBudget } from './film-budget.ts';
import type { Label } from './label.ts';

export interface FilmPass {
  path: string;
  facts: VideoFacts;
  budget: FilmBudget;
  label: (Label & { file: string }) | null;
  /** Where the first pass leaves what the second reads. */
  statistics: string;
}

/** Arguments of the first pass, which only looks. */
export function firstPass(pass: FilmPass): string[] {
  return [...pictureOf(pass), '-pass', '1', '-an', '-f', 'null', '-'];
}

/** Arguments of the second pass, which spends the bits where the first saw that they are needed. */
export function secondPass(pass: FilmPass, output: string, recipe: string): string[] {
  const { sound } = pass.budget;
  return [
    ...pictureOf(pass),
    ...['-pass', '2'],
    ...(sound === null
      ? []
      : [
          '-map',
          '0:a:0',
          '-c:a',
          'aac',
          '-b:a',
          String(sound.bits),
          '-ar',
          '48000',
          '-ac',
          String(sound.channels),
        ]),
    ...containerEncoding(recipe),
    `file:${output}`,
  ];
}

function pictureOf({ path, facts, budget, label, statistics }: FilmPass): string[] {
  const { width, height, rate, seconds, video } = budget;
  const chain = [
    ...toneMap(facts),
    `fps=fps=${rate.num}/${rate.den}:start_time=0:round=near`,
    `scale=${width}:${height}:out_color_matrix=bt709:out_range=tv:${scaling}`,
    'format=yuv420p',
    'setsar=1',
  ].join(',');
  const picture =
    label === null
      ? `[0:v:0]${chain}[v]`
      : `[0:v:0]${chain}[p];[p][1:v]overlay=${label.x}:${label.y}:format=yuv420[v]`;
  return [
    ...safeInput(path),
    ...(label === null ? [] : labelInput(label)),
    ...['-filter_complex', picture, '-map', '[v]', '-sn', '-dn', '-t', seconds.toFixed(3)],
    ...['-r', fraction(rate), '-fps_mode', 'cfr'],
    ...['-c:v', 'libx264', '-a53cc', '0', '-preset', 'fast', '-profile:v', 'high'],
    ...['-pix_fmt', 'yuv420p', '-threads:v', '4', '-b:v', String(video)],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-passlogfile', statistics],
  ];
}

function labelInput({ width, height, file }: Label & { file: string }): string[] {
  return [
    '-f',
    'rawvideo',
    '-pixel_format',
    'rgba',
    '-video_size',
    `${width}x${height}`,
    '-i',
    `file:${file}`,
  ];
}
