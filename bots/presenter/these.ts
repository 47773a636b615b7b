import type { AnyStage, Operand, Pipeline, Script, Span } from '../../dsl/ast.ts';
import { operandsOf } from '../../dsl/bound-names.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import type { ScriptText } from '../../dsl/plan-texts.ts';

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

/** A text with something else in some places, and the way back to what was typed. */
export interface Replaced {
  typed: string;
  text: string;
  /** Where that stands in what was typed which stands here in `text`; what was put in stands for all of its place. */
  back(span: Span): Span;
  /** How the files were called that the ids stand for: their names and links, with where the ids stand in `text`. */
  brought: readonly ScriptText[];
}

/** The text with ids in these places: `v13`, or `v13 + v14`. So canonical PQL says which clip it was, and means the same weeks later. */
export function withIds(
  typed: string,
  places: readonly { span: Span; ids: readonly string[]; called: readonly string[] }[],
): Replaced {
  const pieces = places
    .toSorted((one, other) => one.span.start - other.span.start)
    .map(({ span, ids, called }) => ({ ...span, text: ids.join(' + '), called }));
  let [text, done] = ['', 0];
  const put = pieces.map((piece) => {
    text += typed.slice(done, piece.start);
    const at = text.length;
    text += piece.text;
    done = piece.end;
    return { at, until: text.length, start: piece.start, end: piece.end, called: piece.called };
  });
  text += typed.slice(done);
  /** What was put in before an offset moved it by so much; within it, `edge` says which end of the place is meant. */
  const before = (offset: number, edge: 'start' | 'end'): number => {
    const last = put.findLast(({ at }) => (edge === 'start' ? at <= offset : at < offset));
    if (last === undefined) return offset;
    const within = edge === 'start' ? offset < last.until : offset <= last.until;
    return within ? last[edge] : offset - last.until + last.end;
  };
  const back = ({ start, end }: Span): Span => {
    const from = before(start, 'start');
    return { start: from, end: Math.max(from, before(end, 'end')) };
  };
  const brought = put.flatMap(({ at, until, called }) =>
    called.map((name) => ({ text: name, span: { start: at, end: until } })),
  );
  return { typed, text, back, brought };
}

function inPipeline({ stages }: Pipeline, catalogue: Catalogue): FilePlace[] {
  return stages.flatMap((stage) => {
    if (stage.type === 'map' || stage.type === 'reduce') return inPipeline(stage.body, catalogue);
    const media = takesMedia(stage, catalogue);
    const own: readonly Operand[] = stage.type === 'stage' ? stage.operands : [];
    // Behind a clause that takes clips stands nothing else.
    return operandsOf(stage).flatMap((operand) =>
      inOperand(operand, media || (stage.type === 'stage' && !own.includes(operand)), catalogue),
    );
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
