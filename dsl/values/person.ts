import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

const expected = 'a name in quotes such as "Jane Roe"';

/** Somebody by the name that they are known by, up to 200 characters. */
export const person: ValueType<string> = {
  noun: 'name',
  expected,
  usage: '"Jane Roe"',
  count: [1, 1],
  words: () => [],
  schema: { type: 'string', maxLength: 200 },
  print: (value) => JSON.stringify(value),
  read([value], place) {
    if (value!.type === 'text') return { value: value!.value };
    const quoted = value!.type === 'reference' ? JSON.stringify(value!.name.replace(/^@/, '')) : null;
    return { problems: [wrongType({ noun: 'name', expected }, value!, place, quoted)] };
  },
};
