import type { CstNode, IToken } from 'chevrotain';
import type { QuantityValue, Range } from '../ast.ts';
import { type Building, inOrder, isToken, nameOf, spanAfter, spanOf, token } from './building.ts';
import { clockSeconds } from './duration.ts';
import { buildNumeral, seconds } from './numeral.ts';

/** Reads `[2s..6s]`, `[2s..]`, `[..6s]`; a bare number is reported and taken for seconds. */
export function buildRange(building: Building, node: CstNode): Range {
  const inner = inOrder(node)
    .filter(isToken)
    .filter((element) => !brackets.has(nameOf(element)));
  if (token(node, 'RightBracket') === undefined) reportOpen(building, node);
  const dots = inner.findIndex((element) => nameOf(element) === 'DotDot');
  const before = dots < 0 ? inner : inner.slice(0, dots);
  const after = dots < 0 ? [] : inner.slice(dots + 1);
  const [from] = before;
  const [to] = after;
  if (
    dots < 0 ||
    before.length > 1 ||
    after.length > 1 ||
    before.length + after.length === 0 ||
    inner.some(isMark)
  ) {
    reportShape(building, node, inner);
  }
  return {
    type: 'range',
    from: from === undefined ? null : buildTime(building, from),
    to: to === undefined ? null : buildTime(building, to),
    span: spanOf(building, node),
  };
}

const brackets = new Set(['LeftBracket', 'RightBracket']);

function isMark(token: IToken, index: number, all: IToken[]): boolean {
  const name = nameOf(token);
  return (
    name === 'Comma' ||
    name === 'Flag' ||
    (name === 'DotDot' && all.findIndex((other) => nameOf(other) === 'DotDot') !== index)
  );
}

function buildTime(building: Building, element: IToken): QuantityValue | null {
  const name = nameOf(element);
  if (name === 'Comma' || name === 'Flag' || name === 'DotDot') return null;
  const span = spanOf(building, element);
  if (name === 'Ratio') return { ...seconds(clockSeconds(element.image)), span };
  const value = buildNumeral(building, element);
  if (value.type === 'quantity' && value.unit === 's') return value;
  const bare = value.type === 'number';
  building.report({
    code: 'PQL204',
    message: bare ? 'a time needs its unit' : 'a range is given in times',
    span,
    found: bare ? `the number ${element.image}` : element.image,
    expected: 'a time such as 2s, 1m30s or 00:01:30',
    ...(bare ? { fix: { span, text: `${value.text}s` } } : {}),
  });
  return bare ? { ...seconds(value.value), span } : null;
}

/** `[2s-6s]`, `[2s, 6s]`, `[2s]`: two times give the range that was meant. */
function reportShape(building: Building, node: CstNode, inner: IToken[]): void {
  const times = inner.filter((element) =>
    element.tokenType.CATEGORIES?.some(({ name }) => name === 'Numeral'),
  );
  const [from, to] = times.map(({ image }) => image.replace(/^-/, ''));
  const fixed =
    times.length === 2 ? `[${from}..${to}]` : times.length === 1 && inner.length === 1 ? `[${from}..]` : null;
  const span = spanOf(building, node);
  building.report({
    code: 'PQL212',
    message: 'a range has two dots between its times',
    span,
    expected: 'a range such as [2s..6s], [2s..] or [..6s]',
    ...(fixed === null ? {} : { fix: { span, text: fixed } }),
  });
}

function reportOpen(building: Building, node: CstNode): void {
  const open = token(node, 'LeftBracket');
  building.report({
    code: 'PQL203',
    message: 'a bracket is not closed',
    span: spanOf(building, open ?? node),
    found: '[',
    expected: 'a ] after the range',
    fix: { span: spanAfter(building, node), text: ']' },
  });
}
