import { expect, test } from 'vitest';

import { isOpen } from '../../../bots/repl/is-open.ts';
import { statementBuffer } from '../../../bots/repl/statement-buffer.ts';

/** What becomes of lines that are typed one after the other; `>` stands for a continuation. */
function type(lines: readonly string[], pasted = 0): string[] {
  const buffer = statementBuffer(isOpen);
  return lines.map((line, index) => {
    const entered = buffer.enter(line, index < pasted);
    return entered.type === 'whole' ? entered.source : entered.type === 'more' ? '>' : '';
  });
}

test.each([
  [['GENERATE "fog"'], ['GENERATE "fog"']],
  [['SHOW GROUPS;'], ['SHOW GROUPS;']],
  [
    ['', '  ', 'SHOW GROUPS'],
    ['', '', 'SHOW GROUPS'],
  ],
  [
    ['STITCH a +', 'b', ''],
    ['>', '>', 'STITCH a +\nb'],
  ],
  [
    ['STITCH a +', 'b;'],
    ['>', 'STITCH a +\nb;'],
  ],
  [
    ['STITCH a +', '', 'SHOW GROUPS'],
    ['>', 'STITCH a +', 'SHOW GROUPS'],
  ],
  [['GRADE a COLOR (exposure 1;'], ['GRADE a COLOR (exposure 1;']],
])('typing %j gives %j', (lines, expected) => {
  expect(type(lines)).toEqual(expected);
});

test('keeps a pasted script together until Enter', () => {
  expect(type(['GENERATE "a" AS a;', 'GENERATE "b" AS b;', 'STITCH a + b'], 2)).toEqual([
    '>',
    '>',
    'GENERATE "a" AS a;\nGENERATE "b" AS b;\nSTITCH a + b',
  ]);
});

test('says how to end a statement, once', () => {
  const buffer = statementBuffer(isOpen);
  expect(buffer.enter('STITCH a +', false)).toMatchObject({
    type: 'more',
    hint: expect.stringContaining(';'),
  });
  expect(buffer.enter('b +', false)).toEqual({ type: 'more', hint: null });
});
