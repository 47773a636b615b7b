import type { IToken } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { PathValue, ReferenceValue, TextValue, UrlValue } from '../ast.ts';
import { type Building, spanOf } from './building.ts';
import { hasFileEnding } from './file-ending.ts';
import { buildText } from './text.ts';

/** Reads one token that is no number as an operand or a value. */
export function buildSingle(
  building: Building,
  token: IToken,
): TextValue | PathValue | UrlValue | ReferenceValue {
  const span = spanOf(building, token);
  switch (token.tokenType.name) {
    case 'Text':
    case 'UnterminatedText':
      return buildText(building, token);
    case 'Path':
      return { type: 'path', value: token.image, span };
    case 'Url':
      return { type: 'url', value: token.image, span };
    case 'Dotted':
      return hasFileEnding(token.image)
        ? { type: 'path', value: token.image, span }
        : { type: 'reference', name: token.image, span };
    case 'Flag':
      reportFlag(building, token);
      return { type: 'path', value: token.image, span };
    default:
      return { type: 'reference', name: token.image, span };
  }
}

/** `--upscale` is a comment and `-upscale` is nothing: PQL's clauses are plain words. */
export function reportFlag(building: Building, token: IToken): void {
  const span = spanOf(building, token);
  const word = token.image.slice(1);
  building.report({
    code: 'PQL214',
    message: 'PQL has no flags; clauses are plain words',
    span,
    found: token.image,
    expected: keyword(word),
    fix: { span, text: keyword(word) },
  });
}
