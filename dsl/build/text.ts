import type { IToken } from 'chevrotain';
import type { TextValue } from '../ast.ts';
import { isForbidden } from '../normalise/forbidden.ts';
import { type Building, spanOf } from './building.ts';

/** Reads a quoted text: takes the quotes off, resolves \" \' \\ \n \t \u{…} and reports what is no escape. */
export function buildText(building: Building, token: IToken): TextValue {
  const closed = token.tokenType.name === 'Text';
  const inner = token.image.slice(1, closed ? -1 : undefined);
  const start = token.startOffset + 1;
  const value = inner.includes('\\')
    ? inner.replace(escapes, (sequence, hex: string | undefined, offset: number) =>
        resolveEscape(building, sequence, hex, start + offset),
      )
    : inner;
  return { type: 'text', value, span: spanOf(building, token) };
}

const escapes = /\\(?:u\{([0-9a-fA-F]{1,6})\}|[\s\S]|$)/gu;
const simple = new Map([
  ['\\"', '"'],
  ["\\'", "'"],
  ['\\\\', '\\'],
  ['\\n', '\n'],
  ['\\t', '\t'],
]);

function resolveEscape(
  building: Building,
  sequence: string,
  hex: string | undefined,
  offset: number,
): string {
  const plain = simple.get(sequence);
  if (plain !== undefined) return plain;
  const code = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
  if (code <= 0x10ffff && !isForbidden(code)) return String.fromCodePoint(code);
  const span = building.span(offset, offset + sequence.length);
  building.report({
    code: 'PQL108',
    message: 'a backslash stands before something it does not go with',
    span,
    found: sequence,
    expected: String.raw`\" \' \\ \n \t or \u{1F30A}`,
    ...(hex === undefined ? { fix: { span: { start: span.start, end: span.start }, text: '\\' } } : {}),
    ...(hex === undefined ? {} : { hint: `take it out: ${whyNot(code)}` }),
  });
  return sequence;
}

function whyNot(code: number): string {
  if (code > 0x10ffff) return 'there is no such character';
  if (code >= 0xd800 && code <= 0xdfff) return 'it is half a character';
  return 'texts hold no control characters';
}

/** Says that a text was never closed; wherever it stands, and whether or not it makes sense there. */
export function reportOpenText(building: Building, token: IToken): void {
  const quote = token.image.charAt(0);
  const end = spanOf(building, token).end;
  building.report({
    code: 'PQL102',
    message: 'a text is not closed before the end of its line',
    span: building.span(token.startOffset, token.startOffset + 1),
    found: `an opening ${quote}`,
    expected: `a closing ${quote}`,
    hint: String.raw`a line break inside a text is written \n`,
    fix: { span: { start: end, end }, text: quote },
  });
}
