import type { CstNode } from 'chevrotain';
import type { Setting, SettingsValue, Value } from '../ast.ts';
import {
  anyToken,
  type Building,
  child,
  inOrder,
  isToken,
  nodes,
  spanAfter,
  spanOf,
  token,
} from './building.ts';
import { describe } from './describe.ts';
import { buildNumeral, type Numeral } from './numeral.ts';
import { buildSingle } from './single.ts';
import { buildWord } from './word.ts';

/** Reads what stands behind a clause word or in settings. */
export function buildValue(building: Building, node: CstNode): Value | null {
  const amount = child(node, 'amount');
  if (amount !== undefined) return buildAmount(building, amount);
  const settings = child(node, 'settings');
  if (settings !== undefined) return buildSettings(building, settings);
  const single = anyToken(node);
  return single === undefined ? null : buildSingle(building, single);
}

/** `60fps`; also `60 fps`, which is reported but understood. */
function buildAmount(building: Building, node: CstNode): Numeral | null {
  const number = token(node, 'Numeral');
  if (number === undefined) return null;
  const unit = token(node, 'Word');
  if (unit === undefined) return buildNumeral(building, number);
  const span = spanOf(building, node);
  const text = number.image + unit.image;
  building.report({
    code: 'PQL213',
    message: 'a unit stands right behind its number, without a space',
    span,
    found: `${number.image} ${unit.image}`,
    expected: text,
    fix: { span, text },
  });
  return { ...buildNumeral(building, number, text), span };
}

function buildSettings(building: Building, node: CstNode): SettingsValue {
  const settings: Setting[] = [];
  let separated = true;
  let previous: CstNode = node;
  for (const element of inOrder(node).slice(1)) {
    if (!isToken(element)) {
      if (!separated) reportMissingComma(building, previous, element);
      previous = element;
      settings.push(buildSetting(building, element));
      separated = false;
    } else if (element.tokenType.name === 'Comma') {
      if (separated) reportEmpty(building, element);
      separated = true;
    } else if (element.tokenType.name !== 'RightParen') {
      reportMisfit(building, element);
      separated = true;
    }
  }
  const span = spanOf(building, node);
  const close = token(node, 'RightParen');
  if (close === undefined) reportOpen(building, node);
  else if (settings.length === 0 && token(node, 'Misfit') === undefined) {
    building.report({
      code: 'PQL205',
      message: 'nothing stands between these parentheses',
      span,
      expected: 'settings such as (lens 35mm, aperture f/2.8)',
    });
  }
  return { type: 'settings', settings, span };
}

function buildSetting(building: Building, node: CstNode): Setting {
  const word = token(node, 'Word') ?? token(node, 'Dotted');
  const value = nodes(node, 'value')[0];
  if (value === undefined && token(node, 'Equals') !== undefined) {
    const equals = spanOf(building, node);
    building.report({
      code: 'PQL205',
      message: 'a value is missing after =',
      span: { start: equals.end - 1, end: equals.end },
      expected: 'a value',
    });
  }
  return {
    word: word === undefined ? { text: '', span: spanOf(building, node) } : buildWord(building, word),
    value: value === undefined ? null : buildValue(building, value),
    span: spanOf(building, node),
  };
}

function reportMissingComma(building: Building, previous: CstNode, element: CstNode): void {
  building.report({
    code: 'PQL210',
    message: 'a comma is missing between two settings',
    span: spanOf(building, element),
    expected: 'a comma before it',
    fix: { span: spanAfter(building, previous), text: ',' },
  });
}

function reportEmpty(building: Building, comma: Parameters<typeof describe>[0]): void {
  const span = spanOf(building, comma);
  building.report({
    code: 'PQL205',
    message: 'a setting is missing before a comma',
    span,
    found: 'a comma',
    expected: 'a setting such as lens 35mm',
    fix: { span, text: '' },
  });
}

function reportMisfit(building: Building, element: Parameters<typeof describe>[0]): void {
  building.report({
    code: 'PQL206',
    message: 'settings are words with values',
    span: spanOf(building, element),
    found: describe(element),
    expected: 'a setting such as lens 35mm',
  });
}

function reportOpen(building: Building, node: CstNode): void {
  const open = token(node, 'LeftParen');
  building.report({
    code: 'PQL203',
    message: 'a parenthesis is not closed',
    span: spanOf(building, open ?? node),
    found: '(',
    expected: 'a ) after the last setting',
    fix: { span: spanAfter(building, node), text: ')' },
  });
}
