import { createToken, Lexer } from 'chevrotain';

/** Any number, with or without a unit. */
export const Numeral = createToken({ name: 'Numeral', pattern: Lexer.NA, label: 'a number' });

/** Whatever is no word and no pipe: what an error production may swallow so that the rest of a statement is still understood. */
export const Misfit = createToken({ name: 'Misfit', pattern: Lexer.NA, label: 'something else' });
