import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { measureNames, recallOf } from './figures.ts';
import { figuresMarkdown } from './figures-markdown.ts';

const figures = await measureNames();

test('no harmless prompt is blocked, and not more than one of 200 is reviewed', () => {
  const sum = (value: 'prompts' | 'blocked' | 'reviewed') =>
    figures.harmless.reduce((total, row) => total + row[value], 0);
  expect(sum('prompts')).toBeGreaterThan(4000);
  expect(sum('blocked')).toBe(0);
  expect(sum('reviewed') / sum('prompts')).toBeLessThanOrEqual(0.005);
});

test('99 of 100 disguised names are blocked or reviewed, of names that nothing was tuned on too', () => {
  expect(recallOf(figures.whole)).toBeGreaterThanOrEqual(0.99);
  expect(recallOf(figures.heldOutWhole)).toBeGreaterThanOrEqual(0.99);
  expect(recallOf(figures.abroadWhole)).toBeGreaterThanOrEqual(0.99);
});

test('names in other scripts are found, of spellings that nothing was tuned on too', () => {
  for (const rows of [figures.scripts, figures.world]) expect(recallOf(rows)).toBeGreaterThanOrEqual(0.98);
  for (const rows of [figures.heldOutScripts, figures.heldOutWorld]) {
    expect(recallOf(rows)).toBeGreaterThanOrEqual(0.965);
    for (const row of rows) expect(recallOf([row]), row.name).toBeGreaterThanOrEqual(0.93);
  }
});

test('nine of ten family names and initials are found where something supports them', () => {
  for (const row of [...figures.part, ...figures.heldOutPart, ...figures.abroadPart])
    expect(recallOf([row]), row.name).toBeGreaterThanOrEqual(0.9);
});

test('docs/consent-figures.md says what is measured', () => {
  const path = new URL('../../docs/consent-figures.md', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(figuresMarkdown(figures));
});
