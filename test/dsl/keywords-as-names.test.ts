import { expect, test } from 'vitest';
import { parse } from '../../dsl/parse.ts';
import { print } from '../../dsl/print.ts';
import { vocabulary } from './a-vocabulary.ts';

const read = (text: string) => {
  const { script, diagnostics } = parse(text, vocabulary);
  return { text: print(script).trimEnd(), problems: diagnostics.map(({ code }) => code) };
};

test.each([
  ['STITCH v12 + v19[2s..6s] + hd TO out.mp4 ? https://example.com/x?y=1&z=2;', 'the seed statement'],
  ['ENHANCE upscale UPSCALE 2x;', 'a clip called upscale'],
  ['STITCH to + as TO out.mp4;', 'clips called to and as'],
  ['STITCH as + to AS to;', 'a result called to'],
  ['STITCH a + to TO out.mp4;', 'a clip called to, last'],
  ['STITCH upscale[2s..] + explain;', 'clips called like words of the language'],
  ['ENHANCE stitch UPSCALE 2x;', 'a clip called like a verb'],
  ['GENERATE "fog" DURATION 8s | ENHANCE UPSCALE 2x;', 'a clause right after a piped verb'],
  ['SHOW GROUPS;', 'a subject'],
  ['FIND PIPELINE GROUP BY group_id = g7;', 'a subject of three words'],
  ['SET crawler.delay 2s;', 'a setting'],
  ['STITCH a + b TRANSITION fade 500ms;', 'a word and an amount without a comma'],
  ['STITCH a + overwrite TO out.mp4 OVERWRITE;', 'a clip called overwrite, and the word itself'],
  ['STITCH (GENERATE "fog" | ENHANCE UPSCALE 2x) + b;', 'a pipeline in parentheses'],
  ['EXPLAIN STITCH explain + b;', 'EXPLAIN before a clip called explain'],
  ['STITCH вор + 名前 AS Ängste;', 'names in any script'],
])('%s keeps its meaning: %s', (text) => {
  expect(read(text)).toEqual({ text, problems: [] });
});

test.each([
  ['stitch A + b To out.mp4', 'STITCH A + b TO out.mp4;'],
  ['trim a[00:00:01.5..00:02:05]', 'TRIM a[1.5s..2m5s];'],
  ['GENERATE “fog”\u00a0DURATION 8000ms', 'GENERATE "fog" DURATION 8s;'],
  ['ENHANCE a UPSCALE 2X;;;', 'ENHANCE a UPSCALE 2x;'],
  ["GENERATE 'it\\'s fog'", 'GENERATE "it\'s fog";'],
  ['STITCH a + b SIZE 1920×1080 — both', 'STITCH a + b SIZE 1920x1080;'],
  ['STITCH v3[2s…6s]', 'STITCH v3[2s..6s];'],
  ['GRADE a LUT "x.cube" EXPOSURE +.30', 'GRADE a LUT "x.cube" EXPOSURE +0.3;'],
])('%s is spelled canonically', (typed, canonical) => {
  expect(read(typed).text).toBe(canonical);
});
