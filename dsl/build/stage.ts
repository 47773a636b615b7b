import type { CstNode } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { AnyStage, Clause, Destination, Operand, Pipeline, Stage, Word } from '../ast.ts';
import { type Building, child, inOrder, isToken, nameOf, nodes, spanOf, token, tokens } from './building.ts';
import { buildClause } from './clause.ts';
import { describe } from './describe.ts';
import { buildAlias, buildDestination } from './destination.ts';
import { reportMisfits } from './misfit.ts';
import { buildGroup, buildOperands } from './operand.ts';
import { buildFrom } from './query.ts';
import { type BodyReaders, buildMap, buildReduce } from './set-stage.ts';
import { buildWord } from './word.ts';

/** How a pipeline is read; handed in, since stages and pipelines hold each other. */
export type BuildPipeline = (building: Building, node: CstNode) => Pipeline;

/** Reads one stage; none when it has no verb, which is reported. */
export function buildStage(building: Building, node: CstNode, buildPipeline: BuildPipeline): AnyStage[] {
  const from = child(node, 'from');
  if (from !== undefined) return [buildFrom(building, from, buildPipeline)];
  const readers: BodyReaders = { call: buildCall, pipeline: buildPipeline, group: buildGroup };
  const map = child(node, 'map');
  if (map !== undefined) return [buildMap(building, map, readers)];
  const reduce = child(node, 'reduce');
  if (reduce !== undefined) return [buildReduce(building, reduce, readers)];
  if (tokens(node, 'Misfit').length > 0) reportNoVerb(building, node);
  const call = child(node, 'call');
  return call === undefined ? [] : buildCall(building, call, buildPipeline);
}

function buildCall(building: Building, call: CstNode, buildPipeline: BuildPipeline): Stage[] {
  const verb = token(call, 'Word');
  if (verb === undefined) return [];
  const parts = readParts(building, child(call, 'parts'), call, buildPipeline);
  return [
    {
      type: 'stage',
      verb: buildWord(building, verb),
      subject: tokens(child(call, 'subject'), 'Word').map((word) => buildWord(building, word)),
      operands: readOperands(building, call, buildPipeline),
      ...parts,
      span: spanOf(building, call),
    },
  ];
}

function readOperands(building: Building, call: CstNode, buildPipeline: BuildPipeline): Operand[] {
  const operands = child(call, 'operands');
  return operands === undefined ? [] : buildOperands(building, operands, buildPipeline);
}

type Parts = Pick<Stage, 'clauses' | 'to' | 'as'>;

function readParts(
  building: Building,
  node: CstNode | undefined,
  call: CstNode,
  buildPipeline: BuildPipeline,
): Parts {
  const clauses: Clause[] = [];
  let to: Destination | null = null;
  let as: Word | null = null;
  if (node === undefined) return { clauses, to, as };
  if (token(node, 'Misfit') !== undefined) reportMisfits(building, node, call);
  for (const element of inOrder(node)) {
    if (isToken(element)) continue;
    if (nameOf(element) === 'clause') clauses.push(buildClause(building, element, buildPipeline));
    else if (nameOf(element) === 'destination') {
      if (to !== null) reportTwice(building, element, 'TO');
      to ??= buildDestination(building, element);
    } else {
      if (as !== null) reportTwice(building, element, 'AS');
      as ??= buildAlias(building, element);
    }
  }
  return { clauses, to: withOverwrite(building, node, to), as };
}

/** OVERWRITE belongs to TO, wherever in the stage it stands. */
function withOverwrite(building: Building, node: CstNode, to: Destination | null): Destination | null {
  const [overwrite, again] = tokens(node, 'Overwrite');
  if (overwrite === undefined) return to;
  if (again !== undefined) reportTwice(building, again, 'OVERWRITE');
  if (to !== null) return { ...to, overwrite: true };
  if (nodes(node, 'destination').length === 0) {
    building.report({
      code: 'PQL206',
      message: 'OVERWRITE belongs to TO',
      span: spanOf(building, overwrite),
      found: describe(overwrite),
      expected: 'TO and a path beside it, as in TO out.mp4 OVERWRITE',
    });
  }
  return null;
}

function reportTwice(building: Building, element: Parameters<typeof spanOf>[1], word: string): void {
  building.report({
    code: 'PQL209',
    message: `${word} is given twice`,
    span: spanOf(building, element),
    expected: `one ${word} a stage`,
    fix: { span: spanOf(building, element), text: '' },
  });
}

function reportNoVerb(building: Building, node: CstNode): void {
  const [first] = tokens(node, 'Misfit');
  const followed = child(node, 'call') !== undefined;
  const verbs = [...building.vocabulary.keys()].slice(0, 3).map((verb) => keyword(verb));
  const closing = first !== undefined && (nameOf(first) === 'RightParen' || nameOf(first) === 'RightBracket');
  const span = spanOf(building, first ?? node);
  building.report({
    code: closing ? 'PQL203' : 'PQL206',
    message: closing ? `this ${first?.image} closes nothing` : 'a statement starts with its verb',
    span,
    ...(first === undefined ? {} : { found: describe(first) }),
    expected: `a verb such as ${verbs.join(', ')}`,
    ...(followed && tokens(node, 'Misfit').length === 1 ? { fix: { span, text: '' } } : {}),
  });
}
