import type { Value } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { ValueType } from './value-type.ts';

/** One or more of a type, with commas between them: `"Jane Roe", "John Doe"`. Each is said once. */
export function several<T extends string>(one: ValueType<T>, most: number): ValueType<T[]> {
  return {
    noun: one.noun,
    expected: `${one.expected}; several with commas between them`,
    usage: one.usage.includes('|') ? one.usage : `${one.usage}, …`,
    count: [1, most],
    words: one.words,
    schema: { type: 'array', items: one.schema, minItems: 1, maxItems: most },
    print: (values) => values.map(one.print).join(', '),
    read(values, place) {
      const problems: Diagnostic[] = [];
      const read = values.flatMap((value: Value): T[] => {
        const reading = one.read([value], place);
        if ('value' in reading) return [reading.value];
        problems.push(...reading.problems);
        return [];
      });
      return problems.length > 0 ? { problems } : { value: [...new Set(read)] };
    },
  };
}
