import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { containerEncoding, videoEncoding } from '../ffmpeg/encoding.ts';
import { constantRate, exactly, framesOnly, lastRepeated } from '../ffmpeg/frame-filters.ts';
import { safeInput } from '../ffmpeg/input.ts';
import { type FilmShape, shapeFilters } from '../ffmpeg/shape-filters.ts';
import { type SoundCut, soundArguments } from '../ffmpeg/sound-arguments.ts';
import { toneMap } from '../ffmpeg/tone-map.ts';
import { evened, evenUp, isUneven, type StageFilters } from './frame-filters.ts';
import { brought, matrixIn } from './picture.ts';

/** A pass that needs nothing but ffmpeg. */
export interface Alone {
  path: string;
  facts: VideoFacts;
  /** Input options such as `-ss 48`, and which frames are read, counted from there. */
  before: readonly string[];
  read: { from: number; to: number };
  stages: StageFilters;
  /** Frames after the stages. */
  frames: number;
  shape: (FilmShape & { frames: number }) | null;
  /** Null keeps the sound as it is. */
  sound: SoundCut | null;
}

/** Arguments that decode a clip, run it through the filters and encode it, sound included: one process. */
export function aloneArguments(pass: Alone, output: string, recipe: string): string[] {
  const { facts, shape } = pass;
  const rate: Rational = shape?.rate ?? facts.rate;
  const chain = [
    constantRate(facts.rate),
    lastRepeated,
    framesOnly(pass.read),
    ...toneMap(facts),
    ...pass.stages.filters,
    exactly(pass.frames),
    ...finished(pass),
  ];
  return [
    ...safeInput(pass.path, pass.before),
    ...['-filter_complex', `[0:v:0]${chain.join(',')}[v]`, '-map', '[v]'],
    ...(facts.audio ? ['-map', '0:a:0'] : []),
    ...['-sn', '-dn', '-frames:v', String(shape?.frames ?? pass.frames)],
    ...[
      '-r',
      `${rate.num}/${rate.den}`,
      '-fps_mode',
      'cfr',
      ...videoEncoding(rate, { matrix: shape?.matrix ?? 'bt709' }),
    ],
    ...soundArguments(facts, pass.sound),
    ...containerEncoding(recipe),
    `file:${output}`,
  ];
}

/** From what the stages leave to what is encoded. */
function finished({ stages: { picture }, shape }: Alone): string[] {
  if (shape)
    return [
      constantRate(shape.rate),
      ...shapeFilters(picture, matrixIn(picture), shape),
      exactly(shape.frames),
    ];
  if (!isUneven(picture)) return brought(picture, { space: 'ours' }).filters;
  const rgb = brought(picture, { space: 'rgb' });
  return [...rgb.filters, ...evened(picture), ...brought(evenUp(rgb.picture), { space: 'ours' }).filters];
}
