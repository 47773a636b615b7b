import { matrixOf } from '../../dsl/colours.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import { scaling } from '../ffmpeg/frame-filters.ts';

/** What frames are at a place in a chain of filters: as the decoder gives them, RGB, or Y'CbCr in our colours (BT.709, video range), with
 * colour at half the size as it is encoded, or at full size between two works in RGB. */
export interface Picture {
  /** Pixels, upright and square, once the frames were scaled. */
  width: number;
  height: number;
  space: 'decoded' | Space;
  /** The colour matrix of what is decoded; null for RGB. */
  matrix: string | null;
}

/** Colours that frames can be brought to. */
export type Space = 'rgb' | 'ours' | 'ours444';

const formats: Readonly<Record<Space, string>> = Object.freeze({
  rgb: 'gbrp',
  ours: 'yuv420p',
  ours444: 'yuv444p',
});

/** The frames of a clip as they are decoded. */
export function pictureOf(facts: VideoFacts): Picture {
  return { width: facts.width, height: facts.height, space: 'decoded', matrix: matrixOf(facts) };
}

/** The colour matrix of frames; null for RGB. */
export function matrixIn({ space, matrix }: Picture): string | null {
  return space === 'decoded' ? matrix : space === 'rgb' ? null : 'bt709';
}

/** Filters that bring frames to another colour space or size; none where they have both. */
export function brought(
  picture: Picture,
  to: { space: Space; width?: number; height?: number },
): { filters: string[]; picture: Picture } {
  const { width = picture.width, height = picture.height, space } = to;
  const next = { ...picture, width, height, space };
  if (picture.space === space && picture.width === width && picture.height === height)
    return { filters: [], picture };
  const matrix = matrixIn(picture);
  const colours = [
    ...(matrix === null ? [] : [`in_color_matrix=${matrix}`]),
    ...(space === 'rgb' ? [] : ['out_color_matrix=bt709', 'out_range=tv']),
  ];
  return {
    filters: [
      `scale=${[width, height, ...colours, scaling].join(':')}`,
      `format=${formats[space]}`,
      ...(picture.space === 'decoded' ? ['setsar=1'] : []),
    ],
    picture: next,
  };
}
