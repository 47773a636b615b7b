import type { AnyStage, Operand, Pipeline, Script, Span } from '../../dsl/ast.ts';
import { operandsOf } from '../../dsl/bound-names.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';

/** Where a script speaks of a file that is not in the workspace yet: `this`, which came with the message, or a link. */
export interface FilePlace {
  span: Span;
  /** Null for `this`. */
  url: string | null;
}

/** All places of a script, in its order. Links only where a clip may stand. */
export function filePlaces(script: Script, catalogue: Catalogue): FilePlace[] {
  return script.statements.flatMap(({ pipeline }) => inPipeline(pipeline, catalogue));
}

/** The text with ids in these places: `v13`, or `v13 + v14`. So canonical PQL says which clip it was, and means the same weeks later. */
export function withIds(text: string, places: readonly { span: Span; ids: readonly string[] }[]): string {
  const sorted = places.toSorted((one, other) => other.span.start - one.span.start);
  return sorted.reduce(
    (rest, { span, ids }) => rest.slice(0, span.start) + ids.join(' + ') + rest.slice(span.end),
    text,
  );
}

function inPipeline({ stages }: Pipeline, catalogue: Catalogue): FilePlace[] {
  return stages.flatMap((stage) => {
    if (stage.type === 'map' || stage.type === 'reduce') return inPipeline(stage.body, catalogue);
    const media = takesMedia(stage, catalogue);
    return operandsOf(stage).flatMap((operand) => inOperand(operand, media, catalogue));
  });
}

function inOperand({ value }: Operand, media: boolean, catalogue: Catalogue): FilePlace[] {
  if (value.type === 'pipeline') return inPipeline(value, catalogue);
  if (value.type === 'url' && media) return [{ span: value.span, url: value.value }];
  return value.type === 'reference' && value.name.toLowerCase() === 'this'
    ? [{ span: value.span, url: null }]
    : [];
}

function takesMedia(stage: AnyStage, catalogue: Catalogue): boolean {
  if (stage.type !== 'stage') return stage.type === 'from';
  const operation = catalogue.get(stage.verb.text.toUpperCase());
  return operation?.runs === 'job' && operation.takes.what === 'media';
}
