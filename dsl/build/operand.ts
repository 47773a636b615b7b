import type { CstNode, IToken } from 'chevrotain';
import type { Operand, Pipeline } from '../ast.ts';
import {
  anyToken,
  type Building,
  child,
  inOrder,
  isToken,
  nameOf,
  spanAfter,
  spanOf,
  token,
} from './building.ts';
import { describe } from './describe.ts';
import { buildRange } from './range.ts';
import { buildSingle } from './single.ts';
import type { BuildPipeline } from './stage.ts';

/** Reads operands joined by `+`; what is missing or joined by a comma or not at all is reported. */
export function buildOperands(building: Building, node: CstNode, buildPipeline: BuildPipeline): Operand[] {
  return inOrder(node).flatMap((element, index) => {
    if (isToken(element)) return [];
    if (nameOf(element) === 'operand') {
      if (index > 0) reportUnjoined(building, element);
      return buildOperand(building, element, buildPipeline);
    }
    checkJoint(building, element, index === 0);
    const operand = child(element, 'operand');
    return operand === undefined ? [] : buildOperand(building, operand, buildPipeline);
  });
}

const wanted = 'a clip, a text in quotes or a path';

function checkJoint(building: Building, node: CstNode, first: boolean): void {
  const comma = token(node, 'Comma');
  if (comma !== undefined) {
    const span = spanOf(building, comma);
    building.report({
      code: 'PQL210',
      message: 'operands are joined with +, not with a comma',
      span,
      found: 'a comma',
      expected: 'a +',
      fix: { span, text: ' +' },
    });
    return;
  }
  const plus = spanOf(building, token(node, 'Plus') ?? node);
  const missing = child(node, 'operand') === undefined ? 'after' : first ? 'before' : null;
  if (missing === null) return;
  building.report({
    code: 'PQL201',
    message: `an operand is missing ${missing} +`,
    span: plus,
    found: 'a +',
    expected: `${wanted} ${missing} it`,
    fix: { span: plus, text: '' },
  });
}

/** `STITCH intro "outro.mp4"`, `STITCH intro (GENERATE "fog")`. */
function reportUnjoined(building: Building, operand: CstNode): void {
  const first = anyToken(operand) ?? token(child(operand, 'group'), 'LeftParen');
  // An open text is reported as such already, and what it swallowed is anyone's guess.
  if (first !== undefined && nameOf(first) === 'UnterminatedText') return;
  const span = spanOf(building, first ?? operand);
  building.report({
    code: 'PQL210',
    message: 'a + is missing between two operands',
    span,
    ...(first === undefined ? {} : { found: describe(first) }),
    expected: 'a + before it, or a clause',
    fix: { span: { start: span.start, end: span.start }, text: '+ ' },
  });
}

/** Reads one operand; none where a number stands, which is reported. */
export function buildOperand(building: Building, node: CstNode, buildPipeline: BuildPipeline): Operand[] {
  const rangeNode = child(node, 'range');
  const range = rangeNode === undefined ? null : buildRange(building, rangeNode);
  const span = spanOf(building, node);
  const group = child(node, 'group');
  if (group !== undefined)
    return [{ type: 'operand', value: buildGroup(building, group, buildPipeline), range, span }];
  const single = anyToken(node);
  if (single === undefined) return [];
  if (nameOf(single) !== 'Word' && isNumeral(single)) {
    reportNumber(building, single);
    return [];
  }
  return [{ type: 'operand', value: buildSingle(building, single), range, span }];
}

function isNumeral(token: IToken): boolean {
  return token.tokenType.CATEGORIES?.some(({ name }) => name === 'Numeral') ?? false;
}

/** Reads a pipeline in parentheses. */
export function buildGroup(building: Building, node: CstNode, buildPipeline: BuildPipeline): Pipeline {
  const pipeline = child(node, 'pipeline');
  const open = spanOf(building, token(node, 'LeftParen') ?? node);
  if (token(node, 'RightParen') === undefined) {
    building.report({
      code: 'PQL203',
      message: 'a parenthesis is not closed',
      span: open,
      found: '(',
      expected: 'a ) where the part in parentheses ends',
      fix: { span: spanAfter(building, node), text: ')' },
    });
  } else if (pipeline === undefined) {
    building.report({
      code: 'PQL205',
      message: 'nothing stands between these parentheses',
      span: spanOf(building, node),
      expected: 'a statement such as (GENERATE "fog")',
    });
  }
  return pipeline === undefined
    ? { type: 'pipeline', stages: [], span: open }
    : buildPipeline(building, pipeline);
}

function reportNumber(building: Building, token: IToken): void {
  const span = spanOf(building, token);
  building.report({
    code: 'PQL206',
    message: 'a number is no operand',
    span,
    found: describe(token),
    expected: wanted,
    hint: 'a name that starts with a digit needs quotes',
  });
}
