import type { PassArguments, PassStage } from '../arguments.ts';
import type { JsonObject } from '../json.ts';
import type { Step, StepInput } from '../plan.ts';
import type { FrameWork } from './draft.ts';
import { titleOf } from './titles.ts';

/** Of the pass itself; raised when the results of stages done together change, though each alone gives what it gave. */
export const passVersion = 2;

/** The step that does the work in one pass of frames: decoded once, encoded once. A single stage that nothing was done to stays what it is. */
export function passStep(step: Step, work: FrameWork): Step {
  const { source, pieces, shape } = work;
  const models = pieces.flatMap((piece) => piece.models);
  const common = {
    ...step,
    models,
    lane: models.length > 0 ? ('gpu' as const) : ('cpu' as const),
    title: step.title,
  };
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && shape === null) {
    const { operation, arguments: args, extras } = only;
    const same = step.operation === operation && step.arguments === args;
    const title = same ? step.title : titleOf(work);
    return {
      ...common,
      operation,
      version: only.version,
      arguments: args,
      inputs: [source, ...extras],
      title,
    };
  }
  const given: PassArguments = {
    stages: pieces.map(({ operation, version: of, arguments: args }) => ({
      operation,
      version: of,
      arguments: args,
    })) as PassStage[],
    shape: shape === null ? null : { ...shape, rate: { num: shape.rate.num, den: shape.rate.den } },
  };
  return {
    ...common,
    operation: 'pass',
    version: passVersion,
    arguments: given as unknown as JsonObject,
    inputs: [source, ...pieces.flatMap(({ extras }, index) => extras.map((extra) => placed(extra, index)))],
    title: titleOf(work),
  };
}

/** The role of what one stage of several reads beside the frames: `lut of 2`. */
function placed(extra: StepInput, index: number): StepInput {
  return { ...extra, role: `${extra.role} of ${index + 1}` };
}
