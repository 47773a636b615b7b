import type { AnyStage, Pipeline } from './ast.ts';
import type { Json } from './json.ts';

/** A pipeline with the paths that it writes to made those of one thing: `out/{id}.mp4` becomes `out/v12.mp4`. */
export function placed(pipeline: Pipeline, fields: Readonly<Record<string, Json>>): Pipeline {
  if (!pipeline.stages.some(isMarked)) return pipeline;
  return {
    ...pipeline,
    stages: pipeline.stages.map((stage) =>
      stage.type !== 'stage' || stage.to === null
        ? stage
        : {
            ...stage,
            to: { ...stage.to, path: { ...stage.to.path, value: placedPath(stage.to.path.value, fields) } },
          },
    ),
  };
}

/** A path with its marks filled in: `{id}`, `{n}`, or a field. What a file system cannot hold becomes a hyphen, what is not known `unknown`; a mark
 * that nothing fills stays, for a rule to tell. */
export function placedPath(path: string, fields: Readonly<Record<string, Json>>): string {
  return path.replace(mark, (whole, name: string) => {
    const value = fields[name.toLowerCase()];
    if (value === undefined) return whole;
    if (value === null) return 'unknown';
    // A name must not lead into another folder, nor be hidden or empty.
    return (
      String(typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)
        .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
        .replace(/^[.-]+|[.-]+$/g, '')
        .slice(0, 64) || 'unknown'
    );
  });
}

const mark = /\{([A-Za-z_]+)\}/g;

function isMarked(stage: AnyStage): boolean {
  return stage.type === 'stage' && stage.to !== null && stage.to.path.value.includes('{');
}
