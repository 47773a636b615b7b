import type { ValueType } from './value-type.ts';

/** A clause that stands alone: said or not. */
export const flag: ValueType<true> = {
  noun: 'nothing',
  expected: 'nothing after it',
  usage: '',
  count: [0, 0],
  words: () => [],
  schema: { type: 'boolean' },
  print: () => '',
  read: () => ({ value: true }),
};
