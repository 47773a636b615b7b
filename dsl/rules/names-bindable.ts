import { identifier } from '../identifier.ts';
import type { Rule } from './rule.ts';

const longest = 64;

/** A name given by AS is new in this script, short, and does not look like an id. */
export const namesBindable: Rule = () => {
  const bound = new Map<string, number>();
  return ({ stage, statement }) => {
    if (stage.as === null) return [];
    const { text, span } = stage.as;
    const name = text.toLowerCase();
    const id = identifier(text);
    if (id !== null || name === '_') {
      return [
        {
          code: 'PQL316',
          message: id === null ? '_ is always the last result' : `${text} looks like the id of ${id.noun}`,
          span,
          hint: 'choose a name of your own such as intro',
        },
      ];
    }
    if (text.length > longest) {
      return [
        {
          code: 'PQL316',
          message: `a name has at most ${longest} letters`,
          span,
          hint: 'choose a shorter one',
        },
      ];
    }
    const first = bound.get(name);
    if (first === undefined) {
      bound.set(name, statement);
      return [];
    }
    return [
      {
        code: 'PQL317',
        message: `${text} is given twice`,
        span,
        found: `it in statement ${first + 1} already`,
        hint: 'choose another name for one of the two',
      },
    ];
  };
};
