import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

const expected = 'the id of a grant such as r9';

/** A grant by the request that it was asked for with: `r9`. */
export const grantId: ValueType<string> = {
  noun: 'grant',
  expected,
  usage: 'r9',
  count: [1, 1],
  words: () => [],
  schema: { type: 'string', pattern: '^r[1-9][0-9]*$' },
  print: (value) => value,
  read(values, place) {
    const value = values[0]!;
    if (value.type === 'reference' && /^r[1-9]\d{0,8}$/i.test(value.name))
      return { value: value.name.toLowerCase() };
    return { problems: [wrongType({ noun: 'grant', expected }, value, place, null)] };
  },
};
