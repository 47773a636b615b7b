import type { CstNode } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { Clause, Value } from '../ast.ts';
import { type Building, child, inOrder, isToken, nameOf, spanOf, token } from './building.ts';
import { buildOperands } from './operand.ts';
import type { BuildPipeline } from './stage.ts';
import { buildValue } from './value.ts';
import { buildWord } from './word.ts';

/** Reads `WORD value, value`. */
export function buildClause(building: Building, node: CstNode, buildPipeline: BuildPipeline): Clause {
  const word = token(node, 'Word') ?? token(node, 'Dotted');
  const equals = token(node, 'Equals');
  const values = child(node, 'values');
  const operands = child(node, 'operands');
  if (equals !== undefined && values === undefined && operands === undefined) {
    building.report({
      code: 'PQL205',
      message: 'a value is missing after =',
      span: spanOf(building, equals),
      expected: 'a value',
    });
  }
  if (word !== undefined && building.vocabulary.has(keyword(word.image)) && values !== undefined) {
    reportMissingPipe(building, node, keyword(word.image));
  }
  return {
    type: 'clause',
    word: word === undefined ? { text: '', span: spanOf(building, node) } : buildWord(building, word),
    ...(equals === undefined ? {} : { equals: true as const }),
    values:
      operands !== undefined
        ? buildOperands(building, operands, buildPipeline)
        : values === undefined
          ? []
          : buildValues(building, values),
    span: spanOf(building, node),
  };
}

function buildValues(building: Building, node: CstNode): Value[] {
  const values: Value[] = [];
  let comma = null;
  for (const element of inOrder(node)) {
    if (isToken(element)) {
      if (nameOf(element) !== 'Comma') continue;
      if (comma !== null) reportMissingValue(building, comma);
      comma = element;
    } else {
      const value = buildValue(building, element);
      if (value !== null) values.push(value);
      comma = null;
    }
  }
  if (comma !== null) reportMissingValue(building, comma);
  return values;
}

function reportMissingValue(building: Building, comma: Parameters<typeof spanOf>[1]): void {
  const span = spanOf(building, comma);
  building.report({
    code: 'PQL205',
    message: 'a value is missing after a comma',
    span,
    found: 'a comma',
    expected: 'another value, or no comma',
    fix: { span, text: '' },
  });
}

/** Inside parentheses a verb cannot start a statement of its own, so a pipe must have been meant. */
function reportMissingPipe(building: Building, node: CstNode, verb: string): void {
  const { start } = spanOf(building, node);
  building.report({
    code: 'PQL210',
    message: `a | is missing before ${verb}`,
    span: { start, end: start + verb.length },
    found: `the verb ${verb}`,
    expected: 'a clause, or a | to pipe into the next stage',
    fix: { span: { start, end: start }, text: '| ' },
  });
}
