import type { TrimArguments } from '../arguments.ts';
import { clause, job, oneClip } from '../operation.ts';
import { partOf, seconds } from '../part-of.ts';
import { time } from '../values/quantities.ts';

/** A part of a clip, exact to the frame. */
export const trim = job({
  verb: 'TRIM',
  family: 'edit',
  help: 'cuts a part out of a clip, exact to the frame',
  details: ['Frames from the first time up to, but not including, the second. Either end may be left out.'],
  version: 3,
  takes: { ...oneClip, usage: 'clip[2s..6s]' },
  cuts: true,
  gives: 'video',
  clauses: {
    FROM: clause(time, 'where the part begins'),
    UNTIL: clause(time, 'where it ends'),
  },
  called: { to: 'UNTIL' },
  examples: [
    { text: 'TRIM v3[2s..6s] AS middle', says: 'four seconds of v3' },
    { text: 'TRIM "clips/run.mp4" FROM 1s', says: 'a file without its first second' },
    {
      text: 'GENERATE "rain in the city" | TRIM FROM 500ms UNTIL 3s',
      says: 'trims what the stage before it makes',
    },
  ],
  check(given, { sources, at }) {
    const range = sources[0]?.range ?? null;
    if (range !== null && (given.FROM !== null || given.UNTIL !== null)) {
      return [
        {
          code: 'PQL227',
          message: 'the range and FROM or UNTIL say the same thing twice',
          span: range.span,
          hint: 'keep the range, or FROM and UNTIL',
          fix: { span: range.span, text: '' },
        },
      ];
    }
    if (range === null && given.FROM === null && given.UNTIL === null) {
      return [
        {
          code: 'PQL228',
          message: 'TRIM needs to know which part',
          span: at('TRIM'),
          expected: 'a range such as [2s..6s], or FROM and UNTIL',
          hint: 'write TRIM v3[2s..6s]',
        },
      ];
    }
    const [from, to] = [given.FROM ?? 0, given.UNTIL];
    if (range === null && to !== null && to <= from) {
      return [
        {
          code: 'PQL410',
          message: 'the part ends before it begins',
          span: at('UNTIL'),
          expected: 'an end after the beginning',
        },
      ];
    }
    const length = sources[0]?.facts?.duration;
    if (range !== null || length === undefined) return [];
    const late = (['FROM', 'UNTIL'] as const).filter(
      (word) =>
        (given[word] ?? 0) > length + (word === 'UNTIL' ? 0.0005 : 0) || (word === 'FROM' && from >= length),
    );
    return late.map((word) => ({
      code: 'PQL411' as const,
      message: `the clip is over before ${word}`,
      span: at(word),
      expected: `a time within its ${seconds(length)}`,
      ...(word === 'FROM'
        ? { hint: 'choose an earlier time' }
        : { fix: { span: at(word), text: seconds(length) } }),
    }));
  },
  arguments(given, { sources }): TrimArguments {
    const range = sources[0]?.range ?? null;
    return { from: given.FROM ?? range?.from ?? 0, to: given.UNTIL ?? range?.to ?? null };
  },
  lane: () => 'cpu',
  predict(args, [input]) {
    return partOf(input ?? null, args);
  },
});
