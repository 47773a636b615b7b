import { keyword } from '../../grammar/keyword.ts';
import type { NumberValue, Value } from '../ast.ts';
import { durationText } from '../build/duration.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { quantity } from './quantity.ts';
import type { ValueType } from './value-type.ts';

const amount = quantity({
  noun: 'duration',
  unit: 's',
  expected: 'a duration such as 30d, 12h or 1d12h',
  usage: '30d',
  min: 0,
  max: 100 * 365 * 86_400,
  example: 30 * 86_400,
  spell: durationText,
});

/** An age in seconds, 0 to a hundred years, as English has it behind OLDER: `THAN 30d`. The word may be left out. */
export const age: ValueType<number> = {
  ...amount,
  usage: `THAN ${amount.usage}`,
  // Two of them are told that one is too many by `read`, which does not count the word.
  count: [1, Number.POSITIVE_INFINITY],
  print: (value) => `THAN ${amount.print(value)}`,
  read(values, place) {
    const said = isThan(values[0]!) ? values.slice(1) : values;
    const [value, extra] = said;
    if (value === undefined) {
      const { span } = values[0]!;
      return {
        problems: [
          {
            code: 'PQL223',
            message: `${place.label} THAN needs a duration`,
            span,
            expected: amount.expected,
            fix: { span, text: `THAN ${amount.usage}` },
          },
        ],
      };
    }
    if (extra !== undefined)
      return {
        problems: [
          {
            code: 'PQL224',
            message: `${place.label} takes one duration`,
            span: extra.span,
            expected: amount.expected,
            hint: 'leave this out',
          },
        ],
      };
    const reading = amount.read([value], { ...place, label: `${place.label} THAN` });
    return 'problems' in reading && value.type === 'number'
      ? { problems: reading.problems.map((problem) => inDays(problem, value)) }
      : reading;
  },
};

/** Nobody means 30 seconds. */
function inDays(problem: Diagnostic, { span, value }: NumberValue): Diagnostic {
  return { ...problem, fix: { span, text: durationText(Math.max(1, Math.min(36_500, value)) * 86_400) } };
}

function isThan(value: Value): boolean {
  return value.type === 'reference' && keyword(value.name) === 'THAN';
}
