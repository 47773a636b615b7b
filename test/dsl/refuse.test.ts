import { expect, test } from 'vitest';
import { destinationProblem } from '../../dsl/destination-problem.ts';
import { parseRecipe } from '../../dsl/parse-recipe.ts';
import { urlProblem } from '../../dsl/values/url.ts';
import { clip, sampleWorld } from '../fakes/world.ts';
import { codes, compiled, mended } from './compiling.ts';

test.each([
  '',
  ' ',
  '../x.mp4',
  'a/../../x.mp4',
  '/etc/x.mp4',
  '~/x.mp4',
  'C:\\x.mp4',
  'C:x.mp4',
  'a\\b.mp4',
  'file:x.mp4',
  'file:///x.mp4',
  'concat:a.mp4|b.mp4',
  'pipe:1',
  'subfile,,start,0,end,9,,:x.mp4',
  'a\u0000.mp4',
  'a\nb.mp4',
  'a\u202egnp.mp4',
  'a\u200bb.mp4',
  '\ud800.mp4',
  `${'a'.repeat(300)}.mp4`,
  `${'é'.repeat(130)}.mp4`,
  '-y.mp4',
  'out/-i.mp4',
  '.hidden.mp4',
  'out//x.mp4',
  './x.mp4',
  'out/ x.mp4',
  'out/x.mp4.',
])('never writes to %j', (path) => {
  expect(destinationProblem(path)).not.toBeNull();
});

test.each([
  'out/harbour.mp4',
  'a.mp4',
  'über/käse 1.mp4',
  'a-b_c(1).mp4',
  `${'a'.repeat(250)}.mp4`,
])('may write to %s', (path) => {
  expect(destinationProblem(path)).toBeNull();
});

test.each([
  ['GENERATE "a" TO out/film', 'out/film.mp4'],
  ['GENERATE "a" TO out/film.mov', 'out/film.mp4'],
  ['GENERATE "a" TO out.d/film.mkv', 'out.d/film.mp4'],
  ['PROBE v1 TO facts.txt', 'facts.json'],
])('says which ending is written: %s', (source, path) => {
  expect(codes(source)).toEqual(['PQL431']);
  expect(mended(source)).toContain(`TO "${path}"`);
  expect(codes(mended(source))).toEqual([]);
});

test('a file that exists is refused unless OVERWRITE, which the fix adds', () => {
  expect(codes('GENERATE "a" TO out/there.mp4')).toEqual(['PQL434']);
  expect(codes(mended('GENERATE "a" TO out/there.mp4 ? https://example.org/u AS x'))).toEqual([]);
});

test('says what the engine found on disk and on the net', () => {
  const world = sampleWorld({
    destinations: new Map([
      ['link/x.mp4', { problem: 'a folder of the path is a link', family: 5 as const }],
      [
        'full/x.mp4',
        { problem: 'the folder cannot be written', family: 4 as const, hint: 'make it writable' },
      ],
    ]),
  });
  expect(compiled('GENERATE "a" TO link/x.mp4', world).diagnostics).toMatchObject([
    { code: 'PQL502', message: 'a folder of the path is a link' },
  ]);
  expect(compiled('GENERATE "a" TO full/x.mp4', world).diagnostics).toMatchObject([
    { code: 'PQL433', hint: 'make it writable' },
  ]);
});

test.each([
  'ftp://example.org/x',
  'https://',
  'https://user:pass@example.org/',
  'file:///etc/passwd',
  'https://example.org/a b',
  `https://example.org/${'x'.repeat(3000)}`,
])('never sends anything to %s', (url) => {
  expect(urlProblem(url)).not.toBeNull();
});

test('a link in quotes is judged like a bare one', () => {
  expect(codes('GENERATE "a" NOTIFY "ftp://example.org/x"')).toEqual(['PQL409']);
  expect(codes('GENERATE "a" TO a.mp4 ? "http://169.254.169.254/x"')).toEqual(['PQL503']);
});

test.each([
  ['ENHANCE nobody UPSCALE 2x', ['PQL303']],
  ['ENHANCE v99 UPSCALE 2x', ['PQL303']],
  ['ENHANCE g7 UPSCALE 2x', ['PQL315']],
  ['ENHANCE j4 UPSCALE 2x', ['PQL315']],
  ['STITCH hd + v1; GENERATE "a" AS HD', ['PQL313']],
  ['STITCH new + v1; GENERATE "a" AS new', ['PQL311']],
  ['STITCH new + v1 AS new', ['PQL312']],
  ['STITCH a + v1 AS b; STITCH b + v1 AS c; TRIM c[1s..2s] AS a', ['PQL311']],
  ['STITCH a + v1 AS b; STITCH b + v1 AS a', ['PQL312']],
  ['GENERATE "a" AS x; GENERATE "b" AS x', ['PQL317']],
  ['GENERATE "a" AS v12', ['PQL316']],
  ['GENERATE "a" AS _', ['PQL316']],
  [`GENERATE "a" AS ${'n'.repeat(65)}`, ['PQL316']],
  ['EXPLAIN GENERATE "a" AS x; TRIM x[1s..2s]', ['PQL314']],
] as const)('refuses names that mean nothing, too much or themselves: %s', (source, expected) => {
  expect(codes(source)).toEqual(expected);
});

