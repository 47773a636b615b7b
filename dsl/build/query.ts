import type { CstNode, IToken } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { FromSource, FromStage, NumberValue, Sort, Word } from '../ast.ts';
import { suggest } from '../suggest.ts';
import {
  anyToken,
  type Building,
  child,
  inOrder,
  isToken,
  nameOf,
  nodes,
  spanOf,
  token,
  tokens,
} from './building.ts';
import { buildCondition } from './condition.ts';
import { describe } from './describe.ts';
import { buildAlias } from './destination.ts';
import { buildNumeral } from './numeral.ts';
import { buildOperand, buildOperands } from './operand.ts';
import type { BuildPipeline } from './stage.ts';
import { buildWord } from './word.ts';

/** Reads `FROM source WHERE … ORDER BY … LIMIT … PAGE …`, its parts in any order, each once. */
export function buildFrom(building: Building, node: CstNode, buildPipeline: BuildPipeline): FromStage {
  const opening = child(node, 'opening');
  const source = child(node, 'source');
  const verb = token(opening, 'Word');
  const once = (part: string): CstNode | undefined => {
    const [first, ...more] = nodes(node, part);
    for (const again of more) reportAgain(building, again);
    return first;
  };
  const [where, order, limit, page, alias] = ['where', 'order', 'limit', 'page', 'alias'].map(once);
  reportStrays(building, node);
  return {
    type: 'from',
    verb: verb === undefined ? { text: 'FROM', span: spanOf(building, node) } : buildWord(building, verb),
    source: source === undefined ? null : buildSource(building, source, buildPipeline),
    where: where === undefined ? null : buildCondition(building, where),
    order: order === undefined ? [] : buildOrder(building, order),
    limit: limit === undefined ? null : countOf(building, limit, 'LIMIT 5'),
    page: page === undefined ? null : countOf(building, page, 'PAGE 2'),
    as: alias === undefined ? null : buildAlias(building, alias),
    span: spanOf(building, node),
  };
}

/** A bare number behind a word; null when it is missing or is none, which is reported. */
export function countOf(building: Building, node: CstNode, usage: string): NumberValue | null {
  const word = (token(node, 'Word')?.image ?? '').toUpperCase();
  const numeral = token(node, 'Numeral');
  const value = numeral === undefined ? null : buildNumeral(building, numeral);
  if (value?.type === 'number') return value;
  building.report({
    code: 'PQL223',
    message: `${word} needs a number`,
    span: spanOf(building, numeral ?? node),
    ...(numeral === undefined ? {} : { found: describe(numeral) }),
    expected: `a whole number, as in ${usage}`,
  });
  return null;
}

function buildSource(building: Building, node: CstNode, buildPipeline: BuildPipeline): FromSource | null {
  const span = spanOf(building, node);
  const group = child(node, 'groupSource');
  if (group !== undefined) {
    const id = tokens(group, 'Word').at(-1)!;
    if (!['GROUP', 'PIPELINE'].includes(keyword(id.image)))
      return { type: 'group', id: buildWord(building, id), span };
    building.report({
      code: 'PQL228',
      message: `${keyword(id.image)} needs the id of a group`,
      span: spanOf(building, id),
      expected: 'an id such as g7',
      hint: 'SHOW GROUPS lists the groups',
    });
    return null;
  }
  const list = child(node, 'listSource');
  if (list === undefined) {
    const operands = buildOperands(building, node, buildPipeline);
    return operands.length === 0 ? null : { type: 'operands', operands, span };
  }
  const verb = buildWord(building, token(list, 'Word')!);
  const [operand] = nodes(list, 'operand').flatMap((each) => buildOperand(building, each, buildPipeline));
  if (operand !== undefined) return { type: 'list', verb, operand, span };
  building.report({
    code: 'PQL228',
    message: `${keyword(verb.text)} OF needs a clip`,
    span,
    expected: `a clip behind it, as in FROM ${keyword(verb.text)} OF v1`,
  });
  return null;
}

function buildOrder(building: Building, node: CstNode): Sort[] {
  const words = tokens(node, 'Word');
  const sorts = nodes(node, 'sort');
  if (words.length < 2) {
    const word = spanOf(building, words[0] ?? node);
    building.report({
      code: 'PQL210',
      message: 'ORDER needs BY',
      span: word,
      expected: 'ORDER BY and a field',
      fix: { span: { start: word.end, end: word.end }, text: ' BY' },
    });
  } else if (sorts.length === 0) {
    building.report({
      code: 'PQL223',
      message: 'ORDER BY needs a field',
      span: spanOf(building, node),
      expected: 'a field, as in ORDER BY duration DESC',
    });
  }
  return sorts.map((sort) => {
    const field = anyField(building, sort);
    const direction = tokens(sort, 'Word').at(-1);
    return {
      field,
      descending: direction !== undefined && /^desc/i.test(direction.image) && direction.image !== field.text,
      span: spanOf(building, sort),
    };
  });
}

/** The word or dotted name that a rule begins with. */
export function anyField(building: Building, node: CstNode): Word {
  const first = inOrder(node).find(isToken) ?? anyToken(node);
  return first === undefined ? { text: '', span: spanOf(building, node) } : buildWord(building, first);
}

function reportAgain(building: Building, node: CstNode): void {
  const word = keyword((inOrder(node)[0] as IToken).image);
  const span = spanOf(building, node);
  building.report({
    code: 'PQL209',
    message: `${word} is given twice`,
    span,
    expected: word === 'WHERE' ? 'one WHERE, its conditions joined by AND or OR' : `one ${word} a stage`,
    fix: { span, text: '' },
  });
}

/** Words and marks that belong to no part, told once a run. */
function reportStrays(building: Building, node: CstNode): void {
  const elements = inOrder(node);
  for (const [index, element] of elements.entries()) {
    const before = elements[index - 1];
    if (!isToken(element) || (before !== undefined && isToken(before))) continue;
    const near =
      nameOf(element) === 'Word'
        ? (elsewhere[keyword(element.image)] ?? suggest(element.image, parts))
        : null;
    const span = spanOf(building, element);
    building.report({
      code: nameOf(element) === 'Word' ? 'PQL302' : 'PQL206',
      message:
        nameOf(element) === 'Word'
          ? `FROM does not know ${element.image}`
          : `${describe(element)} does not belong here`,
      span,
      expected: 'WHERE, ORDER BY, LIMIT, MAP, REDUCE or the end of the statement',
      ...(near === null ? {} : { hint: `did you mean ${near}?`, fix: { span, text: near } }),
    });
  }
}

/** What other query languages call it. */
const elsewhere: Readonly<Record<string, string>> = Object.freeze({
  ...{ LIKE: 'CONTAINS', ILIKE: 'CONTAINS', MATCHES: 'CONTAINS', HAS: 'CONTAINS' },
  ...{ FILTER: 'WHERE', HAVING: 'WHERE', SORT: 'ORDER BY', SORTED: 'ORDER BY' },
  ...{ TAKE: 'LIMIT', TOP: 'LIMIT', FETCH: 'LIMIT', OFFSET: 'PAGE', SKIP: 'PAGE' },
});

const parts = ['WHERE', 'ORDER BY', 'LIMIT', 'PAGE', 'MAP', 'REDUCE', 'AS'];
