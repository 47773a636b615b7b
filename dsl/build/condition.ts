import type { CstNode, IToken } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { ConditionNode, Span, Value, Word } from '../ast.ts';
import {
  type Building,
  child,
  inOrder,
  isToken,
  nodes,
  spanAfter,
  spanOf,
  token,
  tokens,
} from './building.ts';
import { describe } from './describe.ts';
import { buildValue } from './value.ts';

/** Reads what stands behind WHERE; null where nothing of it could be understood, which is reported. */
export function buildCondition(building: Building, where: CstNode): ConditionNode | null {
  const condition = child(where, 'condition');
  if (condition !== undefined) return joined(building, condition, 'or');
  reportMissing(building, where, 'WHERE');
  return null;
}

/** What AND or OR joins; one alone is itself. */
function joined(building: Building, node: CstNode, type: 'and' | 'or'): ConditionNode | null {
  const inner = nodes(node, type === 'or' ? 'conjunction' : 'term');
  const joints = tokens(node, 'Word');
  if (joints.length >= inner.length) reportMissing(building, joints.at(-1)!, type.toUpperCase());
  const of = inner.flatMap(
    (each) => (type === 'or' ? joined(building, each, 'and') : buildTerm(building, each)) ?? [],
  );
  if (of.length === 0) return null;
  return of.length === 1
    ? of[0]!
    : { type, of: of.flatMap((each) => (each.type === type ? each.of : each)), span: spanOf(building, node) };
}

function buildTerm(building: Building, node: CstNode): ConditionNode | null {
  const nots = tokens(node, 'Word');
  const inner = ((): ConditionNode | null => {
    const comparison = child(node, 'comparison');
    if (comparison !== undefined) return buildComparison(building, comparison);
    const open = token(node, 'LeftParen');
    if (open === undefined) {
      reportMissing(building, nots.at(-1) ?? node, 'NOT');
      return null;
    }
    if (token(node, 'RightParen') === undefined) reportOpen(building, node, open);
    const condition = child(node, 'condition');
    if (condition !== undefined) return joined(building, condition, 'or');
    reportMissing(building, open, '(');
    return null;
  })();
  return inner === null ? null : negated(inner, nots.length, spanOf(building, node));
}

function negated(condition: ConditionNode, times: number, span: Span): ConditionNode {
  return times % 2 === 0 ? condition : { type: 'not', of: condition, span };
}

function buildComparison(building: Building, node: CstNode): ConditionNode | null {
  const [first, second] = nodes(node, 'value').map((each) => buildValue(building, each));
  if (!first) return null;
  const span = spanOf(building, node);
  const signs = [...tokens(node, 'Compare'), ...tokens(node, 'Equals')].sort(
    (one, other) => one.startOffset - other.startOffset,
  );
  const test = child(node, 'test');
  if (signs.length > 0) return compared(building, { first, second: second ?? null, signs, span });
  const field = fieldOf(building, first);
  if (field === null) return null;
  if (test !== undefined) return buildTest(building, test, field, span);
  if (second === undefined) return { type: 'flag', field, span };
  const { end } = first.span;
  building.report({
    code: 'PQL210',
    message: `a comparison is missing between ${field.text} and its value`,
    span,
    expected: `${field.text} = …, ${field.text} > … or the like`,
    fix: { span: { start: end, end }, text: ' =' },
  });
  return null;
}

function compared(
  building: Building,
  { first, second, signs, span }: { first: Value; second: Value | null; signs: IToken[]; span: Span },
): ConditionNode | null {
  const text = signs.map(({ image }) => image).join('');
  const at = { start: spanOf(building, signs[0]!).start, end: spanOf(building, signs.at(-1)!).end };
  const op = operators.get(text);
  if (op === undefined) {
    building.report({
      code: 'PQL206',
      message: `${text} compares nothing`,
      span: at,
      found: text,
      expected: 'one of = != < <= > >=',
    });
    return null;
  }
  if (text !== op && text !== '<>') {
    building.report({
      code: 'PQL206',
      message: `${op} is written so`,
      span: at,
      found: text,
      expected: op,
      fix: { span: at, text: op },
    });
  }
  if (second === null) {
    building.report({
      code: 'PQL205',
      message: `a value is missing after ${op}`,
      span: at,
      found: `a ${op}`,
      expected: 'a value such as 5s, 1080 or "harbour"',
    });
    return null;
  }
  // `5s < duration` reads as well.
  if (first.type !== 'reference' && second.type === 'reference')
    return {
      type: 'compare',
      field: { text: second.name, span: second.span },
      op: turned[op],
      value: first,
      span,
    };
  const field = fieldOf(building, first);
  return field === null ? null : { type: 'compare', field, op, value: second, span };
}

