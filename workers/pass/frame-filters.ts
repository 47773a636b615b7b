import type { VideoFacts } from '../../dsl/facts.ts';
import { denoiseFilter } from '../enhance/denoise.ts';
import { framesOnly } from '../ffmpeg/frame-filters.ts';
import { gradeFilters, grainFilters } from '../ffmpeg/grade-filters.ts';
import { brought, type Picture, pictureOf } from './picture.ts';
import type { Reading } from './reading.ts';
import type { Stage } from './stages.ts';

/** Filters that do the stages of a pass one after the other, networks left out, and what the frames are then. */
export interface StageFilters {
  filters: string[];
  picture: Picture;
  /** Those of each stage that people may want to see. */
  told: string[];
}

/** Makes the chain of filters from the frames that are read. A picture goes to RGB for a grade and to our colours for grain and noise, and
 * stays there until somebody needs another. */
export function stageFilters(facts: VideoFacts, stages: readonly Stage[], reading: Reading): StageFilters {
  const filters: string[] = [];
  const told: string[] = [];
  let picture = pictureOf(facts);
  let start = reading.from;
  const bring = (to: Parameters<typeof brought>[1]) => {
    const step = brought(picture, to);
    filters.push(...step.filters);
    picture = step.picture;
  };
  for (const [index, stage] of stages.entries()) {
    if (stage.do === 'trim') {
      const next = Math.max(start, reading.starts[index]!);
      if (next > start) filters.push(framesOnly({ from: next - start, to: null }));
      start = next;
      if (isUneven(picture)) bring({ space: picture.space === 'rgb' ? 'rgb' : 'ours', ...evenDown(picture) });
    } else if (stage.do === 'grade') {
      bring({ space: 'rgb', ...evenDown(picture) });
      const { width, height } = picture;
      const rate = facts.rate.num / facts.rate.den;
      const colour = gradeFilters(stage.args, { rate, width, height }, stage.cube);
      const grain = grainFilters(stage.args.grain);
      // A filter may have left RGB behind.
      filters.push(...colour, 'format=gbrp');
      if (grain.length > 0) bring({ space: 'ours' });
      filters.push(...grain);
      told.push(...colour, ...grain);
    } else {
      const noise = denoiseFilter(stage.args.denoise ?? 0);
      if (noise.length > 0 && (picture.space === 'rgb' || picture.matrix === null)) bring({ space: 'ours' });
      filters.push(...noise);
      told.push(...noise);
      const isLast = index === stages.length - 1;
      if (!isLast && isUneven(picture)) {
        bring({ space: 'rgb' });
        filters.push(...evened(picture));
        picture = evenUp(picture);
      }
    }
  }
  return { filters, picture, told };
}

/** H.264 keeps colour at half the size, so its sides are even: filters that repeat the last column or row. */
export function evened({ width, height }: { width: number; height: number }): string[] {
  return [
    'pad=ceil(iw/2)*2:ceil(ih/2)*2',
    `fillborders=left=0:top=0:right=${width % 2}:bottom=${height % 2}:mode=smear`,
  ];
}

/** Whether a side is odd. */
export function isUneven({ width, height }: { width: number; height: number }): boolean {
  return width % 2 === 1 || height % 2 === 1;
}

/** The size with its last column or row repeated. */
export function evenUp<T extends { width: number; height: number }>(size: T): T {
  return { ...size, width: size.width + (size.width % 2), height: size.height + (size.height % 2) };
}

function evenDown({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width: Math.max(2, width - (width % 2)), height: Math.max(2, height - (height % 2)) };
}
