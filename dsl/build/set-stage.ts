import type { CstNode } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { MapStage, Pipeline, ReduceStage, Stage, Word } from '../ast.ts';
import { type Building, child, spanAfter, spanOf, token, tokens } from './building.ts';
import { buildAlias } from './destination.ts';
import { countOf } from './query.ts';
import type { BuildPipeline } from './stage.ts';
import { buildWord } from './word.ts';

/** Reads the one stage of a rule `call`. */
type BuildCall = (building: Building, call: CstNode, buildPipeline: BuildPipeline) => Stage[];

/** How the body of MAP and REDUCE is read. */
export interface BodyReaders {
  call: BuildCall;
  pipeline: BuildPipeline;
  group: (building: Building, node: CstNode, buildPipeline: BuildPipeline) => Pipeline;
}

/** Reads `MAP ( pipeline ) AT MOST n`. */
export function buildMap(building: Building, node: CstNode, readers: BodyReaders): MapStage {
  const call = child(node, 'call');
  const group = child(node, 'group');
  const atMost = child(node, 'atMost');
  if (call !== undefined) reportBare(building, call);
  if (call === undefined && group === undefined) reportNoBody(building, node, 'MAP ( ENHANCE UPSCALE 2x )');
  return {
    type: 'map',
    verb: buildWord(building, token(node, 'Word')!),
    body: bodyOf(building, node, readers),
    atMost: atMost === undefined ? null : readAtMost(building, atMost),
    as: null,
    span: spanOf(building, node),
  };
}

/** Reads `REDUCE [BY field] operation`, or with a pipeline in parentheses. A name behind the parentheses is that of their last stage. */
export function buildReduce(building: Building, node: CstNode, readers: BodyReaders): ReduceStage {
  const by = child(node, 'by');
  const alias = child(node, 'alias');
  if (child(node, 'call') === undefined && child(node, 'group') === undefined)
    reportNoBody(building, node, 'REDUCE STITCH');
  const body = bodyOf(building, node, readers);
  return {
    type: 'reduce',
    verb: buildWord(building, token(node, 'Word')!),
    by: by === undefined ? null : readBy(building, by),
    body: alias === undefined ? body : named(body, buildAlias(building, alias)),
    as: null,
    span: spanOf(building, node),
  };
}

function bodyOf(building: Building, node: CstNode, readers: BodyReaders): Pipeline {
  const group = child(node, 'group');
  if (group !== undefined) return readers.group(building, group, readers.pipeline);
  const call = child(node, 'call');
  const stages = call === undefined ? [] : readers.call(building, call, readers.pipeline);
  return { type: 'pipeline', stages, span: spanOf(building, call ?? node) };
}

function named(body: Pipeline, as: Word | null): Pipeline {
  const last = body.stages.at(-1);
  if (as === null || last?.type !== 'stage' || last.as !== null) return body;
  return { ...body, stages: [...body.stages.slice(0, -1), { ...last, as }] };
}

function readAtMost(building: Building, node: CstNode) {
  const words = tokens(node, 'Word');
  if (words.length === 2) return countOf(building, node, 'AT MOST 4');
  const at = spanOf(building, words[0]!);
  building.report({
    code: 'PQL210',
    message: 'AT needs MOST',
    span: at,
    expected: 'AT MOST and a number, as in AT MOST 4',
    fix: { span: { start: at.end, end: at.end }, text: ' MOST' },
  });
  return null;
}

function readBy(building: Building, node: CstNode): Word | null {
  const field = tokens(node, 'Word')[1] ?? token(node, 'Dotted');
  if (field !== undefined) return buildWord(building, field);
  building.report({
    code: 'PQL223',
    message: 'REDUCE BY needs a field',
    span: spanOf(building, node),
    expected: 'a field, as in REDUCE BY codec STITCH',
  });
  return null;
}

function reportBare(building: Building, call: CstNode): void {
  const span = spanOf(building, call);
  const verb = keyword(token(call, 'Word')!.image);
  building.report({
    code: 'PQL210',
    message: 'what MAP does to each stands in parentheses',
    span: { start: span.start, end: span.start + verb.length },
    found: `the verb ${verb}`,
    expected: `MAP ( ${verb} … )`,
    fix: { span: { start: span.start, end: span.start }, text: '( ' },
  });
}

function reportNoBody(building: Building, node: CstNode, usage: string): void {
  const word = token(node, 'Word')!;
  building.report({
    code: 'PQL205',
    message: `${keyword(word.image)} needs to know what to do`,
    span: spanOf(building, word),
    expected: usage,
    fix: { span: spanAfter(building, node), text: usage.slice(usage.indexOf(' ')) },
  });
}