type Op = (ConditionNode & { type: 'compare' })['op'];

const operators: ReadonlyMap<string, Op> = new Map([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['=<', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['=>', '>='],
]);

const turned: Readonly<Record<Op, Op>> = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function fieldOf(building: Building, value: Value): Word | null {
  if (value.type === 'reference') return { text: value.name, span: value.span };
  building.report({
    code: 'PQL206',
    message: 'a condition begins with a field',
    span: value.span,
    expected: 'a field such as duration, and what is asked of it',
  });
  return null;
}

/** `IN (…)`, `CONTAINS "…"`, `BETWEEN a AND b`, `IS KNOWN`, with or without NOT. */
function buildTest(building: Building, node: CstNode, field: Word, span: Span): ConditionNode | null {
  const all = inOrder(node);
  const words = all.filter(isToken).map(({ image }) => keyword(image));
  const values = nodes(node, 'value').flatMap((each) => buildValue(building, each) ?? []);
  const choices = child(node, 'choices');
  const nots = words.filter((word) => word === 'NOT').length;
  const said = words.filter((word) => word !== 'NOT' && word !== 'AND').join(' ');
  const made = ((): ConditionNode | null => {
    switch (said) {
      case 'IN':
        if (choices === undefined) break;
        return { type: 'in', field, values: buildChoices(building, choices), span };
      case 'CONTAINS':
        if (values.length !== 1) break;
        return { type: 'contains', field, value: values[0]!, span };
      case 'BETWEEN':
        if (values.length !== 2) break;
        return { type: 'between', field, from: values[0]!, to: values[1]!, span };
      case 'IS KNOWN':
        return { type: 'known', field, span };
      case 'IS UNKNOWN':
      case 'IS NULL':
        return { type: 'not', of: { type: 'known', field, span }, span };
    }
    const written = usages[words.find((word) => word in usages) ?? 'IS']!;
    building.report({
      code: 'PQL206',
      message: `this asks nothing of ${field.text}`,
      span: spanOf(building, node),
      found: words.join(' '),
      expected: `${field.text} ${written}`,
    });
    return null;
  })();
  return made === null ? null : negated(made, nots, span);
}

const usages: Readonly<Record<string, string>> = {
  IN: 'IN (…, …)',
  CONTAINS: 'CONTAINS "…"',
  BETWEEN: 'BETWEEN … AND …',
  IS: 'IS KNOWN or IS NOT KNOWN',
};

function buildChoices(building: Building, node: CstNode): Value[] {
  if (token(node, 'RightParen') === undefined) reportOpen(building, node, token(node, 'LeftParen')!);
  return nodes(node, 'value').flatMap((each) => buildValue(building, each) ?? []);
}

function reportOpen(building: Building, node: CstNode, open: IToken): void {
  building.report({
    code: 'PQL203',
    message: 'a parenthesis is not closed',
    span: spanOf(building, open),
    found: '(',
    expected: 'a ) where the part in parentheses ends',
    fix: { span: spanAfter(building, node), text: ')' },
  });
}

function reportMissing(building: Building, at: Parameters<typeof spanOf>[1], after: string): void {
  building.report({
    code: 'PQL205',
    message: `a condition is missing after ${after}`,
    span: spanOf(building, at),
    ...(isToken(at) ? { found: describe(at) } : {}),
    expected: 'a condition such as duration > 5s',
  });
}
