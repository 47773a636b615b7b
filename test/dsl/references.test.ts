import { expect, test } from 'vitest';
import { catalogue } from '../../dsl/catalogue.ts';
import { references } from '../../dsl/references.ts';
import { compiled } from './compiling.ts';

const of = (source: string): ReturnType<typeof references> => references(compiled(source).script, catalogue);

test('collects names and ids in lower case, each once, also from inside parentheses and pipes', () => {
  expect(of('STITCH Intro + (TRIM V3[1s..2s] | ENHANCE UPSCALE 2x) + INTRO + _').names).toEqual([
    'v3',
    'intro',
    '_',
  ]);
});

test('a prompt is no file, a quoted operand of other verbs is', () => {
  expect(of('GENERATE "clips/run.mp4"').files).toEqual([]);
  expect(of('ENHANCE "clips/run.mp4" UPSCALE 2x; TRIM clips/b.mp4 FROM 1s').files).toEqual([
    'clips/run.mp4',
    'clips/b.mp4',
  ]);
});

test('collects files of clauses and settings', () => {
  expect(of('GRADE v1 LUT "a.cube"; GENERATE "x" COLOR (lut "b.cube", grain 10%)').files).toEqual([
    'a.cube',
    'b.cube',
  ]);
});

test('destinations and links whose shape is refused never reach a disk or a network', () => {
  const { destinations, urls } = of(
    'GENERATE "a" TO out/a.mp4 ? https://example.org/u; GENERATE "a" TO ../b.mp4 ? ftp://x/y; GENERATE "a" NOTIFY https://example.org/n TO "a\\u{0}.mp4"',
  );
  expect(destinations).toEqual(['out/a.mp4']);
  expect(urls).toEqual(['https://example.org/u', 'https://example.org/n']);
});

test('commands name what they are about', () => {
  expect(of('REMOVE v12; RECIPE OF "out/f.mp4"; RECIPE OF v3')).toMatchObject({
    names: ['v12', 'v3'],
    files: ['out/f.mp4'],
  });
});
