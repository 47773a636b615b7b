import type { VideoFacts } from '../../dsl/facts.ts';
import { matrixOf } from '../ffmpeg/encoding.ts';
import { scaling } from '../ffmpeg/frame-filters.ts';

/** What frames are at a place in a chain of filters: as the decoder gives them, RGB, or Y'CbCr 4:2:0 in our colours (BT.709, video range). */
export interface Picture {
  /** Pixels, upright and square, once the frames were scaled. */
  width: number;
  height: number;
  space: 'decoded' | 'rgb' | 'ours';
  /** The colour matrix of what is decoded; null for RGB. */
  matrix: string | null;
}

/** The frames of a clip as they are decoded. */
export function pictureOf(facts: VideoFacts): Picture {
  return { width: facts.width, height: facts.height, space: 'decoded', matrix: matrixOf(facts) };
}

/** The colour matrix of frames; null for RGB. */
export function matrixIn({ space, matrix }: Picture): string | null {
  return space === 'decoded' ? matrix : space === 'ours' ? 'bt709' : null;
}

/** Filters that bring frames to another colour space or size; none where they have both. */
export function brought(
  picture: Picture,
  to: { space: 'rgb' | 'ours'; width?: number; height?: number },
): { filters: string[]; picture: Picture } {
  const { width = picture.width, height = picture.height, space } = to;
  const next = { ...picture, width, height, space };
  if (picture.space === space && picture.width === width && picture.height === height)
    return { filters: [], picture };
  const matrix = matrixIn(picture);
  const colours = [
    ...(matrix === null ? [] : [`in_color_matrix=${matrix}`]),
    ...(space === 'ours' ? ['out_color_matrix=bt709', 'out_range=tv'] : []),
  ];
  return {
    filters: [
      `scale=${[width, height, ...colours, scaling].join(':')}`,
      `format=${space === 'ours' ? 'yuv420p' : 'gbrp'}`,
      ...(picture.space === 'decoded' ? ['setsar=1'] : []),
    ],
    picture: next,
  };
}
