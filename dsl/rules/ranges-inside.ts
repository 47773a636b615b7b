import type { Diagnostic } from '../diagnostic.ts';
import { seconds } from '../part-of.ts';
import type { Source } from '../resolved.ts';
import type { Rule } from './rule.ts';

/** Half a millisecond: people read lengths to the millisecond and write them back. */
const slack = 0.0005;

/** A range begins before it ends and lies within its clip. */
export const rangesInside: Rule =
  () =>
  ({ sources }) =>
    sources.flatMap((source) => (source.range === null ? [] : check(source.range, source.whole?.duration)));

function check(range: NonNullable<Source['range']>, length: number | undefined): Diagnostic[] {
  const { from, to, span } = range;
  if (to !== null && to <= from) {
    return [
      {
        code: 'PQL410',
        message: 'the range ends before it begins',
        span,
        expected: 'an end after the beginning such as [2s..6s]',
        ...(to < from
          ? { fix: { span, text: `[${seconds(to)}..${seconds(from)}]` } }
          : { hint: 'choose a later end' }),
      },
    ];
  }
  if (length === undefined) return [];
  if (from >= length) {
    return [
      {
        code: 'PQL411',
        message: 'the clip is over before the range begins',
        span,
        expected: `a range within its ${seconds(length)}`,
        fix: { span, text: `[0s..${seconds(length)}]` },
      },
    ];
  }
  if (to !== null && to > length + slack) {
    return [
      {
        code: 'PQL411',
        message: `the clip is only ${seconds(length)} long`,
        span,
        expected: `a range within its ${seconds(length)}`,
        fix: { span, text: `[${seconds(from)}..${seconds(length)}]` },
      },
    ];
  }
  return [];
}