test('an unknown name is not reported again by what is made from it', () => {
  expect(codes('ENHANCE nobody UPSCALE 2x AS x; STITCH x + x; TRIM x[1s..2s] | ENHANCE UPSCALE 2x')).toEqual([
    'PQL303',
  ]);
});

test('reports everything at once, in the order of the text', () => {
  expect(
    codes('GENERATE "a" DURATION 4 WEATHR fog TO ../x.mp4; ENHANCE nobody UPSCALE 9x; SHOW GROPS'),
  ).toEqual(['PQL204', 'PQL302', 'PQL430', 'PQL303', 'PQL401', 'PQL302']);
});

test('CAST of a verb that casts nobody is told whose it is', () => {
  const [diagnostic] = compiled('STITCH v1 + v2 CAST "Anna"').diagnostics;
  expect(diagnostic).toMatchObject({
    code: 'PQL302',
    hint: expect.stringContaining('CAST belongs to GENERATE'),
  });
});

test('a clip from hell does not reach the work', () => {
  const huge = sampleWorld({ media: new Map([['v1', clip('v1', { width: 15_000, height: 15_000 })]]) });
  expect(codes('ENHANCE v1 UPSCALE 2x', huge)).toEqual(['PQL412']);
  const long = sampleWorld({
    media: new Map([['v1', clip('v1', { duration: 86_400, rate: { num: 1, den: 1 } })]]),
  });
  expect(codes('TRIM v1[23h..24h]', long)).toEqual([]);
  expect(codes('TRIM v1[23h..25h]', long)).not.toEqual([]);
});

test.each([
  'toString',
  '__proto__',
  'constructor',
  'hasOwnProperty',
])('%s is no clause, verb, setting or name', (word) => {
  expect(codes(`GENERATE "a" ${word} 4s`)).toEqual(['PQL302']);
  expect(codes(`GENERATE "a" CAMERA (${word} 4s)`)).toEqual(['PQL305']);
  expect(codes(`SET ${word} 4s`)).toEqual(['PQL309']);
  expect(codes(`ENHANCE ${word} UPSCALE 2x`)).toEqual(['PQL303']);
  expect(codes(`GENERATE "a" WEATHER ${word}`)).toEqual(['PQL307']);
  expect(codes(`GENERATE "a" SIZE ${word}`)).toEqual(['PQL220']);
});

test('EXPLAINs after a long chain end before they cost by their square', () => {
  const chain = Array.from(
    { length: 999 },
    (_, index) => `GRADE n${index}x CONTRAST 1% AS n${index + 1}x;`,
  ).join('');
  const script = (times: number): string =>
    `GENERATE "a" AS n0x;${chain}${'EXPLAIN PROBE n999x;'.repeat(times)}`;
  expect(codes(script(19))).toEqual([]);
  expect(codes(script(25))).toEqual(['PQL231']);
});

test('reads recipes of one plain statement and nothing else', () => {
  expect(parseRecipe('GENERATE "a; (b -- c" SEED 5;\n-- watchai 0.1.0 · seed 5\n')).toEqual({
    body: 'GENERATE "a; (b -- c" SEED 5',
    lines: ['-- watchai 0.1.0 · seed 5'],
  });
  for (const text of [
    '',
    '-- x',
    'GENERATE "a"\nREMOVE v1',
    'GENERATE "a" AS x',
    'generate',
    'GENERATE ("a"',
    'A \u0007',
  ]) {
    expect(parseRecipe(text)).toBeNull();
  }
});

test.each([
  ['DURATION 3s', 'DURATION is a clause: it stands behind a verb, as in GENERATE … DURATION …'],
  ['boat | GRADE CONTRAST 10%', 'a statement begins with a verb; HELP lists them'],
  ['STICH v1 + v2', 'did you mean STITCH?'],
])('says what to do about a statement without a verb: %s', (source, hint) => {
  expect(compiled(source).diagnostics.find(({ code }) => code === 'PQL301')?.hint).toBe(hint);
});

test.each([
  ['FROM videos WHERE prompt LIKE "x"', 'did you mean CONTAINS?'],
  ['FROM videos sort duration', 'did you mean ORDER BY?'],
  ['FROM videos FILTER duration > 5s', 'did you mean WHERE?'],
  ['FROM videos TAKE 5', 'did you mean LIMIT?'],
])('knows what other query languages call it: %s', (source, hint) => {
  const told = compiled(source).diagnostics.find(({ code }) => code === 'PQL302');
  expect(told).toMatchObject({ hint, fix: { text: hint.slice(13, -1) } });
});
