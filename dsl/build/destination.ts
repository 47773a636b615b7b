import type { CstNode } from 'chevrotain';
import type { Destination, PathValue, TextValue, UrlValue, Word } from '../ast.ts';
import { barePath } from '../print.ts';
import { type Building, child, inOrder, isToken, spanOf, token } from './building.ts';
import { buildText } from './text.ts';
import { buildWord } from './word.ts';

/** Reads `TO path ? url`; null when the path is missing, which is reported. OVERWRITE is the stage's affair. */
export function buildDestination(building: Building, node: CstNode): Destination | null {
  const target = child(node, 'target');
  const url = buildUrl(building, node);
  if (target === undefined) {
    reportMissingPath(building, node);
    return null;
  }
  return {
    type: 'destination',
    path: buildPath(building, target),
    url,
    overwrite: false,
    span: spanOf(building, node),
  };
}

/** Reads `AS name`; null when the name is missing, which is reported. */
export function buildAlias(building: Building, node: CstNode): Word | null {
  const name = token(node, 'Word');
  if (name !== undefined) return buildWord(building, name);
  building.report({
    code: 'PQL205',
    message: 'a name is missing after AS',
    span: spanOf(building, node),
    expected: 'a name such as intro',
  });
  return null;
}

/** Whatever stands after TO is a path, even a word or a number; whether it may be written to is checked later. */
function buildPath(building: Building, node: CstNode): TextValue | PathValue {
  const [first] = inOrder(node);
  const text = token(node, 'Text');
  if (text !== undefined) return buildText(building, text);
  const value = first !== undefined && isToken(first) ? first.image : '';
  // An address with a query can only be printed in quotes, and then it reads as a text.
  return { type: barePath.test(value) ? 'path' : 'text', value, span: spanOf(building, node) };
}

function buildUrl(building: Building, node: CstNode): UrlValue | null {
  const question = token(node, 'Question');
  if (question === undefined) return null;
  const url = token(node, 'Url');
  if (url !== undefined) return { type: 'url', value: url.image, span: spanOf(building, url) };
  const text = token(node, 'Text');
  if (text !== undefined)
    return { type: 'url', value: buildText(building, text).value, span: spanOf(building, text) };
  const bare = token(node, 'Path') ?? token(node, 'Dotted');
  if (bare !== undefined) return reportNoScheme(building, bare);
  building.report({
    code: 'PQL205',
    message: 'a web address is missing after ?',
    span: spanOf(building, question),
    expected: 'an address such as https://example.com/film.mp4',
    fix: { span: spanOf(building, question), text: '' },
  });
  return null;
}

function reportNoScheme(building: Building, bare: { image: string } & Parameters<typeof spanOf>[1]): null {
  const span = spanOf(building, bare);
  building.report({
    code: 'PQL206',
    message: 'a web address starts with https://',
    span,
    found: bare.image,
    expected: `https://${bare.image}`,
    fix: { span, text: `https://${bare.image}` },
  });
  return null;
}

function reportMissingPath(building: Building, node: CstNode): void {
  const to = token(node, 'To');
  building.report({
    code: 'PQL205',
    message: 'a path is missing after TO',
    span: spanOf(building, to ?? node),
    expected: 'a path such as out/film.mp4',
  });
}
