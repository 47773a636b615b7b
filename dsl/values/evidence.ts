import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

const expected = 'a file in quotes such as "consent.pdf", an id such as i3, or this, which came along';

/** What proves that somebody said yes: a local file in quotes, kept with its quotes, or media of the workspace by id or
 * name, or `this`: what was attached to the statement in a chat. */
export const evidence: ValueType<string> = {
  noun: 'file',
  expected,
  usage: '"consent.pdf"',
  count: [1, 1],
  words: () => [],
  schema: { type: 'string' },
  print: (value) => value,
  read(values, place) {
    const value = values[0]!;
    if (value.type === 'text' || value.type === 'path') return { value: JSON.stringify(value.value) };
    if (value.type === 'reference') return { value: value.name };
    return { problems: [wrongType({ noun: 'file', expected }, value, place, null)] };
  },
};
