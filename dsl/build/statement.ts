import type { CstNode } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { AnyStage, Pipeline, Statement } from '../ast.ts';
import { type Building, child, inOrder, isToken, nameOf, nodes, spanOf, token } from './building.ts';
import { describe } from './describe.ts';
import { buildStage } from './stage.ts';

/** Reads what stands between two `;`: one statement, or several when a `;` was forgotten, which is reported at each verb that starts one. */
export function buildStatements(building: Building, node: CstNode): Statement[] {
  const [first, ...forgotten] = nodes(node, 'statement');
  if (first === undefined) return [];
  let previous = first;
  const statements = [buildStatement(building, first)];
  for (const statement of forgotten) {
    reportForgotten(building, previous, statement);
    statements.push(buildStatement(building, statement));
    previous = statement;
  }
  return statements;
}

function buildStatement(building: Building, node: CstNode): Statement {
  const explain = token(node, 'Explain');
  const analyze = token(node, 'Word');
  const pipeline = child(node, 'pipeline');
  const span = spanOf(building, node);
  if (pipeline === undefined) {
    building.report({
      code: 'PQL205',
      message: `a statement is missing after EXPLAIN${analyze === undefined ? '' : ' ANALYZE'}`,
      span: explain === undefined ? span : spanOf(building, analyze ?? explain),
      expected: 'a statement such as STITCH intro + outro',
    });
  }
  return {
    type: 'statement',
    explain: explain !== undefined,
    analyze: analyze !== undefined,
    pipeline:
      pipeline === undefined ? { type: 'pipeline', stages: [], span } : buildPipeline(building, pipeline),
    span,
  };
}

/** Reads stages joined by `|`; a missing one is reported and left out. */
export function buildPipeline(building: Building, node: CstNode): Pipeline {
  const stages: AnyStage[] = [];
  if (nodes(node, 'stage').length === 0) reportMissingStage(building, node, 'before');
  for (const element of inOrder(node)) {
    if (isToken(element)) continue;
    const stage = nameOf(element) === 'link' ? child(element, 'stage') : element;
    if (stage === undefined) reportMissingStage(building, element, 'after');
    else stages.push(...buildStage(building, stage, buildPipeline));
  }
  return { type: 'pipeline', stages, span: spanOf(building, node) };
}

function reportMissingStage(building: Building, node: CstNode, side: 'before' | 'after'): void {
  const pipe = token(node, 'Pipe') ?? token(child(node, 'link'), 'Pipe');
  const span = spanOf(building, pipe ?? node);
  building.report({
    code: 'PQL205',
    message: `nothing stands ${side} a |`,
    span,
    found: 'a |',
    expected: `a stage such as GENERATE "fog" ${side} it`,
    fix: { span, text: '' },
  });
}

function reportForgotten(building: Building, previous: CstNode, statement: CstNode): void {
  const verb = inOrderTokens(statement)[0];
  const { end } = spanOf(building, previous);
  const word = verb === undefined ? 'this' : keyword(verb.image);
  building.report({
    code: 'PQL202',
    message: `${word} starts a new statement`,
    span: spanOf(building, verb ?? statement),
    found: verb === undefined ? 'a verb' : describe(verb),
    expected: 'a clause, TO, AS or the end of the statement',
    hint: 'end the statement before it with ;',
    fix: { span: { start: end, end }, text: ';' },
  });
}

/** The tokens of a node from left to right. */
function inOrderTokens(node: CstNode): ReturnType<typeof token>[] {
  return inOrder(node).flatMap((element) => (isToken(element) ? [element] : inOrderTokens(element)));
}
