import { keyword } from '../../grammar/keyword.ts';
import type { Clause } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Rule } from './rule.ts';

/** A clause stands once. */
export const clausesOnce: Rule =
  () =>
  ({ repeated }) =>
    repeated.map(statedTwice);

/** The diagnostic for a clause that stands there already. */
export function statedTwice({ word, span }: Clause): Diagnostic {
  return {
    code: 'PQL226',
    message: `${keyword(word.text)} stands twice`,
    span,
    hint: 'keep one of the two',
    fix: { span, text: '' },
  };
}
