import { expect, test } from 'vitest';

import { emptyFolder, jsonLines, runPql } from '../bots/repl/spawn-pql.ts';

/** One statement a line; what each is told, and where. */
const bad: [what: string, statement: string, code: string, message: string, caret: string][] = [
  ['an open text', 'GENERATE "fog', 'PQL102', 'a text is not closed before the end of its line', '"'],
  ['NUL', 'SHO\0W GROUPS', 'PQL103', 'control characters cannot stand in PQL', '\0'],
  ['half a character', 'GENERATE "\\u{d800}"', 'PQL108', 'a backslash stands before', '\\u{d800}'],
  ['a BOM inside', 'SHOW \ufeffGROUPS', 'PQL106', 'an invisible character stands in GROUPS', '\ufeff'],
  [
    'a bidi control',
    'GENERATE "a \u202e b"',
    'PQL105',
    'hidden characters that turn the direction',
    '\u202e',
  ],
  ['zero width', 'GEN\u200bERATE "a"', 'PQL106', 'an invisible character stands in GENERATE', '\u200b'],
  ['Cyrillic', 'G\u0415NERATE "a"', 'PQL107', 'this looks like GENERATE but has letters', 'G\u0415NERATE'],
  ['an unknown verb', 'GENRATE "x"', 'PQL301', 'there is no verb GENRATE', 'GENRATE'],
  ['an unknown clause', 'GENERATE "x" WEATHR fog', 'PQL302', 'GENERATE has no clause WEATHR', 'WEATHR'],
  ['no unit', 'GENERATE "x" DURATION 8', 'PQL204', 'a duration needs its unit', '8'],
  ['the wrong unit', 'GENERATE "x" DURATION 8x', 'PQL221', 'DURATION wants a duration', '8x'],
  ['0x', 'ENHANCE v1 UPSCALE 0x', 'PQL401', 'UPSCALE is out of range', '0x'],
  ['minus 1s', 'GENERATE "x" DURATION \u22121s', 'PQL401', 'DURATION is out of range', '\u22121s'],
  ['1e309s', 'GENERATE "x" DURATION 1e309s', 'PQL211', 'the number is too large', '1e309s'],
  ['121s', 'GENERATE "x" DURATION 121s', 'PQL401', 'DURATION is out of range', '121s'],
  ['a million fps', 'GENERATE "x" FPS 1000000fps', 'PQL401', 'FPS is out of range', '1000000fps'],
  ['10^6 fps', 'GENERATE "x" FPS 10^6fps', 'PQL101', 'a power is written out as a number', '10^6fps'],
  ['odd sides', 'GENERATE "x" SIZE 641x481', 'PQL402', 'the sides of a video are even numbers', '641x481'],
  ['huge sides', 'GENERATE "x" SIZE 100000x100000', 'PQL401', 'SIZE is out of range', '100000x100000'],
  ['itself', 'STITCH a + v1 AS a', 'PQL312', 'a cannot be made from itself', 'a'],
  ['../x', 'GENERATE "x" TO ../x.mp4', 'PQL430', 'the path leaves the export folder', '../x.mp4'],
  ['/etc/x', 'GENERATE "x" TO /etc/x.mp4', 'PQL430', 'the path leaves the export folder', '/etc/x.mp4'],
  ['file:', 'GENERATE "x" TO file:x.mp4', 'PQL430', 'the path looks like a protocol', 'file:x.mp4'],
  ['concat:', 'GENERATE "x" TO "concat:a|b"', 'PQL430', 'the path looks like a protocol', '"concat:a|b"'],
  ['NUL in a path', 'GENERATE "x" TO "a\0.mp4"', 'PQL103', 'control characters cannot stand', '\0'],
  [
    'a long path',
    `GENERATE "x" TO ${'a'.repeat(300)}.mp4`,
    'PQL430',
    'the path is longer than',
    `${'a'.repeat(300)}.mp4`,
  ],
  [
    'a leading -',
    'GENERATE "x" TO -y.mp4',
    'PQL430',
    'a name that begins with - looks like an option',
    '-y.mp4',
  ],
];

test('every bad text of a script is told at its place, all in one go, and the script exits with 2', async () => {
  const source = bad.map(([, statement]) => `${statement};\n`).join('');
  const done = await runPql(['check', '-', '--json'], await emptyFolder(), { input: source });
  expect(done).toMatchObject({ status: 2, err: '' });
  const lines = jsonLines(done.out);
  expect(lines.pop()).toMatchObject({ type: 'done', state: 'failed' });
  expect(lines.map(({ line }) => line)).toEqual(bad.map((_, index) => index + 1));
  for (const [index, [what, , code, message, caret]] of bad.entries()) {
    const told = lines[index] as { code: string; message: string; start: number; end: number };
    expect(told, what).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(source.slice(told.start, told.end), what).toBe(caret);
  }
});

test('a megabyte of ( is told once and shortly', async () => {
  const done = await runPql(['check', '-'], await emptyFolder(), { input: '('.repeat(1_000_000) });
  expect(done).toMatchObject({ status: 2, err: '' });
  expect(done.out).toContain('PQL208  a statement has at most 65536 characters');
  expect(done.out.length).toBeLessThan(1000);
});

test('a mark at the beginning says only that a text is Unicode', async () => {
  const done = await runPql(['check', '-'], await emptyFolder(), { input: '\ufeffSHOW GROUPS' });
  expect(done).toMatchObject({ status: 0, err: '' });
});
