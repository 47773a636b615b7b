import type { PassArguments, PassStage } from '../arguments.ts';
import type { JsonObject } from '../json.ts';

/** A stage as far as the planner of segments looks at it. */
export interface FrameStage {
  operation: PassStage['operation'];
  arguments: JsonObject;
}

/** Work on the frames of one clip, whichever operation does it. */
export interface FrameStages {
  stages: readonly FrameStage[];
  /** What the frames are brought to at the end. */
  shape: PassArguments['shape'];
}

/** The stages of an operation that works frame by frame; null for every other. */
export function stagesOf(operation: string, args: JsonObject): FrameStages | null {
  if (operation === 'pass') {
    const { stages, shape } = args as PassArguments;
    return { stages, shape };
  }
  if (operation !== 'enhance' && operation !== 'grade') return null;
  const { part: _part, ...own } = args;
  return { stages: [{ operation, arguments: own }], shape: null };
}
