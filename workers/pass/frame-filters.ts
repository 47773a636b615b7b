import type { VideoFacts } from '../../dsl/facts.ts';
import { denoiseFilter } from '../enhance/denoise.ts';
import { framesOnly } from '../ffmpeg/frame-filters.ts';
import { gradeFilters, grainFilters } from '../ffmpeg/grade-filters.ts';
import { brought, matrixIn, type Picture, pictureOf, type Space } from './picture.ts';
import type { Reading } from './reading.ts';
import type { Stage } from './stages.ts';

/** Filters that do the stages of a pass one after the other, networks left out, and what the frames are then. */
export interface StageFilters {
  filters: string[];
  picture: Picture;
  /** Those of each stage that people may want to see. */
  told: string[];
}

/** Makes the chain of filters from the frames that are read. A picture goes to the colours that a filter works in, and stays there until
 * somebody needs others. */
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
      if (isUneven(picture)) bring({ space: 'rgb', ...evenDown(picture) });
      const { width, height } = picture;
      const rate = facts.rate.num / facts.rate.den;
      const colour = gradeFilters(stage.args, { rate, width, height }, stage.cube);
      for (const { colours, filter } of colour) {
        bring({ space: colours === 'rgb' ? 'rgb' : lightApart(picture) });
        filters.push(filter);
        told.push(filter);
      }
      const grain = grainFilters(stage.args.grain);
      if (grain.length > 0) bring({ space: 'ours' });
      filters.push(...grain);
      told.push(...grain);
    } else {
      const noise = denoiseFilter(stage.args.denoise ?? 0);
      // Finished work has colour at half the size: noise is taken out of what it would be.
      if (noise.length > 0 && (picture.space === 'ours444' || matrixIn(picture) === null))
        bring({ space: 'ours' });
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
  // What was read for the sake of what stages remember.
  if (reading.first > start) filters.push(framesOnly({ from: reading.first - start, to: null }));
  return { filters, picture, told };
}

/** Y'CbCr for a filter that works on light and colour apart, with the colour that the picture has: none is lost on the way back to RGB. */
function lightApart(picture: Picture): Space {
  if (picture.space === 'ours' || picture.space === 'ours444') return picture.space;
  return matrixIn(picture) === null ? 'ours444' : 'ours';
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
