import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

const expected = 'a text in quotes such as "harbour"';

/** A text in quotes, up to 2,000 characters. */
export const text: ValueType<string> = {
  noun: 'text',
  expected,
  usage: '"…"',
  count: [1, 1],
  words: () => [],
  schema: { type: 'string', maxLength: 2000 },
  print: (value) => JSON.stringify(value),
  read(values, place) {
    const value = values[0]!;
    if (value.type === 'text') return { value: value.value };
    const quoted = value.type === 'reference' ? `"${value.name}"` : null;
    return { problems: [wrongType({ noun: 'text', expected }, value, place, quoted)] };
  },
};
