import type { Operand, Pipeline, Script, Span } from '../../dsl/ast.ts';
import { operandsOf } from '../../dsl/bound-names.ts';

/** Where a script says `this`: the file that came with the message. */
export function placesOfThis(script: Script): Span[] {
  return script.statements.flatMap(({ pipeline }) => inPipeline(pipeline));
}

/** The text with `this` replaced by what it stands for: `v13`, or `v13 + v14`. So canonical PQL says which clip it was, and means the same
 * weeks later. */
export function withThese(text: string, places: readonly Span[], ids: readonly string[]): string {
  const sorted = places.toSorted((one, other) => other.start - one.start);
  return sorted.reduce(
    (rest, { start, end }) => rest.slice(0, start) + ids.join(' + ') + rest.slice(end),
    text,
  );
}

function inPipeline({ stages }: Pipeline): Span[] {
  return stages.flatMap((stage) => [
    ...(stage.type === 'map' || stage.type === 'reduce' ? inPipeline(stage.body) : []),
    ...(stage.type === 'map' || stage.type === 'reduce' ? [] : operandsOf(stage).flatMap(inOperand)),
  ]);
}

function inOperand({ value }: Operand): Span[] {
  if (value.type === 'pipeline') return inPipeline(value);
  return value.type === 'reference' && value.name.toLowerCase() === 'this' ? [value.span] : [];
}
