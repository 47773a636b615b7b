import type { Takes } from './operation.ts';

/** Somebody by name. */
export const aName: Takes = {
  what: 'prompt',
  min: 1,
  max: 1,
  kinds: [],
  noun: 'a name in quotes',
  usage: '"Jane Roe"',
};

/** A request about consent by its id. */
export const aRequest: Takes = {
  what: 'target',
  min: 1,
  max: 1,
  kinds: [],
  noun: 'a request',
  usage: 'r9',
};
