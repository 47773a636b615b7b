import { keyword } from '../../grammar/keyword.ts';
import type { Rule } from './rule.ts';

/** A clause stands once. */
export const clausesOnce: Rule =
  () =>
  ({ repeated }) =>
    repeated.map(({ word, span }) => ({
      code: 'PQL226',
      message: `${keyword(word.text)} stands twice`,
      span,
      hint: 'keep one of the two',
      fix: { span, text: '' },
    }));
