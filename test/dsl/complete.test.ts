import { expect, test } from 'vitest';
import { catalogue } from '../../dsl/catalogue.ts';
import { createComplete } from '../../dsl/complete.ts';
import { sampleWorld } from '../fakes/world.ts';

const complete = createComplete(catalogue);

/** Completes where the `^` stands. */
function at(marked: string): ReturnType<typeof complete> {
  const offset = marked.indexOf('^');
  return complete(marked.replace('^', ''), offset, sampleWorld());
}

const texts = (marked: string): string[] => at(marked).items.map(({ text }) => text);

test.each([
  ['EN^', ['ENHANCE']],
  ['gen^', ['GENERATE']],
  ['SHOW VIDEOS; ST^', ['STITCH', 'START']],
  ['ENHANCE in^', ['intro']],
  ['ENHANCE intro UP^', ['UPSCALE']],
  ['ENHANCE intro\n  UPSCALE 2x\n  DEN^', ['DENOISE']],
  ['ENHANCE intro UPSCALE ^', ['2x']],
  ['ENHANCE intro UPSCALE 2x USING es^', ['esrgan-slim']],
  ['GENERATE "a" WEATHER f^', ['fog']],
  ['GENERATE "a" CAMERA (le^', ['lens']],
  ['GENERATE "a" CAMERA (lens 35mm, ^', ['aperture', 'shutter', 'move']],
  ['GENERATE "a" CAMERA (move pan^', ['pan-left', 'pan-right']],
  ['GENERATE "a" CAMERA (lens 35mm) DUR^', ['DURATION']],
  ['GENERATE "a" | EN^', ['ENHANCE']],
  ['STITCH v1 + v1^', ['v1', 'v12', 'v19']],
  ['STITCH (GEN^', ['GENERATE']],
  ['STITCH (GENERATE "a") + v1 TRAN^', ['TRANSITION']],
  ['SHOW V^', ['VIDEOS', 'VERBS']],
  ['FIND PIPELINE ^', ['GROUP']],
  ['HELP TR^', ['TRIM']],
  ['SET craw^', ['crawler.delay']],
  ['SET cache ^', ['on', 'off']],
  ['SET tone ch^', ['cheerful']],
  ['EXPLAIN EN^', ['ENHANCE']],
  ['FROM vid^', ['videos']],
  ['FROM GROUP ^', []],
  ['FROM videos WHERE dur^', ['duration']],
  ['FROM jobs WHERE state = f^', ['failed']],
  ['FROM videos WHERE duration ^', ['=', '!=', '>', '<', 'BETWEEN', 'IN', 'IS']],
  ['FROM videos WHERE duration > ^', ['5s']],
  ['FROM videos WHERE duration > 5s OR^', ['OR', 'ORDER']],
  ['FROM videos ORDER BY cre^', ['created']],
  ['FROM SHOTS OF v1 WHERE mot^', ['motion', 'motion_max']],
  ['FROM videos | ^', ['MAP', 'REDUCE']],
  ['FROM videos MAP ( EN^', ['ENHANCE']],
  ['FROM videos MAP ( ENHANCE UPSCALE 2x ) RE^', ['REDUCE']],
  ['FROM videos | REDUCE ST^', ['STITCH']],
  ['FROM videos | REDUCE STITCH | GR^', ['GRADE']],
  ['EXPLAIN ANALYZE EN^', ['ENHANCE']],
  ['GENERATE "half ^typed"', []],
  ['-- EN^', []],
] as const)('completes %s', (marked, expected) => {
  expect(texts(marked)).toEqual(expected);
});

test('offers what a clip may be where one is wanted, and clauses after it', () => {
  expect(texts('ENHANCE ^')).toContain('hd');
  expect(texts('ENHANCE ^')).toContain('_');
  expect(texts('ENHANCE hd ^')).toEqual(['UPSCALE', 'DENOISE', 'INTERPOLATE', 'USING', 'NOTIFY', 'TO', 'AS']);
  expect(texts('GENERATE "a" | ENHANCE ^')).toContain('UPSCALE');
});

test('does not offer a clause twice', () => {
  expect(texts('ENHANCE hd UPSCALE 2x ^')).not.toContain('UPSCALE');
});

test('a pipe is not followed by verbs that take no clip', () => {
  expect(texts('GENERATE "a" | ^')).toEqual([
    'GENERATE',
    'ENHANCE',
    'STITCH',
    'TRIM',
    'GRADE',
    'PROBE',
    'VERIFY',
    'SHOTS',
    'MEASURE',
  ]);
});

test('offers clips where one is begun with', () => {
  expect(texts('GENERATE "a" FROM ^')).toEqual([...sampleWorld().names, '_']);
  expect(texts('GENERATE "a" FROM i1 ^')).toContain('DURATION');
  expect(texts('GENERATE "a" FROM i1 ^')).not.toContain('FROM');
  expect(texts('GENERATE "a" FROM (STITCH ^')).toContain('v12');
});

test('says what the word under the cursor would be replaced by, also in the middle of a statement', () => {
  const { from, to, items } = at('ENHANCE hd UPS^C 2x');
  expect([from, to]).toEqual([11, 15]);
  expect(items).toEqual([{ text: 'UPSCALE', kind: 'clause', help: 'how many times larger, by a network' }]);
});

test('asks the front end for files in quotes, and for a place after TO', () => {
  expect(at('ENHANCE "cl^').wants).toBe('file');
  expect(at('GRADE v1 LUT "^').wants).toBe('file');
  expect(at('ENHANCE v1 UPSCALE 2x TO ^').wants).toBe('destination');
  expect(at('RECIPE OF "^').wants).toBe('file');
  expect(at('GENERATE "^').wants).toBeNull();
  expect(at('GENERATE "a" FROM "^').wants).toBe('file');
});

test('works without a world', () => {
  expect(complete('ENHANCE ', 8, null).items.map(({ text }) => text)).toEqual(['_']);
  expect(complete('ENHANCE x USING ', 16, null).items.map(({ text }) => text)).toEqual([
    'realesr-animevideov3',
  ]);
});
