import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

const expected = 'a date such as 2027-01-31';

/** A day of the calendar, as `2027-01-31`; days that there are not, the parser tells already. */
export const date: ValueType<string> = {
  noun: 'date',
  expected,
  usage: '2027-01-31',
  count: [1, 1],
  words: () => [],
  schema: { type: 'string', format: 'date' },
  print: (value) => value,
  read([value], place) {
    if (value!.type === 'date') return { value: value!.value };
    return { problems: [wrongType({ noun: 'date', expected }, value!, place, null)] };
  },
};
