import { expect, test } from 'vitest';
import { parse } from '../../dsl/parse.ts';
import { vocabulary } from '../dsl/a-vocabulary.ts';
import { shown } from './read.ts';

/** Reviewed as prose: is it clear, is the caret right, does the fix mend it? */
const slips: Record<string, readonly string[]> = {
  texts: [
    'GENERATE "fog over the sea DURATION 8s;\nSTITCH a + b',
    'GENERATE "C:\\clips\\sea"',
    'GENERATE "\\u{0}"',
    'GENERATE "\\u{d800}"',
    'GENERATE "\\u{110000}"',
  ],
  operands: [
    'STITCH a + TO x.mp4',
    'STITCH + a',
    'STITCH a, b, c',
    'STITCH a "b.mp4"',
    'ENHANCE 3dscan UPSCALE 2x',
    'STITCH a b.mp4',
    'STITCH a (GENERATE "fog")',
    'STITCH a "b.mp4" + c (GENERATE "fog")[2s..] TO x.mp4',
  ],
  ranges: [
    'TRIM a[2..6]',
    'TRIM a[2s-6s]',
    'TRIM a[2s]',
    'TRIM a[..]',
    'TRIM a[2s..6s',
    'TRIM a 2s..6s',
    'TRIM a[40%..]',
  ],
  statements: [
    'GENERATE "fog" AS fog\nENHANCE fog UPSCALE 2x',
    'STITCH a + b TO x.mp4 ENHANCE c UPSCALE 2x',
    '"fog" | ENHANCE UPSCALE 2x',
    'ENHANCE a UPSCALE STITCH b + c',
    'EXPLAIN',
    'EXPLAIN ANALYZE',
    'GENERATE "fog" EXPLAIN ANALYZE STITCH b + c',
  ],
  pipes: [
    '| PROBE a',
    'GENERATE "fog" |',
    'GENERATE "fog" | | PROBE',
    'STITCH (GENERATE "fog" ENHANCE a) + b',
  ],
  parentheses: [
    'STITCH (GENERATE "fog" + b',
    'STITCH a + b)',
    'STITCH () + b',
    'GENERATE "fog" CAMERA (lens 35mm DURATION 8s',
    'STITCH a]',
  ],
  settings: [
    'GENERATE "fog" CAMERA (lens 35mm aperture f/2.8)',
    'GENERATE "fog" CAMERA (35mm)',
    'GENERATE "fog" CAMERA (lens 35mm,, move pan)',
    'GENERATE "fog" CAMERA ()',
  ],
  clauses: [
    'ENHANCE a -upscale 2x',
    'ENHANCE a UPSCALE 2x, DENOISE 20',
    'ENHANCE a 2x',
    'ENHANCE a INTERPOLATE 60 fps',
    'ENHANCE a INTERPOLATE 10^6fps',
    'ENHANCE a DENOISE =',
    'ENHANCE a UPSCALE 1e309x',
    'GENERATE "fog" DURATION 1/0s',
  ],
  destinations: [
    'STITCH a TO',
    'STITCH a TO my film.mp4',
    'STITCH a TO x.mp4 ?',
    'STITCH a TO x.mp4 ? example.com/x',
    'STITCH a TO x.mp4 TO y.mp4',
    'STITCH a AS',
    'STITCH a OVERWRITE',
    'STITCH a ? https://example.com/x',
  ],
  characters: [
    'STITCH a & b',
    'S\u0422ITCH a + b',
    'ST\u200bITCH a + b',
    'STITCH a \0 + b',
    'STITCH a + \u202eb',
  ],
  nesting: [`STITCH ${'('.repeat(70)}a`],
};

for (const [name, sources] of Object.entries(slips)) {
  test(`slips with ${name} are told in plain words`, async () => {
    await expect(shown(sources)).toMatchFileSnapshot(`./syntax/${name}.txt`);
  });
}

test('every slip is reported', () => {
  for (const source of Object.values(slips).flat())
    expect(parse(source, vocabulary).diagnostics, source).not.toEqual([]);
});

test('all problems come at once, in the order of the text', () => {
  const source = 'STITCH a + ;\nTRIM b[2..];\nGENERATE "fog';
  expect(parse(source, vocabulary).diagnostics.map(({ code }) => code)).toEqual([
    'PQL201',
    'PQL204',
    'PQL102',
  ]);
});

test('a broken statement does not spoil the next', () => {
  const { script } = parse('STITCH ((( + ; GENERATE "fog" DURATION 8s', vocabulary);
  expect(script.statements.at(-1)?.pipeline.stages[0]).toMatchObject({ clauses: [{}] });
});
