import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generated } from './generated.ts';

for (const { path, text } of generated()) {
  test(`${path} says what the code says`, () => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });
}

test('the diagrams need no network and no script', () => {
  const page = generated().find(({ path }) => path.endsWith('.html'))?.text ?? '';
  expect(page).toContain('<svg');
  expect(page).not.toMatch(/<script|https?:\/\/(?!example\.com)|@import|url\(/);
});

test('every name in the grammar is explained in it', () => {
  const text = generated().find(({ path }) => path.endsWith('.ebnf'))?.text ?? '';
  const rules = text.replace(/\(\*[\s\S]*?\*\)|\?[^?]*\?|"[^"]*"/g, '');
  const explained = new Set([...rules.matchAll(/^([a-z-]+) =/gm)].map(([, name]) => name));
  const used = new Set([...rules.matchAll(/[a-z][a-z-]*/g)].map(([name]) => name));
  expect([...used].filter((name) => !explained.has(name))).toEqual([]);
});
