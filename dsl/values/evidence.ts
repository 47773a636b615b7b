import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

/** What proves that somebody said yes: a local file in quotes, kept with its quotes, or media of the workspace by id or
 * name, or `this`: what was attached to the statement in a chat. */
export const evidence = given('file', '"consent.pdf"');

/** The same, of which a picture is expected. */
export const picture = given('picture', '"jane.jpg"');

function given(noun: string, example: string): ValueType<string> {
  const expected = `a file in quotes such as ${example}, an id such as i3, or this, which came along`;
  return {
    noun,
    expected,
    usage: example,
    count: [1, 1],
    words: () => [],
    schema: { type: 'string' },
    print: (value) => value,
    read(values, place) {
      const value = values[0]!;
      if (value.type === 'text' || value.type === 'path') return { value: JSON.stringify(value.value) };
      if (value.type === 'reference') return { value: value.name };
      return { problems: [wrongType({ noun, expected }, value, place, null)] };
    },
  };
}
