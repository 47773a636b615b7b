import type { GradeArguments } from '../dsl/arguments.ts';
import type { Handler } from './handler.ts';
import { type FrameTools, workOnFrames } from './pass/frame-work.ts';
import { openStages } from './pass/stages.ts';

/** GRADE: colours, lens and shutter of a clip by ffmpeg's filters in one pass; its sound stays where it was. */
export function createGrade(
  tools: Pick<FrameTools, 'media' | 'prober' | 'pieceSeconds'>,
): Handler<GradeArguments> {
  return async ({ part = null, ...args }, desk) => {
    const stage = { operation: 'grade' as const, version: 1, arguments: args };
    const stages = await openStages([stage], desk, () => 'lut');
    const asked = { stages, fitted: null, part, output: 'graded.mp4' };
    return workOnFrames({ ...tools, open: null }, asked, desk);
  };
}
