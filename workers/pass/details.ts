import type { JsonObject } from '../../dsl/json.ts';
import type { Encoded } from './encode-pieces.ts';
import type { PlannedPass } from './plan-pass.ts';
import type { Stage } from './stages.ts';

/** What is kept with the result: what was done in which order, and by which networks. `encoded` is null where segments were only joined. */
export function detailsOf(
  { args, stages: { told } }: PlannedPass,
  stages: readonly Stage[],
  encoded: Encoded | null,
): JsonObject {
  const order = stages.flatMap((stage) =>
    stage.do === 'enhance'
      ? (['denoise', 'interpolate', 'upscale'] as const).filter((part) => stage.args[part] !== null)
      : [stage.do],
  );
  const report = encoded?.networks ?? null;
  return {
    order,
    filters: [...told],
    ...(args?.model ? { model: args.model } : {}),
    ...(args?.interpolator && report
      ? { interpolator: args.interpolator, framesMade: report.made, cuts: report.cuts }
      : {}),
    ...(report?.details ? { engine: 'onnxruntime', ...report.details } : {}),
    ...(report ? { framesPerSecond: Number(report.fps.toFixed(2)) } : {}),
  };
}
