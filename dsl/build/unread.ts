import type { IRecognitionException, IToken } from 'chevrotain';
import { type Building, spanOf } from './building.ts';
import { describe } from './describe.ts';

/** What the error productions of the grammar do not cover, told by the rule in which the parser stood. The library's own messages are never
 * shown: they speak of token types. */
export function reportUnread(
  building: Building,
  error: IRecognitionException,
  tokens: readonly IToken[],
): void {
  const last = tokens[tokens.length - 1];
  const ended = error.token.image === '' || Number.isNaN(error.token.startOffset);
  const rule = error.context.ruleStack.at(-1) ?? '';
  const token = ended ? last : error.token;
  if (token === undefined) return;
  const span = spanOf(building, token);
  building.report({
    code: 'PQL299',
    message: ended ? 'the statement breaks off' : 'this was not expected here',
    span: ended ? { start: span.end, end: span.end } : span,
    found: ended ? 'the end of the statement' : describe(token),
    expected: expectedIn.get(rule) ?? 'a clause, TO, AS or the end of the statement',
  });
}

const expectedIn: ReadonlyMap<string, string> = new Map([
  ['statements', 'a statement that starts with its verb'],
  ['statement', 'a statement that starts with its verb'],
  ['pipeline', 'a statement that starts with its verb'],
  ['link', 'a stage that starts with its verb'],
  ['stage', 'a stage that starts with its verb'],
  ['call', 'a verb'],
  ['subject', 'a word'],
  ['operands', 'a clip, a text in quotes or a path'],
  ['more', 'a clip, a text in quotes or a path'],
  ['operand', 'a clip, a text in quotes or a path'],
  ['group', 'a statement in parentheses'],
  ['range', 'a range such as [2s..6s]'],
  ['destination', 'TO and a path'],
  ['target', 'a path such as out/film.mp4'],
  ['alias', 'AS and a name'],
  ['clause', 'a clause word'],
  ['values', 'a value'],
  ['value', 'a value'],
  ['amount', 'a number'],
  ['settings', 'settings such as (lens 35mm, aperture f/2.8)'],
  ['setting', 'a setting such as lens 35mm'],
]);
