import { expect, test } from 'vitest';

import { isOpen, joined } from '../../../bots/repl/is-open.ts';

test.each([
  ['GENERATE "fog"', false],
  ['GENERATE "fog" |', true],
  ['STITCH a +', true],
  ['STITCH a + -- and more', true],
  ['GENERATE "fog" CAMERA (lens 35mm,', true],
  ['GENERATE "fog" CAMERA (lens 35mm)', false],
  ['GENERATE "a ( b"', false],
  ['GENERATE "never closed', false],
  ['-- just a remark (', false],
  ['STITCH v1[2s..', true],
  ['STITCH a + b TO out.mp4 ?', true],
  ['GENERATE "fog" CAMERA (lens 35mm;', false],
  ['', false],
])('%j goes on: %s', (source, open) => {
  expect(isOpen(source)).toBe(open);
});

test('puts a statement on one line, without its remarks', () => {
  expect(joined('GENERATE "a -- b" -- fog\n  DURATION 2s;\n\nSHOW VIDEOS')).toBe(
    'GENERATE "a -- b" DURATION 2s; SHOW VIDEOS',
  );
});
