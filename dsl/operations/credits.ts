import { command } from '../operation.ts';

/** Who and what made this possible. */
export const credits = command({
  verb: 'CREDITS',
  family: 'manage',
  help: 'names who and what this is made of',
  details: [],
  variants: [{ subject: [], name: '', help: 'people, programs and networks', takes: null, letters: null }],
  examples: [{ text: 'CREDITS', says: 'people, programs and networks' }],
});
