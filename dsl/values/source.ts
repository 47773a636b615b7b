import type { Kind } from '../kind.ts';
import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

/** What a clause takes that names a clip: it stands there as behind a verb, with a range or as a pipeline in parentheses. */
export interface SourceType extends ValueType<true> {
  source: { kinds: readonly Kind[]; noun: string };
}

/** A picture or a clip that becomes an input of the step like an operand; in the arguments it is only `true`. */
export function source(spec: { kinds: readonly Kind[]; noun: string; example: string }): SourceType {
  const { kinds, noun, example } = spec;
  const bare = noun.replace(/^an? /, '');
  const expected = `${noun}: a name, an id such as i3, or a file in quotes such as ${example}`;
  return {
    source: { kinds, noun },
    noun: bare,
    expected,
    usage: example,
    count: [1, 1],
    words: () => [],
    schema: { type: 'boolean' },
    print: () => example,
    read(values, place) {
      const value = values[0]!;
      const named = value.type === 'operand' ? value.value : value;
      if (named.type === 'url')
        return {
          problems: [
            {
              code: 'PQL220',
              message: `${place.label} wants ${noun}, not a link`,
              span: value.span,
              expected: 'a name, an id such as i3, or a file in quotes',
              hint: 'save the file first, then name it in quotes',
            },
          ],
        };
      // A form asks with a value that stands alone whether it could be one.
      if (value.type === 'operand' || ['text', 'path', 'reference'].includes(value.type))
        return { value: true };
      return { problems: [wrongType({ noun: bare, expected }, value, place, null)] };
    },
  };
}
