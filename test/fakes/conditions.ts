import fc from 'fast-check';
import type { Collection, Field } from '../../dsl/query/collection.ts';
import type { Comparison, Condition, Literal, Order } from '../../dsl/query/query.ts';

/** Conditions on fields of a collection, with literals of the fields' types: often those that rows have. */
export function conditionsOn(
  collection: Collection,
  fields: readonly string[],
  seen: (field: string) => Literal[],
): fc.Arbitrary<Condition> {
  const leaves = fields.map((name) => {
    const field = collection.fields.find((each) => each.name === name)!;
    return leaf(field, literals(field, seen(name)));
  });
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(...leaves),
      fc.record({ type: fc.constant('not' as const), of: tie('condition') }),
      fc.record({
        type: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('condition'), { minLength: 1, maxLength: 4 }),
      }),
    ),
  }));
  return condition;
}

/** What may stand behind ORDER BY. */
export function ordersBy(fields: readonly string[]): fc.Arbitrary<Order[]> {
  return fc.array(fc.record({ field: fc.constantFrom(...fields), descending: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  });
}

const comparisons: readonly Comparison[] = ['=', '!=', '<', '<=', '>', '>='];

function leaf({ name, type }: Field, literal: fc.Arbitrary<Literal>): fc.Arbitrary<Condition> {
  const field = fc.constant(name);
  const op = fc.constantFrom(...(type === 'flag' ? comparisons.slice(0, 2) : comparisons));
  const all: fc.Arbitrary<Condition>[] = [
    fc.record({ type: fc.constant('compare' as const), field, op, value: literal }),
    fc.record({ type: fc.constant('in' as const), field, values: fc.array(literal, { maxLength: 4 }) }),
    fc.record({ type: fc.constant('known' as const), field }),
  ];
  if (type !== 'flag')
    all.push(fc.record({ type: fc.constant('between' as const), field, from: literal, to: literal }));
  if (type === 'text' || type === 'word')
    all.push(fc.record({ type: fc.constant('contains' as const), field, text: pieces }));
  return fc.oneof(...all);
}

function literals({ type }: Field, seen: Literal[]): fc.Arbitrary<Literal> {
  const other: fc.Arbitrary<Literal> =
    type === 'flag'
      ? fc.boolean()
      : type === 'time'
        ? fc
            .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
            .map((date) => date.toISOString())
        : type === 'id'
          ? fc
              .tuple(fc.constantFrom('v', 'i', 'a', 't', 'g', 'j'), fc.integer({ min: 1, max: 40 }))
              .map(([l, n]) => `${l}${n}`)
          : type === 'text' || type === 'word'
            ? pieces
            : fc.oneof(
                fc.integer(),
                fc.double({ noNaN: true, noDefaultInfinity: true }),
                fc.constantFrom(1e30, -1e30, 0.5),
              );
  return seen.length === 0 ? other : fc.oneof(fc.constantFrom(...seen), other);
}

/** Letters that have more than one case, more than one byte, a meaning in LIKE or in SQL. */
export const pieces = fc
  .array(
    fc.constantFrom(
      'h',
      'H',
      'ä',
      'Ä',
      'Σ',
      'ς',
      'ß',
      'İ',
      'ﬁ',
      '😀',
      '%',
      '_',
      "'",
      '"',
      '\\',
      ';',
      '--',
      ' ',
    ),
    {
      maxLength: 4,
    },
  )
  .map((all) => all.join(''));
