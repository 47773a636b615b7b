import type { CstElement, CstNode, IToken } from 'chevrotain';
import { keyword } from '../../grammar/keyword.ts';
import type { Vocabulary } from '../../grammar/vocabulary.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type Building, child, extentOf, inOrder, isToken, nameOf, spanOf, token } from './building.ts';
import { describe } from './describe.ts';
import { reportFlag } from './single.ts';

/** Says what is wrong with each thing that stands where a clause, TO or AS is wanted; a run of them is reported once. */
export function reportMisfits(building: Building, parts: CstNode, call: CstNode): void {
  const elements = inOrder(parts);
  for (const [index, element] of elements.entries()) {
    if (!isMisfit(element)) continue;
    const before = elements[index - 1];
    if (before !== undefined && isMisfit(before) && !startsRange(element, elements[index + 1])) continue;
    // An open text is reported as such already, and what it swallowed is anyone's guess.
    if (nameOf(element) === 'UnterminatedText') continue;
    const run = runFrom(elements, index);
    if (nameOf(element) === 'Flag') reportFlag(building, element);
    else {
      const verb = nameOf(element) === 'Plus' ? verbAmong(building, elements.slice(0, index)) : null;
      building.report(verb === null ? diagnose(building, run, before, call) : startsAnew(building, verb));
    }
  }
}

/** Kinds of children of `parts` that are no misfits are nodes, and OVERWRITE. */
function isMisfit(element: CstElement): element is IToken {
  return isToken(element) && nameOf(element) !== 'Overwrite';
}

function startsRange(_element: IToken, next: CstElement | undefined): boolean {
  return next !== undefined && isMisfit(next) && nameOf(next) === 'DotDot';
}

function runFrom(elements: CstElement[], index: number): IToken[] {
  const rest = elements.slice(index);
  const end = rest.findIndex((element) => !isMisfit(element));
  return (end < 0 ? rest : rest.slice(0, end)) as IToken[];
}

function diagnose(
  building: Building,
  run: IToken[],
  before: CstElement | undefined,
  call: CstNode,
): Diagnostic {
  const [first] = run as [IToken, ...IToken[]];
  const span = spanOf(building, first);
  const found = describe(first);
  const remove = { span, text: '' };
  const name = nameOf(first);
  if (run.length > 1 && run.some((token) => nameOf(token) === 'DotDot')) return unbracketed(building, run);
  if (name === 'RightParen' || name === 'RightBracket') {
    return {
      code: 'PQL203',
      message: `this ${first.image} closes nothing`,
      span,
      found,
      expected: 'no such sign, or the one that opens before it',
      fix: remove,
    };
  }
  if (name === 'Comma') {
    return {
      code: 'PQL206',
      message: 'clauses follow each other without commas',
      span,
      found,
      expected: 'a clause, TO or AS',
      fix: remove,
    };
  }
  if (name === 'Plus') {
    return {
      code: 'PQL206',
      message: '+ joins operands, which stand before the clauses',
      span,
      found: 'a +',
      expected: 'a clause, TO or AS',
    };
  }
  if (name === 'Question') {
    return {
      code: 'PQL206',
      message: '? gives the address to deliver to and stands behind TO and its path',
      span,
      found: 'a ?',
      expected: 'TO and a path before it, as in TO out.mp4 ? https://example.com/film.mp4',
    };
  }
  if (name === 'LeftBracket') {
    return {
      code: 'PQL206',
      message: 'a range stands behind the clip that it cuts',
      span,
      found,
      expected: 'a clip before it, as in intro[2s..6s]',
    };
  }
  if (before !== undefined && nameOf(before) === 'destination' && joinable.has(name))
    return spacedPath(building, before, first);
  return {
    code: 'PQL206',
    message: name === 'Equals' ? 'an = stands between a word and its value' : `${found} does not belong here`,
    span,
    found,
    expected: clausesOf(building.vocabulary, call),
  };
}

/** A verb that was taken for a value: `ENHANCE a UPSCALE STITCH b + c`. */
function verbAmong(building: Building, elements: readonly CstElement[]): IToken | null {
  for (const element of elements) {
    if (isToken(element)) continue;
    const [, ...words] = tokensOf(element);
    const verb = words.find(
      (word) => nameOf(word) === 'Word' && building.vocabulary.has(keyword(word.image)),
    );
    if (verb !== undefined) return verb;
  }
  return null;
}

function tokensOf(node: CstNode): IToken[] {
  return inOrder(node).flatMap((element) => (isToken(element) ? [element] : tokensOf(element)));
}

function startsAnew(building: Building, verb: IToken): Diagnostic {
  const span = spanOf(building, verb);
  return {
    code: 'PQL202',
    message: `${keyword(verb.image)} starts a new statement`,
    span,
    found: describe(verb),
    expected: 'the value of the clause before it',
    hint: 'give the clause its value, and end the statement with ; before the verb',
  };
}

const joinable = new Set(['Text', 'Path', 'Dotted', 'Url', 'Mention', 'LeftParen']);

/** `TRIM intro 2s..6s`. */
function unbracketed(building: Building, run: IToken[]): Diagnostic {
  const dots = run.findIndex((token) => nameOf(token) === 'DotDot');
  const last = run[Math.min(dots + 1, run.length - 1)] as IToken;
  const first = run[0] as IToken;
  const [start, end] = [first.startOffset, extentOf(last)?.end ?? first.startOffset];
  const text = run
    .slice(0, run.indexOf(last) + 1)
    .map(({ image }) => image)
    .join('');
  const span = building.span(start, end);
  return {
    code: 'PQL212',
    message: 'a range stands in brackets',
    span,
    found: text,
    expected: `[${text}]`,
    fix: { span, text: `[${text}]` },
  };
}

/** `TO my film.mp4`. */
function spacedPath(building: Building, destination: CstElement, first: IToken): Diagnostic {
  const target = isToken(destination) ? destination : (child(destination, 'target') ?? destination);
  const span = { start: spanOf(building, target).start, end: spanOf(building, first).end };
  const [word] = isToken(target) ? [target] : inOrder(target).filter(isToken);
  const text = word === undefined ? first.image : `${word.image} ${first.image}`;
  return {
    code: 'PQL206',
    message: 'a path with spaces needs quotes',
    span,
    found: describe(first),
    expected: `"${text}"`,
    fix: { span, text: `"${text}"` },
  };
}

function clausesOf(vocabulary: Vocabulary, call: CstNode): string {
  const verb = token(call, 'Word');
  const clauses = [...(vocabulary.get(keyword(verb?.image ?? ''))?.clauses ?? [])].slice(0, 4);
  return clauses.length === 0
    ? 'TO, AS or the end of the statement'
    : `a clause such as ${clauses.join(', ')}`;
}
