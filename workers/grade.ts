import type { GradeArguments } from '../dsl/arguments.ts';
import type { Prober } from '../engine/prober.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import type { Handler } from './handler.ts';
import { workOnFrames } from './pass/frame-work.ts';
import { openStages } from './pass/stages.ts';

/** GRADE: colours, lens and shutter of a clip by ffmpeg's filters in one pass; its sound stays where it was. */
export function createGrade(media: MediaTools, prober: Prober): Handler<GradeArguments> {
  return async (args, desk) => {
    const stage = { operation: 'grade' as const, version: 1, arguments: args };
    const stages = await openStages([stage], desk, () => 'lut');
    return workOnFrames({ media, prober, open: null }, stages, null, 'graded.mp4', desk);
  };
}
