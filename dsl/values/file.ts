import { wrongType } from './quantity.ts';
import type { ValueType } from './value-type.ts';

/** A file that becomes an input of the step under a role of its own; in the arguments it is only `true`. */
export function file(spec: {
  role: string;
  noun: string;
  extension: string;
  example: string;
}): ValueType<true> {
  const expected = `${spec.noun} in quotes such as "${spec.example}"`;
  return {
    noun: 'file',
    expected,
    usage: `"${spec.example}"`,
    count: [1, 1],
    words: () => [],
    schema: { type: 'boolean' },
    print: () => `"${spec.example}"`,
    read(values, place) {
      const value = values[0]!;
      if (value.type !== 'text' && value.type !== 'path') {
        return { problems: [wrongType({ noun: 'file', expected }, value, place, null)] };
      }
      if (!value.value.toLowerCase().endsWith(spec.extension)) {
        return {
          problems: [
            {
              code: 'PQL403',
              message: `${place.label} wants ${spec.noun}`,
              span: value.span,
              expected,
              hint: `name a file that ends in ${spec.extension}`,
            },
          ],
        };
      }
      place.files.push({ role: spec.role, path: value.value, span: value.span });
      return { value: true };
    },
  };
}
