import type { PassArguments } from '../dsl/arguments.ts';
import { type EnhanceTools, networkOpener } from './enhance.ts';
import type { Handler } from './handler.ts';
import { workOnFrames } from './pass/frame-work.ts';
import { openStages } from './pass/stages.ts';

/** A pass: several stages of frame work, which the optimiser put together, on the frames of one clip. */
export function createPass(tools: EnhanceTools): Handler<PassArguments> {
  const open = networkOpener(tools);
  return async ({ stages, shape, part = null }, desk) => {
    const opened = await openStages(stages, desk, (number) => `lut of ${number}`);
    const asked = { stages: opened, fitted: shape, part, output: 'pass.mp4' };
    return workOnFrames({ ...tools, open }, asked, desk);
  };
}
