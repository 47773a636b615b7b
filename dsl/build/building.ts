import type { CstElement, CstNode, IToken } from 'chevrotain';
import type { Vocabulary } from '../../grammar/vocabulary.ts';
import type { Span } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';

/** What every part of the AST builder is handed. Offsets of tokens count in the normalised text; `span` takes them back to what was typed. */
export interface Building {
  vocabulary: Vocabulary;
  span(start: number, end: number): Span;
  report(diagnostic: Diagnostic): void;
}

/** Where a token or a node lies. */
export interface Extent {
  start: number;
  end: number;
}

export function tokens(node: CstNode | undefined, name: string): IToken[] {
  return (node?.children[name] ?? []) as IToken[];
}

export function token(node: CstNode | undefined, name: string): IToken | undefined {
  return node?.children[name]?.[0] as IToken | undefined;
}

export function nodes(node: CstNode | undefined, name: string): CstNode[] {
  return (node?.children[name] ?? []) as CstNode[];
}

export function child(node: CstNode | undefined, name: string): CstNode | undefined {
  return node?.children[name]?.[0] as CstNode | undefined;
}

/** From the first to the last character of a token or of a node; null for a node without tokens. */
export function extentOf(element: CstElement): Extent | null {
  if (isToken(element))
    return { start: element.startOffset, end: element.startOffset + element.image.length };
  const { startOffset = Number.NaN, endOffset = Number.NaN } = element.location ?? {};
  return Number.isNaN(startOffset) || Number.isNaN(endOffset)
    ? null
    : { start: startOffset, end: endOffset + 1 };
}

export function spanOf(building: Building, element: CstElement): Span {
  const extent = extentOf(element);
  return extent === null ? building.span(0, 0) : building.span(extent.start, extent.end);
}

/** An empty span behind an element: where something is to be inserted. */
export function spanAfter(building: Building, element: CstElement): Span {
  const { end } = spanOf(building, element);
  return { start: end, end };
}

/** All elements under a node in the order of the text. Chevrotain keeps them by kind, each kind in order. */
export function inOrder(node: CstNode): CstElement[] {
  const kinds = Object.values(node.children);
  const [only] = kinds;
  if (only === undefined) return [];
  if (kinds.length === 1) return only;
  return kinds.flat().sort((one, other) => startOf(one) - startOf(other));
}

function startOf(element: CstElement): number {
  const start = isToken(element) ? element.startOffset : element.location?.startOffset;
  return start === undefined || Number.isNaN(start) ? 0 : start;
}

/** The first token right under a node, of whatever kind, for rules that have one of several tokens. */
export function anyToken(node: CstNode): IToken | undefined {
  for (const kind in node.children) {
    const element = node.children[kind]?.[0];
    if (element !== undefined && isToken(element)) return element;
  }
  return undefined;
}

export function isToken(element: CstElement): element is IToken {
  return 'image' in element;
}

/** Which rule made a node; for a token, its type. */
export function nameOf(element: CstElement): string {
  return isToken(element) ? element.tokenType.name : element.name;
}
