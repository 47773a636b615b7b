import type { PassArguments } from '../dsl/arguments.ts';
import { type EnhanceTools, networkOpener } from './enhance.ts';
import type { Handler } from './handler.ts';
import { workOnFrames } from './pass/frame-work.ts';
import { openStages } from './pass/stages.ts';

/** A pass: several stages of frame work, which the optimiser put together, on the frames of one clip. */
export function createPass(tools: EnhanceTools): Handler<PassArguments> {
  const open = networkOpener(tools);
  return async ({ stages, shape }, desk) =>
    workOnFrames(
      { ...tools, open },
      await openStages(stages, desk, (number) => `lut of ${number}`),
      shape,
      'pass.mp4',
      desk,
    );
}
